package soopsim

import (
	"fmt"
	"net/http"
	"time"

	"cuelight/internal/secret"
)

// Lifetimes: the access token's is documented (expires_in 28800); the others
// are the defaults of the OAuth library the answers resemble.
const (
	codeLifetime    = 30 * time.Second
	accessLifetime  = 28800 * time.Second
	refreshLifetime = 14 * 24 * time.Hour
)

// tokenAnswer has the members in the documented order.
type tokenAnswer struct {
	AccessToken  string  `json:"access_token"`
	ExpiresIn    int     `json:"expires_in"`
	TokenType    string  `json:"token_type"`
	Scope        *string `json:"scope"`
	RefreshToken string  `json:"refresh_token,omitempty"`
}

// oauthFailure is a refusal in the OAuth form, on its way to the answer.
type oauthFailure struct {
	status            int
	kind, description string
}

func (f *oauthFailure) Error() string { return f.kind + ": " + f.description }

func badRequest(kind, format string, args ...any) *oauthFailure {
	return &oauthFailure{http.StatusBadRequest, kind, fmt.Sprintf(format, args...)}
}

// tokens are the endpoints that give tokens for codes.
type tokens struct{ *platform }

// token is POST auth/token.
func (h tokens) token(w http.ResponseWriter, c *call) {
	client, failure := h.tokenClient(c)
	if failure != nil {
		oauthError(w, failure.status, failure.kind, failure.description)
		return
	}
	var out tokenAnswer
	err := h.State.Update(c.Context(), func(st *State) error {
		grant, keep, failure := h.redeem(st, c, client)
		if failure != nil {
			return failure
		}
		out = h.issue(st, grant, keep)
		return nil
	})
	if failure, ok := err.(*oauthFailure); ok {
		oauthError(w, failure.status, failure.kind, failure.description)
		return
	}
	if err != nil {
		h.internalError(w, err)
		return
	}
	writeJSON(w, out)
}

// tokenWrongMethod answers GET auth/token.
func (h tokens) tokenWrongMethod(w http.ResponseWriter, _ *call) {
	w.Header().Set("Allow", http.MethodPost)
	oauthError(w, http.StatusMethodNotAllowed, "invalid_request",
		"The request method must be POST when requesting an access token")
}

// tokenClient finds the application, by parameters alone: the documents know
// no other way.
func (h tokens) tokenClient(c *call) (Client, *oauthFailure) {
	if c.params["grant_type"] == "" {
		return Client{}, badRequest("invalid_request", "The grant type was not specified in the request")
	}
	if c.params["client_id"] == "" || c.params["client_secret"] == "" {
		return Client{}, badRequest("invalid_client", "Client credentials were not found in the headers or body")
	}
	client, ok := h.clients[c.params["client_id"]]
	if !ok || !client.Secret.Equal(secret.New(c.params["client_secret"])) {
		return Client{}, badRequest("invalid_client", "The client credentials are invalid")
	}
	return client, nil
}

// redeem uses up the code or refresh token. keep tells that the refresh token
// stays.
func (h tokens) redeem(st *State, c *call, client Client) (Grant, bool, *oauthFailure) {
	switch kind := c.params["grant_type"]; kind {
	case "authorization_code":
		g, failure := h.redeemCode(st, c, client)
		return g, false, failure
	case "refresh_token":
		g, failure := h.redeemRefresh(st, c, client)
		return g, h.Quirks.KeepRefresh, failure
	default:
		return Grant{}, false, badRequest("unsupported_grant_type", "Grant type %q not supported", kind)
	}
}

func (h tokens) redeemCode(st *State, c *call, client Client) (Grant, *oauthFailure) {
	if c.params["code"] == "" {
		return Grant{}, badRequest("invalid_request", `Missing parameter: "code" is required`)
	}
	hash := hash(c.params["code"])
	g, ok := st.Codes[hash]
	if !ok || g.Client != client.ID {
		return Grant{}, badRequest("invalid_grant", "Authorization code doesn't exist or is invalid for the client")
	}
	if !sameRedirect(c.params["redirect_uri"], g.Redirect, client.RedirectURI) {
		return Grant{}, badRequest("redirect_uri_mismatch", "The redirect URI is missing or do not match")
	}
	if h.Now().After(g.Expires) {
		return Grant{}, badRequest("invalid_grant", "The authorization code has expired")
	}
	delete(st.Codes, hash)
	return g, nil
}

// sameRedirect compares what the token request says with what the sign-in said.
// Where the sign-in said nothing, nothing or the registered address will do.
func sameRedirect(given, asked, registered string) bool {
	if asked == "" {
		return given == "" || given == registered
	}
	return given == asked
}

func (h tokens) redeemRefresh(st *State, c *call, client Client) (Grant, *oauthFailure) {
	if c.params["refresh_token"] == "" {
		return Grant{}, badRequest("invalid_request", `Missing parameter: "refresh_token" is required`)
	}
	hash := hash(c.params["refresh_token"])
	g, ok := st.Refresh[hash]
	if !ok || g.Client != client.ID {
		return Grant{}, badRequest("invalid_grant", "Invalid refresh token")
	}
	if h.Now().After(g.Expires) {
		return Grant{}, badRequest("invalid_grant", "Refresh token has expired")
	}
	if !h.Quirks.KeepRefresh {
		delete(st.Refresh, hash)
	}
	return g, nil
}

// issue makes a new pair; without a new refresh token where the old one stays.
func (h tokens) issue(st *State, from Grant, keep bool) tokenAnswer {
	now := h.Now()
	st.prune(now)
	st.LastUser = from.User
	lifetime := h.Quirks.AccessLifetime
	if lifetime == 0 {
		lifetime = accessLifetime
	}
	out := tokenAnswer{AccessToken: random(20), ExpiresIn: int(lifetime / time.Second), TokenType: "Bearer"}
	if from.Scope != "" {
		out.Scope = &from.Scope
	}
	grant := Grant{Client: from.Client, User: from.User, Scope: from.Scope, Expires: now.Add(lifetime)}
	st.Access[hash(out.AccessToken)] = grant
	if !keep {
		out.RefreshToken = random(20)
		grant.Expires = now.Add(refreshLifetime)
		st.Refresh[hash(out.RefreshToken)] = grant
	}
	return out
}
