package chzzksim

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"cuelight/internal/secret"
)

// Lifetimes, as documented.
const (
	accessLifetime  = 24 * time.Hour
	refreshLifetime = 30 * 24 * time.Hour
)

// refusal is an answer on its way out of a change of the state.
type refusal struct {
	status  int
	message string
}

func (r *refusal) Error() string { return r.message }

// tokenRequest is the body of a token call.
type tokenRequest struct {
	GrantType    string `json:"grantType"`
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
	Code         string `json:"code"`
	State        string `json:"state"`
	RefreshToken string `json:"refreshToken"`
	// Token and TokenTypeHint are of a revocation.
	Token         string `json:"token"`
	TokenTypeHint string `json:"tokenTypeHint"`
}

// readToken reads a body, which must be JSON, and checks the application first:
// a wrong one costs no code and no token. It has answered when ok is false.
func (s *Service) readToken(w http.ResponseWriter, r *http.Request) (t tokenRequest, ok bool) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" || json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&t) != nil {
		refuse(w, http.StatusBadRequest, "BAD_REQUEST")
		return t, false
	}
	client := s.Client()
	if t.ClientID != client.ID || !client.Secret.Equal(secret.New(t.ClientSecret)) {
		refuse(w, http.StatusUnauthorized, "INVALID_CLIENT")
		return t, false
	}
	return t, true
}

// token is POST auth/v1/token.
func (s *Service) token(w http.ResponseWriter, r *http.Request) {
	t, ok := s.readToken(w, r)
	if !ok {
		return
	}
	var out map[string]any
	err := s.State.Update(r.Context(), func(st *State) error {
		st.prune(s.Now())
		user, err := s.redeem(st, t)
		if err == nil {
			out = s.issue(st, user)
		}
		return err
	})
	if no, is := errors.AsType[*refusal](err); is {
		refuse(w, no.status, no.message)
		return
	}
	if err != nil {
		s.internalError(w, err)
		return
	}
	succeed(w, out)
}

// redeem uses up a code or a refresh token. What a wrong code is answered with is
// the sandbox's own.
func (s *Service) redeem(st *State, t tokenRequest) (user string, err error) {
	switch t.GrantType {
	case "authorization_code":
		grant, known := st.Codes[hash(t.Code)]
		if !known || t.State != grant.State {
			return "", &refusal{http.StatusBadRequest, badValue}
		}
		delete(st.Codes, hash(t.Code))
		return grant.User, nil
	case "refresh_token":
		grant, known := st.Refresh[hash(t.RefreshToken)]
		if !known {
			return "", &refusal{http.StatusUnauthorized, "INVALID_TOKEN"}
		}
		delete(st.Refresh, hash(t.RefreshToken))
		delete(st.Access, grant.Pair)
		return grant.User, nil
	}
	return "", &refusal{http.StatusBadRequest, "BAD_REQUEST"}
}

// issue makes a new pair.
func (s *Service) issue(st *State, user string) map[string]any {
	now, lifetime := s.Now(), accessLifetime
	if s.Quirks.AccessLifetime > 0 {
		lifetime = s.Quirks.AccessLifetime
	}
	access, refresh := random(), random()
	st.Access[hash(access)] = Grant{User: user, Expires: now.Add(lifetime)}
	st.Refresh[hash(refresh)] = Grant{User: user, Expires: now.Add(refreshLifetime), Pair: hash(access)}
	out := map[string]any{
		"accessToken": access, "refreshToken": refresh, "tokenType": "Bearer", "expiresIn": int(lifetime / time.Second),
		"scope": strings.Join(s.Quirks.Scopes, " "),
	}
	if s.Quirks.ExpiresAsText {
		out["expiresIn"] = strconv.Itoa(int(lifetime / time.Second))
	}
	return out
}

// revoke is POST auth/v1/token/revoke: every token of the user goes, on whatever
// computer.
func (s *Service) revoke(w http.ResponseWriter, r *http.Request) {
	t, ok := s.readToken(w, r)
	if !ok {
		return
	}
	err := s.State.Update(r.Context(), func(st *State) error {
		st.prune(s.Now())
		grant, known := st.Access[hash(t.Token)]
		if t.TokenTypeHint == "refresh_token" {
			grant, known = st.Refresh[hash(t.Token)]
		}
		if !known {
			return &refusal{http.StatusUnauthorized, "INVALID_TOKEN"}
		}
		for _, grants := range []map[string]Grant{st.Access, st.Refresh} {
			for token, each := range grants {
				if each.User == grant.User {
					delete(grants, token)
				}
			}
		}
		return nil
	})
	if no, is := errors.AsType[*refusal](err); is {
		refuse(w, no.status, no.message)
		return
	}
	if err != nil {
		s.internalError(w, err)
		return
	}
	succeed(w, nil)
}
