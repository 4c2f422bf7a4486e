package sandbox_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"))
}

// example is one of a document's example requests, its example answer, and
// what of the answer must be the same to the letter.
type example struct {
	Name, Method, Path, Query, Body, JSONP string
	Answer                                 any
	Exact                                  map[string]any
}

// documentClient is the application of the documents' examples.
func documentClient(home string) sandbox.Client {
	return sandbox.Client{ID: "ae1d3e4XXXXXXX", Secret: secret.New("dafgc12fvXXXXXXX"), RedirectURI: home}
}

func open(t *testing.T, o sandbox.Options) *sandbox.Server {
	t.Helper()
	s, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ask sends a request as curl would and gives status and body.
func ask(t *testing.T, method, address, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "*/*")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(raw)
}

func askJSON(t *testing.T, method, address, body string) map[string]any {
	t.Helper()
	_, raw := ask(t, method, address, body)
	var out map[string]any
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		t.Fatalf("%s %s: %v in %.200q", method, address, err, raw)
	}
	return out
}

func form(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

// tokens signs in by number and gives access and refresh token.
func tokens(t *testing.T, base string, c sandbox.Client, number string) (access, refresh string) {
	t.Helper()
	code, _ := askJSON(t, http.MethodPost, base+"/auth/code",
		form("client_id", c.ID, "auth_type", "api", "certification_number", number))["code"].(string)
	pair := askJSON(t, http.MethodPost, base+"/auth/token", form("grant_type", "authorization_code",
		"client_id", c.ID, "client_secret", c.Secret.Reveal(), "code", code))
	access, _ = pair["access_token"].(string)
	refresh, _ = pair["refresh_token"].(string)
	if access == "" || refresh == "" {
		t.Fatal("no token pair")
	}
	return access, refresh
}

func TestTheDocumentsExamplesGetTheDocumentedAnswers(t *testing.T) {
	for name, home := range map[string]string{"soop": "https://sooplive.co.kr", "afreecatv": "https://afreecatv.com"} {
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "sandbox", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var examples []example
			if err := json.Unmarshal(raw, &examples); err != nil {
				t.Fatal(err)
			}
			client := documentClient(home)
			s := open(t, sandbox.Options{Clients: []sandbox.Client{client}})
			base := s.URL() + "/" + name
			access, _ := tokens(t, base, client, "111111")
			for _, e := range examples {
				t.Run(e.Name, func(t *testing.T) { e.check(t, base, access, client) })
			}
		})
	}
}

func (e example) check(t *testing.T, base, access string, client sandbox.Client) {
	body := strings.ReplaceAll(e.Body, "access_token=ae1d3e4XXXXXXX", "access_token="+access)
	if strings.Contains(body, "code=cfacf4bXXXXXXX") {
		code, _ := askJSON(t, http.MethodPost, base+"/auth/code",
			form("client_id", client.ID, "auth_type", "api", "certification_number", "222222"))["code"].(string)
		body = strings.ReplaceAll(body, "cfacf4bXXXXXXX", code)
	}
	status, raw := ask(t, e.Method, base+"/"+e.Path+"?"+e.Query, body)
	if status != http.StatusOK {
		t.Fatalf("HTTP %d: %s", status, raw)
	}
	if e.JSONP != "" {
		inner, ok := strings.CutPrefix(raw, e.JSONP+"(")
		inner, closed := strings.CutSuffix(strings.TrimSpace(inner), ");")
		if !ok || !closed {
			t.Fatalf("not a call of %s: %.100q", e.JSONP, raw)
		}
		raw = inner
	}
	var got any
	if err := json.Unmarshal([]byte(raw), &got); err != nil {
		t.Fatalf("%v in %.200q", err, raw)
	}
	if where := differ("", e.Answer, got); where != "" {
		t.Errorf("the answer is not of the documented shape: %s\nin %.600s", where, raw)
	}
	for key, want := range e.Exact {
		if have := got.(map[string]any)[key]; !reflect.DeepEqual(have, want) {
			t.Errorf("%s is %v, documented is %v", key, have, want)
		}
	}
}

// differ tells where got lacks a member of want or has one of another type.
// The elements of a list are all held against the documented first one.
func differ(at string, want, got any) string {
	if reflect.TypeOf(want) != reflect.TypeOf(got) && !(strings.HasSuffix(at, ".broad_thumb") && got == nil) {
		return fmt.Sprintf("%s is %T, not %T", at, got, want)
	}
	switch want := want.(type) {
	case map[string]any:
		for key, value := range want {
			have, ok := got.(map[string]any)[key]
			if !ok {
				return at + "." + key + " is missing"
			}
			if where := differ(at+"."+key, value, have); where != "" {
				return where
			}
		}
	case []any:
		list := got.([]any)
		if len(want) > 0 && len(list) == 0 {
			return at + " is empty"
		}
		for i, have := range list {
			if len(want) == 0 {
				break
			}
			if where := differ(fmt.Sprintf("%s[%d]", at, i), want[0], have); where != "" {
				return where
			}
		}
	}
	return ""
}
