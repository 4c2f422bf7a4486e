package oauth

import (
	"net/http"
	"net/url"
	"strings"
)

// The clean addresses of the last pages. The browser is sent there by a
// redirect, so that the address with the code stays out of its history.
const (
	pathSuccess = "/cuelight/signed-in"
	pathRefused = "/cuelight/refused"
)

// handler answers the browser.
func (p *Pending) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard(w.Header())
		switch {
		case !strings.EqualFold(hostOf(r.Host), hostOf(p.at.host)):
			// Another name that resolves to loopback (DNS rebinding).
			http.Error(w, "not this host", http.StatusMisdirectedRequest)
		case r.URL.EscapedPath() == p.at.path:
			p.get(w, r, p.redirected)
		case r.URL.Path == pathSuccess:
			p.get(w, r, func(w http.ResponseWriter, _ *http.Request) { p.last(w, toneSuccess, p.landing.Success) })
		case r.URL.Path == pathRefused:
			p.get(w, r, func(w http.ResponseWriter, _ *http.Request) { p.last(w, toneRefused, p.landing.Refused) })
		default:
			http.NotFound(w, r)
		}
	})
}

// get lets GET through, and nothing else: a HEAD by some scanner must not spend
// the code.
func (p *Pending) get(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
		return
	}
	next(w, r)
}

// redirected takes the platform's answer. What is not one, or belongs to
// another sign-in, gets a page that says so, and the sign-in stays pending.
func (p *Pending) redirected(w http.ResponseWriter, r *http.Request) {
	answer, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		p.page(w, http.StatusBadRequest, toneFailed, p.landing.Failed)
		return
	}
	code, err := p.judge(answer, p.request.StateRequired)
	if err != nil && !ends(err) {
		p.page(w, http.StatusBadRequest, toneFailed, p.landing.Failed)
		return
	}
	if !p.end(code, err, true) {
		p.page(w, http.StatusGone, toneFailed, p.landing.Failed)
		return
	}
	next := pathSuccess
	if err != nil {
		next = pathRefused
	}
	w.Header().Set("Location", next)
	w.WriteHeader(http.StatusSeeOther)
}

// last shows a page that ends the sign-in, and lets the listener go. Asked for
// before there is an answer, there is no such page.
func (p *Pending) last(w http.ResponseWriter, t tone, page Page) {
	select {
	case <-p.over:
	default:
		http.Error(w, "not yet", http.StatusNotFound)
		return
	}
	if (p.err == nil) != (t == toneSuccess) {
		http.Error(w, "not so", http.StatusNotFound)
		return
	}
	p.page(w, http.StatusOK, t, page)
	p.shownOnce.Do(func() { close(p.shown) })
}

// hostOf drops the port that http has anyway.
func hostOf(host string) string { return strings.TrimSuffix(host, ":80") }

// guard sets the headers of every answer.
func guard(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
