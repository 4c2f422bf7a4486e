package sandbox_test

import (
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox"
)

const (
	kollusRest    = "/kollus/api/v1/live/service-accounts/practice/"
	kollusChannel = "pk1000live00"
)

// kollusCall makes a call with a Bearer token and gives status, headers and the
// answer.
func kollusCall(t *testing.T, s *sandbox.Server, method, path, token, body string) (int, http.Header, map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL()+kollusRest+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer.StatusCode, answer.Header, out
}

// kollusCode clicks through the sign-in page as a browser does.
func kollusCode(t *testing.T, s *sandbox.Server, scope string) string {
	t.Helper()
	var landed *url.URL
	browser := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		landed = r.URL
		return http.ErrUseLastResponse
	}}
	values := s.Kollus(false).Values
	asked := url.Values{
		"response_type": {"code"}, "client_id": {values["client_id"]}, "redirect_uri": {values["redirect_uri"]},
		"scope": {scope}, "state": {"a-state"},
	}
	page, err := browser.Get(s.URL() + "/kollus/oauth/authorize?" + asked.Encode())
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(page.Body)
	_ = page.Body.Close()
	for _, want := range []string{"Kollus Live", `id="agree"`, `id="refuse"`, "live:control", "live:statistics"} {
		if !strings.Contains(string(body), want) {
			t.Fatalf("the page has no %s: %.400s", want, body)
		}
	}
	asked.Set("decision", "agree")
	answer, err := browser.PostForm(s.URL()+"/kollus/oauth/authorize", asked)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if landed == nil || landed.Query().Get("state") != "a-state" {
		t.Fatalf("sent to %v", landed)
	}
	return landed.Query().Get("code")
}

// kollusToken is POST oauth/token by the practice client.
func kollusToken(t *testing.T, s *sandbox.Server, pairs ...string) map[string]any {
	t.Helper()
	practice := s.Kollus(false)
	return askJSON(t, http.MethodPost, s.URL()+"/kollus/oauth/token", form(append([]string{
		"client_id", practice.Values["client_id"], "client_secret", practice.Secrets["client_secret"].Reveal(),
		"redirect_uri", practice.Values["redirect_uri"],
	}, pairs...)...))
}

func TestKollusTokensAreAsDocumentedAndRotate(t *testing.T) {
	now := newClock()
	s := open(t, sandbox.Options{Now: now.Now})
	code := kollusCode(t, s, "live:control live:statistics")
	pair := kollusToken(t, s, "grant_type", "authorization_code", "code", code)
	if pair["token_type"] != "Bearer" || pair["expires_in"] != 31622400.0 || pair["access_token"] == nil || pair["refresh_token"] == nil {
		t.Fatalf("answered with %d members", len(pair))
	}
	if again := kollusToken(t, s, "grant_type", "authorization_code", "code", code); again["error"] != "invalid_request" || again["hint"] == nil {
		t.Errorf("a used code: %v", again)
	}
	use := func(token any) int {
		now.pass(2 * time.Second)
		status, _, _ := kollusCall(t, s, http.MethodGet, "channels", token.(string), "")
		return status
	}
	if status := use(pair["access_token"]); status != http.StatusOK {
		t.Errorf("the token gives HTTP %d", status)
	}
	fresh := kollusToken(t, s, "grant_type", "refresh_token", "refresh_token", pair["refresh_token"].(string))
	if status := use(fresh["access_token"]); status != http.StatusOK {
		t.Errorf("the new token gives HTTP %d", status)
	}
	if status := use(pair["access_token"]); status != http.StatusUnauthorized {
		t.Errorf("the old token gives HTTP %d", status)
	}
	if again := kollusToken(t, s, "grant_type", "refresh_token", "refresh_token", pair["refresh_token"].(string)); again["error"] != "invalid_request" {
		t.Errorf("a spent refresh token: %v", again)
	}
	if wrong := kollusToken(t, s, "grant_type", "refresh_code", "refresh_token", "x"); wrong["error"] != "unsupported_grant_type" {
		t.Errorf("the document's misprint: %v", wrong)
	}
	wrong := askJSON(t, http.MethodPost, s.URL()+"/kollus/oauth/token", form("grant_type", "authorization_code", "client_id", "other", "client_secret", "x"))
	if wrong["error"] != "invalid_client" {
		t.Errorf("another client: %v", wrong)
	}
	narrow := kollusToken(t, s, "grant_type", "authorization_code", "code", kollusCode(t, s, "live:control"))
	now.pass(2 * time.Second)
	status, _, out := kollusCall(t, s, http.MethodGet, "channels/"+kollusChannel+"/statistics/viewer/5min-during-a-day", narrow["access_token"].(string), "")
	if status != http.StatusForbidden || out["message"] != "Invalid scope(s) provided." {
		t.Errorf("outside the scope: HTTP %d %v", status, out)
	}
}

func TestKollusHoldsItsLimitOfCallsForAllProcesses(t *testing.T) {
	now := newClock()
	o := sandbox.Options{Now: now.Now, StateDir: t.TempDir(), Seed: secret.New("seed")}
	s, beside := open(t, o), open(t, o)
	token := s.Kollus(true).Secrets["personal_token"].Reveal()
	call := func(s *sandbox.Server) (int, string) {
		status, header, _ := kollusCall(t, s, http.MethodGet, "channels", token, "")
		return status, header.Get("Retry-After")
	}
	if status, _ := call(s); status != http.StatusOK {
		t.Fatalf("the first call: HTTP %d", status)
	}
	now.pass(900 * time.Millisecond)
	if status, wait := call(beside); status != http.StatusTooManyRequests || wait != "1" {
		t.Errorf("after 0.9 s: HTTP %d, Retry-After %q", status, wait)
	}
	now.pass(100 * time.Millisecond)
	if status, _ := call(beside); status != http.StatusOK {
		t.Errorf("after 1 s: HTTP %d", status)
	}
	state, err := s.KollusState(t.Context())
	if err != nil || state.Calls != 3 || state.TooMany != 1 {
		t.Errorf("counted %d calls, %d too many (%v)", state.Calls, state.TooMany, err)
	}
}

func TestKollusRefusesInTheFormOfItsFramework(t *testing.T) {
	now := newClock()
	s := open(t, sandbox.Options{Now: now.Now})
	token := s.Kollus(true).Secrets["personal_token"].Reveal()
	for name, c := range map[string]struct {
		method, path, token, body string
		status                    int
		want                      string
	}{
		"nobody":             {"GET", "channels", "none", "", 401, `{"message":"Unauthenticated."}`},
		"an unknown channel": {"GET", "channels/none", token, "", 404, `"message"`},
		"an empty title":     {"PUT", "broadcasts/bc000002", token, `{"title":" "}`, 422, `"errors":{"title":["The title field is required."]}`},
		"a long title":       {"PUT", "broadcasts/bc000002", token, `{"title":"` + strings.Repeat("가", 256) + `"}`, 422, `255`},
		"no such broadcast":  {"PUT", "broadcasts/none", token, `{"title":"x"}`, 404, `"message"`},
		"somebody else's":    {"PUT", "broadcasts/nowpk1222live06", token, `{"title":"x"}`, 409, `"message"`},
		"a title":            {"PUT", "broadcasts/bc000002", token, `{"title":"새 제목"}`, 200, `"새 제목"`},
	} {
		now.pass(2 * time.Second)
		status, _, out := kollusCall(t, s, c.method, c.path, c.token, c.body)
		raw, _ := json.Marshal(out)
		if status != c.status || !strings.Contains(string(raw), c.want) {
			t.Errorf("%s: HTTP %d %s", name, status, raw)
		}
	}
}

func TestKollusKeepsNoSecretOnDisk(t *testing.T) {
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("a seed nobody should find")}
	s := open(t, o)
	pair := kollusToken(t, s, "grant_type", "authorization_code", "code", kollusCode(t, s, "live:control"))
	if err := s.SetOnAir(t.Context(), s.KollusKey(kollusChannel), true); err != nil {
		t.Fatal(err)
	}
	secrets := map[string]string{
		"access token": pair["access_token"].(string), "refresh token": pair["refresh_token"].(string),
		"stream key": s.KollusKey(kollusChannel).Reveal(), "personal token": s.Kollus(true).Secrets["personal_token"].Reveal(),
		"client secret": s.Kollus(false).Secrets["client_secret"].Reveal(), "secret key": s.Tencent().Secrets["secret_key"].Reveal(),
	}
	_, state := ask(t, http.MethodGet, s.URL()+"/sandbox/state", "")
	texts := map[string]string{"/sandbox/state": state}
	err := filepath.WalkDir(o.StateDir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		texts[entry.Name()] = string(raw)
		return err
	})
	if err != nil || texts["kollus.json"] == "" {
		t.Fatalf("%v, %d files", err, len(texts))
	}
	for where, text := range texts {
		for what, value := range secrets {
			if strings.Contains(text, value) {
				t.Errorf("%s holds the %s", where, what)
			}
		}
	}
}

func TestARealPublisherGoesOnAirAtEveryPlatform(t *testing.T) {
	ffmpeg := real(t, "ffmpeg")
	s := open(t, sandbox.Options{})
	server := s.IngestURL(t.Context())
	gone := stream(t, ffmpeg, server, s.KollusKey(kollusChannel).Reveal())
	eventually(t, "being on air at Kollus", func() bool {
		state, err := s.KollusState(t.Context())
		return err == nil && state.OnAir[kollusChannel] != ""
	})
	select {
	case <-gone:
		t.Error("the publisher is gone")
	default:
	}
	stream(t, ffmpeg, server, tencentKey(t, s, "live_005"))
	eventually(t, "streaming into a room", func() bool {
		state, err := s.TencentState(t.Context())
		return err == nil && len(state.Streaming) == 1 && state.Streaming[0] == "live_005"
	})
	<-stream(t, ffmpeg, server, tencentKey(t, s, "no_such_room"))
}
