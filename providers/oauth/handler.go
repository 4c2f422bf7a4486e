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
		setSecurityHeaders(w.Header())
		switch {
		case !strings.EqualFold(trimDefaultPort(r.Host), trimDefaultPort(p.redirect.host)):
			// Another name that resolves to loopback (DNS rebinding).
			http.Error(w, "not this host", http.StatusMisdirectedRequest)
		case r.URL.EscapedPath() == p.redirect.path:
			p.getOnly(w, r, p.callback)
		case r.URL.Path == pathSuccess:
			p.getOnly(w, r, func(w http.ResponseWriter, _ *http.Request) { p.finalPage(w, toneSuccess, p.landing.Success) })
		case r.URL.Path == pathRefused:
			p.getOnly(w, r, func(w http.ResponseWriter, _ *http.Request) { p.finalPage(w, toneRefused, p.landing.Refused) })
		default:
			http.NotFound(w, r)
		}
	})
}

// getOnly lets GET through, and nothing else: a HEAD by some scanner must not spend
// the code.
func (p *Pending) getOnly(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
		return
	}
	next(w, r)
}

// callback takes the platform's answer. What is not one, or belongs to
// another sign-in, gets a page that says so, and the sign-in stays pending.
func (p *Pending) callback(w http.ResponseWriter, r *http.Request) {
	answer, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		p.page(w, http.StatusBadRequest, toneFailed, p.landing.Failed)
		return
	}
	code, err := p.validate(answer, p.request.StateRequired)
	if err != nil && !isRefusal(err) {
		p.page(w, http.StatusBadRequest, toneFailed, p.landing.Failed)
		return
	}
	if !p.finish(code, err, true) {
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

// finalPage shows a page that ends the sign-in, and lets the listener go. Asked for
// before there is an answer, there is no such page.
func (p *Pending) finalPage(w http.ResponseWriter, t tone, page Page) {
	select {
	case <-p.done:
	default:
		http.Error(w, "not yet", http.StatusNotFound)
		return
	}
	if (p.err == nil) != (t == toneSuccess) {
		http.Error(w, "not so", http.StatusNotFound)
		return
	}
	p.page(w, http.StatusOK, t, page)
	p.pageServedOnce.Do(func() { close(p.pageServed) })
}

// trimDefaultPort drops the port that http has anyway.
func trimDefaultPort(host string) string { return strings.TrimSuffix(host, ":80") }

// setSecurityHeaders sets the headers of every answer.
func setSecurityHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
