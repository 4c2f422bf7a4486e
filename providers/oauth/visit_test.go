package oauth

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"cuelight/providers"
)

// ask makes one request of a listener with these headers, of which each is a
// name and a value.
func ask(t *testing.T, p *Pending, method, target string, headers ...string) int {
	t.Helper()
	r := httptest.NewRequest(method, "http://"+here+target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.handler().ServeHTTP(w, r)
	return w.Code
}

// unanswered is a sign-in that waits for its answer, without a network.
func unanswered(t *testing.T) *Pending {
	t.Helper()
	p := begin(t, providers.SignInRequest{}, Options{PasteOnly: true})
	p.redirect = redirect{host: here, path: "/callback"}
	return p
}

// A picture on a stranger's page used to sign in somebody else, and a page that
// was fetched in advance spent the code.
func TestOnlyAVisitAnswersASignIn(t *testing.T) {
	const callback = "/callback?code=abcd1234"
	for name, headers := range map[string][]string{
		"a picture":           {"Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image", "Sec-Fetch-Site", "cross-site"},
		"a frame":             {"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"},
		"a script's call":     {"Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"},
		"a prefetch":          {"Sec-Purpose", "prefetch", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"},
		"a prerender":         {"Sec-Purpose", "prefetch;prerender", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"},
		"Chrome's old header": {"Purpose", "prefetch"},
		"Safari's":            {"X-Purpose", "preview"},
		"Firefox's":           {"X-Moz", "prefetch"},
	} {
		p := unanswered(t)
		if code := ask(t, p, http.MethodGet, callback, headers...); code < 400 {
			t.Errorf("%s: %d", name, code)
		}
		if code := ask(t, p, http.MethodHead, callback); code < 400 {
			t.Errorf("HEAD: %d", code)
		}
		select {
		case <-p.done:
			t.Errorf("%s ended the sign-in", name)
		default:
		}
		// Then the user comes.
		code := ask(t, p, http.MethodGet, callback, "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Sec-Fetch-Site", "cross-site")
		if code != http.StatusSeeOther || p.code != "abcd1234" {
			t.Errorf("after %s: %d, code %q", name, code, p.code)
		}
	}
}

// The second of two fetches used to be told that it was not awaited, and is what
// the user sees.
func TestTheSameAnswerAgainIsShownTheSamePage(t *testing.T) {
	p := unanswered(t)
	for range 3 {
		if code := ask(t, p, http.MethodGet, "/callback?code=abcd1234"); code != http.StatusSeeOther {
			t.Errorf("the same code: %d", code)
		}
	}
	for _, other := range []string{"?code=abcd1235", "?error=access_denied"} {
		if code := ask(t, p, http.MethodGet, "/callback"+other); code != http.StatusGone {
			t.Errorf("%s: %d", other, code)
		}
	}
	refused := unanswered(t)
	for range 2 {
		if code := ask(t, refused, http.MethodGet, "/callback?error=access_denied"); code != http.StatusSeeOther {
			t.Errorf("the same refusal: %d", code)
		}
	}
	if code := ask(t, refused, http.MethodGet, "/callback?code=abcd1234"); code != http.StatusGone {
		t.Errorf("a code after a refusal: %d", code)
	}
}

func TestAReloadMeetsTheListener(t *testing.T) {
	uri := freeRedirect(t, "127.0.0.1")
	p := begin(t, providers.SignInRequest{RedirectURI: uri}, Options{})
	for range 2 { // with the last page each time
		if answer, _ := visit(t, http.MethodGet, uri+"?code=abcd1234", "", true); answer.StatusCode != http.StatusOK {
			t.Errorf("status %d", answer.StatusCode)
		}
	}
	began := time.Now()
	if err := p.Close(); err != nil || time.Since(began) > 2*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
