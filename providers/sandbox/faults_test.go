package sandbox_test

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/providers/sandbox"
)

func TestFaultsSpoilTheAnswersTheyAreMeantFor(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	for _, c := range []struct {
		fault  string
		status int
		want   string
	}{
		{`{"endpoint":"user/stationinfo","kind":"status","status":503}`, 503, "injected fault"},
		{`{"endpoint":"user/stationinfo","kind":"html"}`, 200, "<!doctype html>"},
		{`{"endpoint":"user/stationinfo","kind":"expired_token"}`, 401, `"error":"expired_token"`},
		{`{"endpoint":"*","kind":"invalid_token"}`, 401, `"error":"invalid_token"`},
		{`{"kind":"insufficient_scope"}`, 403, `"error":"insufficient_scope"`},
		{`{"endpoint":"user/stationinfo","kind":"result","result":-1302,"message":"현재 방송중이 아닙니다.(515)"}`, 200, `"result":-1302`},
		{`{"endpoint":"user/stationinfo","kind":"null"}`, 200, "null"},
		{`{"endpoint":"user/stationinfo","kind":"misprint"}`, 200, `"paid_promotion : 0`},
		{`[{"endpoint":"user/stationinfo","kind":"too_many","retry_after":7}]`, 429, "Too Many"},
		{`{"endpoint":"user/stationinfo","kind":"slow","delay_ms":60}`, 200, `"user_nick"`},
	} {
		t.Run(c.fault, func(t *testing.T) {
			if status, body := ask(t, http.MethodPost, s.URL()+"/sandbox/faults", c.fault); status != 200 {
				t.Fatalf("HTTP %d %s", status, body)
			}
			began := time.Now()
			status, body := ask(t, http.MethodPost, u.base+"/user/stationinfo", form("access_token", u.access))
			if status != c.status || !strings.Contains(body, c.want) {
				t.Errorf("HTTP %d %s", status, body)
			}
			if strings.Contains(c.fault, "slow") && time.Since(began) < 60*time.Millisecond {
				t.Error("it was not slow")
			}
			if status, body := ask(t, http.MethodPost, u.base+"/user/stationinfo", form("access_token", u.access)); status != 200 || !strings.Contains(body, `"user_nick"`) {
				t.Errorf("afterwards: HTTP %d %s", status, body)
			}
		})
	}
	if status, _ := ask(t, http.MethodPost, s.URL()+"/sandbox/faults", `{"kind":"nonsense"}`); status != 400 {
		t.Errorf("an unknown kind gets %d", status)
	}
}

func TestFaultsBreakTheConnectionToo(t *testing.T) {
	s := open(t, sandbox.Options{})
	list := s.URL() + "/soop/broad/category/list?client_id=" + s.Client().ID
	for _, kind := range []string{"drop", "truncated"} {
		if err := s.Faults().Add(sandbox.Fault{Endpoint: "broad/category/list", Kind: kind}); err != nil {
			t.Fatal(err)
		}
		answer, err := http.Get(list)
		if err == nil {
			_, err = new(bytes.Buffer).ReadFrom(answer.Body)
			_ = answer.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: the answer came whole", kind)
		}
	}
	// The next call is another method: the fault waits for its own.
	if err := s.Faults().Add(sandbox.Fault{Method: http.MethodPost, Kind: "drop"}); err != nil {
		t.Fatal(err)
	}
	if status, _ := ask(t, http.MethodGet, list, ""); status != 200 || len(s.Faults().Pending()) != 1 {
		t.Errorf("a fault of POST hits GET: HTTP %d", status)
	}
	s.Faults().Clear()
	if err := s.Faults().Add(sandbox.Fault{Kind: "huge", Times: -1}); err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(list)
	if err != nil {
		t.Fatal(err)
	}
	n, err := new(countingWriter).readFrom(answer)
	if err != nil || n < 60<<20 {
		t.Errorf("huge is %d bytes, %v", n, err)
	}
	if status, _ := ask(t, http.MethodDelete, s.URL()+"/sandbox/faults", ""); status != 204 || len(s.Faults().Pending()) != 0 {
		t.Errorf("clearing gets %d", status)
	}
}

type countingWriter struct{ n int }

func (w *countingWriter) Write(p []byte) (int, error) {
	w.n += len(p)
	return len(p), nil
}

func (w *countingWriter) readFrom(answer *http.Response) (int, error) {
	defer answer.Body.Close()
	err := answer.Write(w)
	return w.n, err
}

func TestALostAnswerIsOneOfACallThatWasHandled(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	if err := s.Faults().Add(sandbox.Fault{Endpoint: "broad/info/update", Kind: "lost_answer"}); err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(u.base+"/broad/info/update", "application/x-www-form-urlencoded",
		strings.NewReader(form("access_token", u.access, "title", "받았습니다")))
	if err == nil {
		_ = answer.Body.Close()
		t.Errorf("an answer came: %s", answer.Status)
	}
	if got := u.data("broad/rtmp")["data"].(map[string]any)["title"]; got != "받았습니다" {
		t.Errorf("the title is %q", got)
	}
}

func TestCallsAreRememberedWithoutTheirValues(t *testing.T) {
	s := open(t, sandbox.Options{})
	signIn(t, s, "/afreecatv").call("broad/info/update", "title", "비밀 제목")
	calls := s.Calls()
	last := calls[len(calls)-1]
	if last.Dialect != "AfreecaTV" || last.Endpoint != "broad/info/update" || last.Method != http.MethodPost ||
		!slices.Equal(last.Fields, []string{"access_token", "title"}) {
		t.Errorf("the last call is %+v", last)
	}
	if n := s.Faults().Counts()["POST auth/token"]; n != 1 {
		t.Errorf("auth/token was called %d times", n)
	}
}
