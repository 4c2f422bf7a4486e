package tencent

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// FuzzAnswer puts whatever comes through every reader of an answer.
func FuzzAnswer(f *testing.F) {
	for _, name := range []string{"get_room_info.json", "get_room_list.json"} {
		body, err := os.ReadFile(filepath.Join("..", "..", "testdata", "tencent", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	for _, odd := range []string{
		"", "null", "{", "<html>", `{"ActionStatus":"OK","ErrorCode":"0","Response":[]}`, `{"ActionStatus":"FAIL","ErrorCode":1e300,"ErrorInfo":"sent-signature\u001b"}`,
		`{"ActionStatus":"OK","ErrorCode":0,"Response":{"RoomList":{"3":{"RoomId":7,"Category":["1",2.5,null]}},"Next":1}}`, `{"ErrorCode":70001}`,
	} {
		f.Add(odd)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, status := range []int{200, 302, 403, 429, 500} {
			response, _, err := checkResponse(httpcall.Response{
				Op: "op", Status: status, Header: http.Header{}, Body: []byte(body), Received: time.Now(),
				Secrets: []secret.Text{secret.New("sent-signature")},
			})
			if err == nil {
				readEverything(t, response)
				continue
			}
			e, ok := errors.AsType[*providers.Error](err)
			if !ok || e.Kind == nil || response != nil {
				t.Fatalf("status %d: %v", status, err)
			}
			if strings.Contains(err.Error(), "sent-signature") || text.Line(e.Message) != e.Message {
				t.Fatalf("status %d is told as %q", status, err)
			}
		}
	})
}

func readEverything(t *testing.T, response json.RawMessage) {
	t.Helper()
	var l lenient.Record[listData]
	_ = l.UnmarshalJSON(response)
	for _, r := range l.Value.Rooms.Items {
		shown := r.channel()
		if text.Line(shown.Title) != shown.Title || text.Line(shown.Owner) != shown.Owner || shown.Viewers < -1 {
			t.Errorf("the room %+v", shown)
		}
		for name, fact := range shown.Facts {
			if fact == "" || text.Line(fact) != fact {
				t.Errorf("the fact %s is %q", name, fact)
			}
		}
		_ = r.matches("x")
	}
}
