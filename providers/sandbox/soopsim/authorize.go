package soopsim

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/sandbox/page"
)

// signIn are the endpoints that lead to a code, and the pages a person clicks
// through.
type signIn struct{ *platform }

// authorize is GET auth/code: nobody is ever signed in at the sandbox, so it
// always leads on to the login page, as the documents describe.
func (h signIn) authorize(w http.ResponseWriter, c *call) {
	if _, ok := h.clients[c.params["client_id"]]; !ok {
		h.unknownClient(w, c)
		return
	}
	onward := url.Values{"client_id": {c.params["client_id"]}}
	for _, name := range []string{"redirect_uri", "state", "scope"} {
		if v := c.params[name]; v != "" {
			onward.Set(name, v)
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, c.Request, c.d.prefix+"/auth/login?"+onward.Encode(), http.StatusFound)
}

// unknownClient answers people with a page and programs with the result code.
func (h signIn) unknownClient(w http.ResponseWriter, c *call) {
	if !strings.Contains(c.Header.Get("Accept"), "text/html") {
		c.refuse(w, resultClient, msgClient, "")
		return
	}
	h.Pages.Message(w, c.Request, http.StatusOK, page.UnknownClient)
}

// redirectTarget returns where a sign-in comes back to: the registered address, or
// another one on loopback that the request names. named tells which.
func redirectTarget(client Client, asked string) (target string, named bool) {
	if asked == "" {
		return client.RedirectURI, false
	}
	if asked == client.RedirectURI {
		return asked, true
	}
	u, err := url.Parse(asked)
	if err != nil || u.Scheme != "http" || u.User != nil || !urlcheck.IsLoopback(u.Hostname()) {
		return client.RedirectURI, false
	}
	return asked, true
}

// loginPage is the page a person clicks through.
func (h signIn) loginPage(w http.ResponseWriter, c *call) {
	client, ok := h.clients[c.params["client_id"]]
	if !ok {
		h.unknownClient(w, c)
		return
	}
	login := page.Login{
		Platform: c.d.name, Action: c.d.prefix + "/auth/login", App: client.ID,
		Hidden: map[string]string{
			"client_id": client.ID, "redirect_uri": c.params["redirect_uri"], "state": c.params["state"],
			"scope": c.params["scope"],
		},
		Rights: strings.Fields(c.params["scope"]),
	}
	for _, p := range People {
		login.People = append(login.People, page.Person{
			ID: p.ID, Nick: p.Nick, Station: p.Station, Loyal: p.Loyal, Picture: h.portraitURL(p.ID),
		})
	}
	h.Pages.Login(w, c.Request, login)
}

// loginDecision takes the form of the login page: 302 to the redirect URI with
// a code, or with error=access_denied.
func (h signIn) loginDecision(w http.ResponseWriter, c *call) {
	client, ok := h.clients[c.params["client_id"]]
	if !ok {
		h.unknownClient(w, c)
		return
	}
	target, named := redirectTarget(client, c.params["redirect_uri"])
	if c.params["decision"] != "agree" {
		h.redirectBack(w, c, target, url.Values{
			"error": {"access_denied"}, "error_description": {"The user denied access to your application"},
		})
		return
	}
	if _, ok := findPerson(c.params["user"]); !ok {
		http.Error(w, "no such streamer", http.StatusBadRequest)
		return
	}
	grant := Grant{Client: client.ID, User: c.params["user"], Scope: grantedScope(client, c.params)}
	if named {
		grant.Redirect = target
	}
	code, err := h.newCode(c.Context(), grant)
	if err != nil {
		h.internalError(w, err)
		return
	}
	h.redirectBack(w, c, target, url.Values{"code": {code}})
}

// noRights is the scope of a token that may do nothing; an empty one may do
// everything.
const noRights = "none"

// grantedScope is what a person allows: of what was asked for, what the application
// has and the person has not withheld. Where nothing was asked for, it is what the
// application has.
func grantedScope(client Client, form params) string {
	asked := strings.Fields(form["scope"])
	if len(asked) == 0 {
		return client.Scope
	}
	var granted []string
	for _, right := range asked {
		has := client.Scope == "" || slices.Contains(strings.Fields(client.Scope), right)
		if has && form[page.Withhold+right] == "" {
			granted = append(granted, right)
		}
	}
	if len(granted) == 0 {
		return noRights
	}
	return strings.Join(granted, " ")
}

func (h signIn) redirectBack(w http.ResponseWriter, c *call, target string, with url.Values) {
	if state := c.params["state"]; state != "" && h.Quirks.EchoState {
		with.Set("state", state)
	}
	separator := "?"
	if strings.Contains(target, "?") {
		separator = "&"
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", target+separator+with.Encode())
	w.WriteHeader(http.StatusFound)
}

// codeByNumber is POST auth/code with the number of the mobile app. A wrong
// number gets an answer without a code.
func (h signIn) codeByNumber(w http.ResponseWriter, c *call) {
	client, ok := h.authenticateClient(w, c)
	if !ok {
		return
	}
	for _, p := range People {
		if c.params["auth_type"] != "api" || c.params["certification_number"] != p.Number {
			continue
		}
		code, err := h.newCode(c.Context(), Grant{Client: client.ID, User: p.ID, Scope: client.Scope})
		if err != nil {
			h.internalError(w, err)
			return
		}
		writeJSON(w, map[string]string{"code": code})
		return
	}
	c.refuse(w, resultRefused, msgNumber, "")
}

func (h signIn) newCode(ctx context.Context, g Grant) (string, error) {
	code := random(20)
	g.Expires = h.Now().Add(codeLifetime)
	err := h.State.Update(ctx, func(st *State) error {
		st.prune(h.Now())
		st.Codes[hash(code)] = g
		return nil
	})
	return code, err
}
