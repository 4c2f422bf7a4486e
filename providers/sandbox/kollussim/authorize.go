package kollussim

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/sandbox/page"
)

// codeLifetime is the framework's default.
const codeLifetime = 10 * time.Minute

// operator is who signs in on the login page.
var operator = page.Person{ID: "operator", Nick: "방송 담당자", Station: "practice"}

// authorizeClient checks client and redirect address of the authorize page. Where
// one is wrong, it has answered itself: nothing may be sent to that address.
func (s *Service) authorizeClient(w http.ResponseWriter, r *http.Request) (redirect string, ok bool) {
	client := s.Client()
	redirect = r.FormValue("redirect_uri")
	if r.FormValue("client_id") != client.ID || !allowedRedirect(redirect, client.RedirectURI) {
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			s.Pages.Message(w, r, http.StatusUnauthorized, page.UnknownClient)
			return "", false
		}
		oauthError(w, http.StatusUnauthorized, "invalid_client", "Client authentication failed", "")
		return "", false
	}
	return redirect, true
}

// allowedRedirect allows the registered address, and any other on loopback, so
// that tests need no fixed port.
func allowedRedirect(asked, own string) bool {
	if asked == own {
		return true
	}
	u, err := url.Parse(asked)
	if err != nil || u.Scheme != "http" || u.User != nil {
		return false
	}
	return urlcheck.IsLoopback(u.Hostname())
}

// authorizePage is GET oauth/authorize: the page a person clicks through.
func (s *Service) authorizePage(w http.ResponseWriter, r *http.Request) {
	redirect, ok := s.authorizeClient(w, r)
	if !ok {
		return
	}
	switch {
	case r.FormValue("response_type") != "code":
		s.redirectBack(w, r, redirect, oauthRefusal("unsupported_response_type", "The authorization grant type is not supported by the authorization server."))
		return
	case !knownScopes(r.FormValue("scope")):
		s.redirectBack(w, r, redirect, oauthRefusal("invalid_scope", "The requested scope is invalid, unknown, or malformed"))
		return
	}
	login := page.Login{
		Platform: "Kollus Live", Action: prefix + "/oauth/authorize", App: r.FormValue("client_id"),
		People: []page.Person{operator}, Scopes: []string{"kollus_scope_control", "kollus_scope_stats"},
		Hidden: map[string]string{},
	}
	for _, name := range []string{"client_id", "redirect_uri", "scope", "state"} {
		login.Hidden[name] = r.FormValue(name)
	}
	s.Pages.Login(w, r, login)
}

func knownScopes(scope string) bool {
	for one := range strings.FieldsSeq(scope) {
		if !slices.Contains([]string{control, statistics}, one) {
			return false
		}
	}
	return true
}

// authorizeDecision handles the form of the page.
func (s *Service) authorizeDecision(w http.ResponseWriter, r *http.Request) {
	redirect, ok := s.authorizeClient(w, r)
	if !ok {
		return
	}
	if r.FormValue("decision") != "agree" {
		back := oauthRefusal("access_denied", "The resource owner or authorization server denied the request.")
		back.Set("hint", "The user denied the request")
		s.redirectBack(w, r, redirect, back)
		return
	}
	code := "def502" + random(60)
	err := s.State.Update(r.Context(), func(st *State) error {
		st.prune(s.Now())
		st.SignedIn = operator.ID
		st.Codes[hash(code)] = Grant{
			Client: r.FormValue("client_id"), Redirect: redirect, Scope: r.FormValue("scope"), Expires: s.Now().Add(codeLifetime),
		}
		return nil
	})
	if err != nil {
		s.internalError(w, err)
		return
	}
	s.redirectBack(w, r, redirect, url.Values{"code": {code}})
}

func oauthRefusal(kind, description string) url.Values {
	return url.Values{"error": {kind}, "error_description": {description}, "message": {description}}
}

// redirectBack redirects the browser back, with the state of the request.
func (s *Service) redirectBack(w http.ResponseWriter, r *http.Request, redirect string, with url.Values) {
	if state := r.FormValue("state"); state != "" {
		with.Set("state", state)
	}
	separator := "?"
	if strings.Contains(redirect, "?") {
		separator = "&"
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", redirect+separator+with.Encode())
	w.WriteHeader(http.StatusFound)
}
