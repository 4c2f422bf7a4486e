package kollus

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/ingeststore"
)

// documented adds the documents' answers as seeds, and odd ones.
func documented(f *testing.F) {
	f.Helper()
	for _, name := range []string{"channels.json", "token.json", "unprocessable.json"} {
		body, err := os.ReadFile(filepath.Join("..", "..", "testdata", "kollus", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	for _, odd := range []string{
		"", "null", "[]", "{", "<html>", `{"data":{"7":{"key":1}}}`, `{"data":[{"key":"k","creators":{"1":{}},"latest_broadcast":[]}]}`,
		`{"data":[["00:00",1],{"time":"25:00","count":"-3"}]}`, `{"data":{"a":{"b":{"c":{"d":{"e":1}}}}}}`, `{"errors":{"x":[1,"y"]},"message":"sent-token"}`,
		`{"error":"invalid_grant","hint":"Authorization code sent-token"}`, `{"error":"sent-token"}`, "\xef\xbb\xbf{}",
		`{"data":{"\u002e\u002e\u002e\u002e\u002e\u002e":1,"":{"\u0000":2}}}`,
	} {
		f.Add(odd)
	}
}

// FuzzAnswer puts whatever comes through every reader of an answer.
func FuzzAnswer(f *testing.F) {
	documented(f)
	f.Fuzz(func(t *testing.T, body string) {
		for _, status := range []int{200, 204, 401, 403, 404, 409, 422, 429, 503} {
			a := httpcall.Response{
				Op: "op", Status: status, Header: http.Header{}, Body: []byte(body), Received: time.Now(),
				Secrets: []secret.Text{secret.New("sent-token")},
			}
			for _, err := range []error{checkResponse(a, request{op: "op"}), checkProbe(a), inspectToken(status, a.Body)} {
				if err == nil {
					continue
				}
				e, ok := errors.AsType[*providers.Error](err)
				if !ok || e.Kind == nil {
					t.Fatalf("status %d: %v", status, err)
				}
				if e.Op == opToken && strings.Contains(body, "sent-token") {
					continue // the token source masks what it sent
				}
				if strings.Contains(err.Error(), "sent-token") || text.Line(e.Message) != e.Message {
					t.Fatalf("status %d is told as %q", status, err)
				}
			}
			if checkResponse(a, request{}) == nil && status > 299 {
				t.Fatalf("status %d passed", status)
			}
		}
		readEverything(t, []byte(body))
	})
}

func readEverything(t *testing.T, body []byte) {
	t.Helper()
	var p page
	_ = json.Unmarshal(body, &p)
	for _, c := range p.Data.Items {
		shown := c.channel()
		if text.Line(shown.Title) != shown.Title || text.Line(shown.Owner) != shown.Owner || shown.Facts == nil {
			t.Errorf("the channel %+v", shown)
		}
		for _, chosen := range []string{"", "김하늘"} {
			all := onceEach(c.allCreators())
			one, err := choose(all, ingeststore.Entry{Creator: chosen})
			if err == nil && chosen != "" && one.id() != chosen {
				t.Errorf("%q was chosen, and %+v is taken", chosen, one)
			}
			_ = firstServer(all)
		}
	}
	summary := unwrapData(body)
	paths := make(map[string]bool)
	notePaths(paths, summary, "", maxSummaryDepth)
	var list []json.RawMessage
	if json.Unmarshal(summary, &list) == nil && len(list) > 0 {
		notePaths(paths, list[0], "", maxSummaryDepth)
	}
	for _, n := range readSummary(summary) {
		if !paths[n.Key] || math.IsNaN(n.Value) || math.IsInf(n.Value, 0) {
			t.Errorf("the number %+v of %q", n, body)
		}
	}
	points := readViewers(unwrapData(body), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if !slices.IsSortedFunc(points, func(a, b providers.ViewerPoint) int { return a.At.Compare(b.At) }) {
		t.Errorf("%q gives viewers out of order", body)
	}
	for _, point := range points {
		if point.Count < 0 || point.At.IsZero() {
			t.Errorf("%q gives %+v", body, point)
		}
	}
}

// notePaths notes where a number of a summary may be: the names that lead to each
// member, with dots between them. A name may have dots itself, however it is
// written, so that counting the dots of an answer would tell nothing.
func notePaths(paths map[string]bool, raw json.RawMessage, prefix string, depth int) {
	for _, m := range membersOf(raw) {
		paths[prefix+m.Name] = true
		if depth > 1 {
			notePaths(paths, m.Value, prefix+m.Name+".", depth-1)
		}
	}
}

// FuzzTokenEnd reads when a token ends out of the token itself.
func FuzzTokenEnd(f *testing.F) {
	f.Add("e30.eyJleHAiOjE4MDAwMDAwMDB9.x")
	f.Add("a.b.c")
	f.Add("..")
	f.Fuzz(func(t *testing.T, token string) {
		if end := jwtExpiry(secret.New(token)); !end.IsZero() && (end.Year() < 2001 || end.Year() > 5200 || end.Location() != time.UTC) {
			t.Errorf("%q ends %v", token, end)
		}
	})
}
