package oauth

import (
	"net/http"
	"net/url"
	"strings"
)

// The paths of the final pages. The browser is redirected there, so that the
// address with the code stays out of its history.
const (
	pathSuccess = "/cuelight/signed-in"
	pathRefused = "/cuelight/refused"
)

// handler serves the browser's requests.
func (p *Pending) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header())
		if !p.redirect.at(r.Host) {
			// Another name that resolves to loopback (DNS rebinding).
			http.Error(w, "not this host", http.StatusMisdirectedRequest)
			return
		}
		p.route(r)(w, r)
	})
}

// route finds who answers a request.
func (p *Pending) route(r *http.Request) http.HandlerFunc {
	if r.URL.EscapedPath() == p.redirect.path {
		return getOnly(visitOnly(p.callback))
	}
	if r.URL.Path == pathSuccess {
		return getOnly(func(w http.ResponseWriter, _ *http.Request) { p.finalPage(w, toneSuccess, p.landing.Success) })
	}
	if r.URL.Path == pathRefused {
		return getOnly(func(w http.ResponseWriter, _ *http.Request) { p.finalPage(w, toneRefused, p.landing.Refused) })
	}
	return http.NotFound
}

// getOnly refuses every method but GET: a HEAD by a scanner must not spend the
// code.
func getOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.Header().Set("Allow", http.MethodGet)
			http.Error(w, "only GET", http.StatusMethodNotAllowed)
			return
		}
		next(w, r)
	}
}

// visitOnly refuses what a browser fetches without the user having gone there: a
// picture or frame on a stranger's page, whose code would sign in somebody else,
// and a page fetched in advance, whose answer nobody might see. The browser asks
// again when the user does go there.
func visitOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if inAdvance(r.Header) {
			http.Error(w, "not in advance", http.StatusServiceUnavailable)
			return
		}
		if !visited(r.Header) {
			http.Error(w, "not from a page", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

// visited reports whether a request opens a page of its own in the browser, as
// far as the browser tells (W3C Fetch Metadata, Sec-Fetch-Mode and -Dest).
func visited(h http.Header) bool {
	mode, dest := h.Get("Sec-Fetch-Mode"), h.Get("Sec-Fetch-Dest")
	return (mode == "" || strings.EqualFold(mode, "navigate")) && (dest == "" || strings.EqualFold(dest, "document"))
}

// inAdvance reports whether a request prefetches or prerenders a page. Sec-Purpose
// is the standard's; the others are what browsers sent before it.
func inAdvance(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		for _, purpose := range h.Values(name) {
			purpose = strings.ToLower(purpose)
			if strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender") || strings.Contains(purpose, "preview") {
				return true
			}
		}
	}
	return false
}

// callback handles the redirect from the platform. A request that carries no
// answer, or one to another sign-in, gets an error page and the sign-in stays
// pending. The answer that was taken may come again, from a reload or a second
// tab, and is shown the same page.
func (p *Pending) callback(w http.ResponseWriter, r *http.Request) {
	answer, _ := url.ParseQuery(r.URL.RawQuery) // what is malformed is left out, the rest is read
	code, err := p.validate(answer, p.request.StateRequired)
	if err != nil && !isRefusal(err) {
		p.page(w, http.StatusBadRequest, toneFailed, p.landing.Failed)
		return
	}
	if !p.finish(code, err, true) && !p.took(code, err) {
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

// finalPage serves the page that ends the sign-in; the listener may close then.
// Before there is an answer, it is 404.
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

// setSecurityHeaders sets the headers of every response.
func setSecurityHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
