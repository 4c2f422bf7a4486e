package oauth

import (
	"net/url"
	"strings"
	"testing"
)

func FuzzPaste(f *testing.F) {
	for _, seed := range []string{
		"http://localhost:12482/callback?code=abcd-1234&state=s", "code=abcd&state=s", "abcd/1234==", "<http://x/?code=abcd>",
		"?code=%zz&code=abcd", "?error=access_denied&error_description=%1b%5b31m", "\ufeff http://x/?code=a\u200bb#frag", "?code=a;b=c&state=%",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pasted string) {
		p := &Pending{state: "s", done: make(chan struct{})}
		err := p.Paste(pasted)
		select {
		case <-p.done:
			if p.err == nil && !validCode(p.code) {
				t.Errorf("%q gives the code %q", pasted, p.code)
			}
		default:
			if err == nil {
				t.Errorf("%q is taken and ends nothing", pasted)
			}
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\n\u202e") {
			t.Errorf("%q is told as %q", pasted, err)
		}
	})
}

func FuzzCallback(f *testing.F) {
	f.Add("code=abcd&state=s")
	f.Add("state=s&state=s&code=abcd")
	f.Add("error=x&state=s")
	f.Fuzz(func(t *testing.T, query string) {
		p := &Pending{state: "s"}
		values, _ := url.ParseQuery(query)
		code, err := p.validate(values, true)
		if err == nil && (!validCode(code) || !sameState(values.Get("state"), "s")) {
			t.Errorf("%q gives %q", query, code)
		}
	})
}
