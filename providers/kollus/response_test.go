package kollus

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/providers"
)

func TestRefusalsAreToldApart(t *testing.T) {
	for name, c := range map[string]struct {
		status       int
		body         string
		kind         error
		reason, said string
		code, field  string
	}{
		"scope":         {403, `{"message":"Invalid scope(s) provided."}`, providers.ErrNotGranted, "platform.scope", "Invalid scope(s) provided.", "HTTP 403", ""},
		"forbidden":     {403, `{"message":"This action is unauthorized."}`, providers.ErrRefused, "", "This action is unauthorized.", "HTTP 403", ""},
		"a block page":  {403, `<html>no</html>`, providers.ErrRefused, "platform.blocked", "", "HTTP 403", ""},
		"not there":     {404, `{"message":""}`, providers.ErrRefused, "channel.unknown", "", "HTTP 404", ""},
		"conflict":      {409, `{"message":"이미 편집 중입니다."}`, providers.ErrRefused, "platform.conflict", "이미 편집 중입니다.", "HTTP 409", ""},
		"unprocessable": {422, "unprocessable.json", providers.ErrRefused, "", "제목은 필수입니다. 제목은 문자열이어야 합니다. The key is invalid.", "HTTP 422", "title"},
		"down":          {503, `<html>maintenance</html>`, providers.ErrUnreachable, "platform.fault", "", "HTTP 503", ""},
		"moved":         {302, ``, providers.ErrBadAnswer, "answer.moved", "", "HTTP 302", ""},
		"a web page":    {200, `<!doctype html>`, providers.ErrBadAnswer, "answer.html", "", "", ""},
		"cut":           {200, `{"data":{"key"`, providers.ErrBadAnswer, "answer.not_json", "", "", ""},
		"no data":       {200, `{"ok":true}`, providers.ErrBadAnswer, "answer.missing", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				body := c.body
				if strings.HasSuffix(body, ".json") {
					body = example(t, body)
				}
				s, _ := service(t, "", func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(c.status)
					_, _ = io.WriteString(w, body)
				})
				_, err := s.Channel(t.Context(), "one")
				e := failure(err)
				if !errors.Is(err, c.kind) || e.Reason != c.reason || e.Message != c.said || e.Code != c.code || e.Field != c.field {
					t.Errorf("%v (field %q)", err, e.Field)
				}
				if strings.Contains(err.Error(), "access-token") {
					t.Error("the error holds the token")
				}
			})
		})
	}
}

func TestViewersAreReadInEveryUsualForm(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	want := []providers.ViewerPoint{{At: day, Count: 3}, {At: day.Add(5 * time.Minute), Count: 12}}
	for name, body := range map[string]string{
		"objects":      `[{"time":"2026-03-01T00:05:00Z","viewers":"12"},{"time":"2026-03-01T00:00:00+00:00","viewers":3}]`,
		"times of day": `[{"time":"00:00","count":3},{"time":"00:05:00","count":12}]`,
		"seconds":      `[{"timestamp":1772323200,"value":3},{"timestamp":1772323500,"value":12}]`,
		"pairs":        `[["2026-03-01 00:00:00",3],["2026-03-01 00:05:00",12]]`,
		"numbers":      `[3,12]`,
		"a map":        `{"00:00":3,"00:05":{"viewers":12}}`,
		"with gaps":    `[{"time":"00:00","count":3},null,{"time":"","count":4},{"time":"00:05","count":12}]`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := readViewers(json.RawMessage(body), day); !reflect.DeepEqual(got, want) {
				t.Errorf("read %v", got)
			}
		})
	}
	for _, body := range []string{``, `null`, `[]`, `{}`, `"none"`, `7`} {
		if got := readViewers(json.RawMessage(body), day); len(got) != 0 {
			t.Errorf("%s gave %v", body, got)
		}
	}
}

func TestASummaryIsItsNumbersInOrder(t *testing.T) {
	body := `{"data":{"id":7,"broadcast_key":"9","play_count":"1,234","avg":12.5,"device":{"pc":3,"mobile":9},"updated_at":"2026","list":[1]}}`
	got := readSummary(unwrapData([]byte(body)))
	want := []providers.StatNumber{
		{Key: "play_count", Value: 1234}, {Key: "avg", Value: 12.5}, {Key: "device.pc", Value: 3}, {Key: "device.mobile", Value: 9},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %v", got)
	}
}

func TestAccountsThatCannotWorkAreNotOpened(t *testing.T) {
	for name, c := range map[string]struct {
		set    map[string]string
		reason string
	}{
		"no service account":     {map[string]string{}, "service_account.missing"},
		"a path":                 {map[string]string{FieldServiceAccount: "a/../b"}, "service_account.invalid"},
		"dots":                   {map[string]string{FieldServiceAccount: ".."}, "service_account.invalid"},
		"plain http":             {map[string]string{FieldServiceAccount: "a", FieldBaseURL: "http://live.example"}, "base_url.insecure"},
		"plain http for the API": {map[string]string{FieldServiceAccount: "a", FieldAPIURL: "http://live.example"}, "base_url.insecure"},
		"no redirect address":    {map[string]string{FieldServiceAccount: "a", FieldRedirectURI: "callback"}, "redirect_uri.invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := New().Open(providers.Account{Settings: c.set}, providers.Environment{Vault: newVault()})
			if failure(err).Reason != c.reason || !errors.Is(err, providers.ErrUsage) || s != nil {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTheAPIIsWhereSignInWasSetToBe(t *testing.T) {
	for name, c := range map[string][3]string{
		"neither set":   {"", "", "https://api-live-kr.kollus.com"},
		"sign-in":       {"", "http://127.0.0.1:8080/kollus/", "http://127.0.0.1:8080/kollus"},
		"both":          {"https://api.example/", "https://live.example", "https://api.example"},
		"with the path": {"https://api.example/api/v1/live/", "", "https://api.example"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := apiAddress(c[0], c[1]); got != c[2] {
				t.Errorf("the API is at %s", got)
			}
		})
	}
}

func TestTheDocumentsTokenIsKeptForItsYear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var form string
		s, v := service(t, "", func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			form = string(body)
			_, _ = io.WriteString(w, example(t, "token.json"))
		})
		if err := s.Exchange(t.Context(), providers.SignInRequest{}, "the-code"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"grant_type=authorization_code", "code=the-code", "client_id=client-1", "client_secret=", "redirect_uri="} {
			if !strings.Contains(form, want) {
				t.Errorf("no %s was sent", want)
			}
		}
		until, err := s.TokenExpires(t.Context())
		if err != nil || time.Until(until) != 31622400*time.Second {
			t.Errorf("it ends %s (%v)", until, err)
		}
		if !strings.Contains(v.Values[providers.SecretToken].Reveal(), "def50200f41d7d9cc98c3e19d1da51ec8225e5ebef...") {
			t.Error("the refresh token is not kept")
		}
	})
}
