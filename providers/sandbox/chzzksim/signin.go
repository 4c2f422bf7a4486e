package chzzksim

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"cuelight/providers/sandbox/page"
)

// codeLifetime is the sandbox's own: none is documented.
const codeLifetime = time.Minute

// interlock is a request of the sign-in page that names an application and its
// registered address.
type interlock struct{ redirect, state string }

// checkInterlock checks a request. Where something is missing, or the address is
// not the registered one to the byte, it has answered itself: nothing may be sent
// there.
func (s *Service) checkInterlock(w http.ResponseWriter, r *http.Request) (interlock, bool) {
	client, redirect, state := s.Client(), r.FormValue("redirectUri"), r.FormValue("state")
	if r.FormValue("clientId") != client.ID || redirect != client.RedirectURI || state == "" {
		s.Pages.Message(w, r, http.StatusBadRequest, page.UnknownClient)
		return interlock{}, false
	}
	return interlock{redirect, state}, true
}

// authorizePage is GET account-interlock: the page a person clicks through.
func (s *Service) authorizePage(w http.ResponseWriter, r *http.Request) {
	asked, ok := s.checkInterlock(w, r)
	if !ok {
		return
	}
	login := page.Login{
		Platform: "CHZZK", Action: prefix + "/account-interlock", App: "Cuelight", Scopes: s.Quirks.Scopes,
		Hidden: map[string]string{"clientId": s.Client().ID, "redirectUri": asked.redirect, "state": asked.state},
	}
	for _, p := range People {
		login.People = append(login.People, page.Person{ID: p.ID, Nick: p.Nick})
	}
	s.Pages.Login(w, r, login)
}

// authorizeDecision handles the form of the page.
func (s *Service) authorizeDecision(w http.ResponseWriter, r *http.Request) {
	asked, ok := s.checkInterlock(w, r)
	if !ok {
		return
	}
	person, known := findPerson(r.FormValue("user"))
	if r.FormValue("decision") != "agree" || !known {
		s.refuseSignIn(w, r, asked)
		return
	}
	code := random()
	err := s.State.Update(r.Context(), func(st *State) error {
		st.prune(s.Now())
		st.LastUser = person.ID
		st.Codes[hash(code)] = Grant{User: person.ID, State: asked.state, Expires: s.Now().Add(codeLifetime)}
		return nil
	})
	if err != nil {
		s.internalError(w, err)
		return
	}
	redirectBack(w, asked, url.Values{"code": {code}})
}

// refuseSignIn is a person's no. What the service does then is not documented.
func (s *Service) refuseSignIn(w http.ResponseWriter, r *http.Request, asked interlock) {
	switch {
	case s.Quirks.Silent:
		s.Pages.Message(w, r, http.StatusOK, page.NotFound)
	case s.Quirks.RefuseWithError:
		redirectBack(w, asked, url.Values{"error": {"access_denied"}})
	default:
		redirectBack(w, asked, url.Values{})
	}
}

// redirectBack redirects the browser back, with the state of the request.
func redirectBack(w http.ResponseWriter, to interlock, with url.Values) {
	with.Set("state", to.state)
	separator := "?"
	if strings.Contains(to.redirect, "?") {
		separator = "&"
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", to.redirect+separator+with.Encode())
	w.WriteHeader(http.StatusFound)
}
