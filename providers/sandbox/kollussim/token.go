package kollussim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"

	"cuelight/internal/secret"
)

// accessLifetime is documented (expires_in 31622400: 366 days); a refresh
// token's is the framework's default of the same.
const accessLifetime = 31622400 * time.Second

// oauthFailure is a refusal on its way to the answer.
type oauthFailure struct {
	status                  int
	kind, description, hint string
}

func (f *oauthFailure) Error() string { return f.kind + ": " + f.description }

// oauthError answers in the form of the framework.
func oauthError(w http.ResponseWriter, status int, kind, description, hint string) {
	body := map[string]string{"error": kind, "error_description": description, "message": description}
	if hint != "" {
		body["hint"] = hint
	}
	writeJSON(w, status, body)
}

// token is POST oauth/token, with a form or with JSON.
func (s *Service) token(w http.ResponseWriter, r *http.Request) {
	form, err := parameters(r)
	if err != nil {
		oauthError(w, http.StatusBadRequest, "invalid_request", msgMalformed, "Check the body")
		return
	}
	var out map[string]any
	err = s.State.Update(r.Context(), func(st *State) error {
		grant, failure := s.redeem(st, form)
		if failure != nil {
			return failure
		}
		out = s.issue(st, grant, form.Get("grant_type") != "client_credentials")
		return nil
	})
	if failure, ok := err.(*oauthFailure); ok {
		oauthError(w, failure.status, failure.kind, failure.description, failure.hint)
		return
	}
	if err != nil {
		s.internalError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, out)
}

// parameters reads a form or a JSON object of texts.
func parameters(r *http.Request) (url.Values, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return url.ParseQuery(string(body))
	}
	var members map[string]string
	if err := json.Unmarshal(body, &members); err != nil {
		return nil, err
	}
	form := url.Values{}
	for name, value := range members {
		form.Set(name, value)
	}
	return form, nil
}

const msgMalformed = "The request is missing a required parameter, includes an invalid parameter value, " +
	"includes a parameter more than once, or is otherwise malformed."

// redeem checks the client first, then uses up the code or refresh token.
func (s *Service) redeem(st *State, form url.Values) (Grant, *oauthFailure) {
	switch form.Get("grant_type") {
	case "authorization_code", "refresh_token", "client_credentials":
	default:
		return Grant{}, &oauthFailure{
			http.StatusBadRequest, "unsupported_grant_type",
			"The authorization grant type is not supported by the authorization server.", "Check that all required parameters have been provided",
		}
	}
	client := s.Client()
	redirect := form.Get("redirect_uri")
	if form.Get("client_id") != client.ID || !client.Secret.Equal(secret.New(form.Get("client_secret"))) ||
		redirect != "" && !allowedRedirect(redirect, client.RedirectURI) {
		return Grant{}, &oauthFailure{http.StatusUnauthorized, "invalid_client", "Client authentication failed", ""}
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		return s.redeemCode(st, form.Get("code"), redirect)
	case "refresh_token":
		return s.redeemRefresh(st, form.Get("refresh_token"))
	}
	return Grant{Client: client.ID, Scope: form.Get("scope")}, nil
}

func (s *Service) redeemCode(st *State, code, redirect string) (Grant, *oauthFailure) {
	bad := func(hint string) *oauthFailure {
		return &oauthFailure{http.StatusBadRequest, "invalid_request", msgMalformed, hint}
	}
	g, ok := st.Codes[hash(code)]
	switch {
	case !ok:
		return Grant{}, bad("Cannot decrypt the authorization code")
	case s.Now().After(g.Expires):
		return Grant{}, bad("Authorization code has expired")
	case redirect != g.Redirect:
		return Grant{}, bad("Invalid redirect URI")
	}
	delete(st.Codes, hash(code))
	return g, nil
}

// redeemRefresh revokes the whole pair it belongs to.
func (s *Service) redeemRefresh(st *State, token string) (Grant, *oauthFailure) {
	g, ok := st.Refresh[hash(token)]
	if !ok || s.Now().After(g.Expires) {
		return Grant{}, &oauthFailure{http.StatusUnauthorized, "invalid_request", "The refresh token is invalid.", "Token has been revoked"}
	}
	delete(st.Refresh, hash(token))
	delete(st.Access, g.Pair)
	return g, nil
}

// issue makes a new pair.
func (s *Service) issue(st *State, from Grant, withRefresh bool) map[string]any {
	now := s.Now()
	st.prune(now)
	access := random(120)
	grant := Grant{Client: from.Client, Scope: from.Scope, Expires: now.Add(accessLifetime)}
	st.Access[hash(access)] = grant
	out := map[string]any{"token_type": "Bearer", "expires_in": int(accessLifetime / time.Second), "access_token": access}
	if withRefresh {
		refresh := "def502" + random(120)
		grant.Pair = hash(access)
		st.Refresh[hash(refresh)] = grant
		out["refresh_token"] = refresh
	}
	return out
}
