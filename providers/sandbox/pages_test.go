package sandbox_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cuelight/providers/sandbox"
)

func TestOnlyThisMachinesOwnNamesAndPagesGetIn(t *testing.T) {
	s := open(t, sandbox.Options{})
	for _, c := range []struct {
		name, host, origin string
		want               int
	}{
		{"itself", "", "", 200},
		{"localhost", "localhost:1", "", 200},
		{"IPv6", "[::1]:1", "", 200},
		{"a rebound name", "evil.example", "", 421},
		{"a form of another site", "", "https://evil.example", 403},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/sandbox/faults", strings.NewReader("[]"))
		if err != nil {
			t.Fatal(err)
		}
		if c.host != "" {
			r.Host = c.host
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != c.want {
			t.Errorf("%s: HTTP %d, not %d", c.name, answer.StatusCode, c.want)
		}
	}
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "nonsense"} {
		if s, err := sandbox.New(sandbox.Options{Listen: address}); err == nil {
			_ = s.Close()
			t.Errorf("it opened at %s", address)
		}
	}
}

func TestPicturesPagesAndOverlaysAreServed(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	get := func(address, language string) (int, string, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Language", language)
		r.Header.Set("Accept", "text/html")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var body bytes.Buffer
		_, err = body.ReadFrom(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, answer.Header.Get("Content-Type"), body.String()
	}
	picture := "http:" + u.data("user/stationinfo")["profile_image"].(string)
	if status, kind, body := get(picture, ""); status != 200 || kind != "image/jpeg" || !strings.HasPrefix(body, "\xff\xd8") {
		t.Errorf("%s: HTTP %d %s", picture, status, kind)
	}
	for _, kind := range []string{"chat", "notice", "goal"} {
		address := u.data("aqua/component/get", "component_type", kind, "platform_type", "mobile")["component_url"].(string)
		if status, _, body := get(address, "ko"); status != 200 || !strings.Contains(body, `data-kind="`+kind+`"`) {
			t.Errorf("%s: HTTP %d", kind, status)
		}
	}
	if status, _, _ := get(s.URL()+"/soop/overlay/component?szKey=.A32.none", ""); status != 404 {
		t.Errorf("an overlay of nobody: HTTP %d", status)
	}
	for language, want := range map[string]string{"ko-KR,ko;q=0.9": "연습용", "en-US,en;q=0.9": "Practice", "": "연습용", "fr": "Practice"} {
		for path, status := range map[string]int{"/": 200, "/soop/auth/code?client_id=cuelight-practice": 200, "/soop/auth/code?client_id=x": 200, "/nowhere": 404} {
			got, kind, body := get(s.URL()+path, language)
			if got != status || !strings.Contains(body, want) || !strings.HasPrefix(kind, "text/html") || strings.Contains(body, "%!") {
				t.Errorf("%s in %q: HTTP %d %s", path, language, got, kind)
			}
			if secret := s.Client().Secret.Reveal(); strings.Contains(body, secret) {
				t.Errorf("%s shows the client secret", path)
			}
		}
	}
	if _, _, body := get(s.URL()+"/", "ko"); !strings.Contains(body, "111111") || !strings.Contains(body, fmt.Sprint(s.URL(), "/afreecatv")) {
		t.Error("the index lacks the practice number or an address")
	}
}
