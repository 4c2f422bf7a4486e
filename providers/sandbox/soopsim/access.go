package soopsim

import (
	"net/http"
	"slices"
	"strings"
)

// scopes are the names seen on the service for what a token may do, by
// endpoint.
var scopes = map[string]string{
	"broad/rtmp":           "broad_rtmp",
	"broad/rtmp/reset":     "broad_rtmp_reset",
	"broad/info/update":    "broad_info_update",
	"user/stationinfo":     "user_stationinfo",
	"validate/live/status": "validate_live_status",
	"aqua/component/get":   "aqua_component_get",
}

// authenticate returns the user of the access_token, or answers the error and
// returns "". It reads the state, so it must not be called within an Update.
func (p *platform) authenticate(w http.ResponseWriter, c *call) string {
	token := c.params["access_token"]
	if token == "" {
		c.refuse(w, resultSignIn, msgSignIn, "")
		return ""
	}
	var grant Grant
	var known bool
	err := p.State.View(c.Context(), func(st *State) { grant, known = st.Access[hash(token)] })
	switch {
	case err != nil:
		p.internalError(w, err)
	case !known:
		oauthError(w, http.StatusUnauthorized, "invalid_token", "The access token provided is invalid")
	case p.Now().After(grant.Expires):
		oauthError(w, http.StatusUnauthorized, "expired_token", "The access token provided has expired")
	case !grant.allows(c):
		oauthError(w, http.StatusForbidden, "insufficient_scope",
			"The request requires higher privileges than provided by the access token")
	default:
		return grant.User
	}
	return ""
}

// allows reports whether the scope covers the endpoint.
func (g Grant) allows(c *call) bool {
	need := scopes[strings.Trim(strings.TrimPrefix(c.URL.Path, c.d.prefix), "/")]
	return g.Scope == "" || need == "" || slices.Contains(strings.Fields(g.Scope), need)
}

// authenticateClient returns the application of the client_id, or answers the
// error.
func (p *platform) authenticateClient(w http.ResponseWriter, c *call) (Client, bool) {
	client, ok := p.clients[c.params["client_id"]]
	if !ok {
		c.refuse(w, resultClient, msgClient, "")
	}
	return client, ok
}
