package chzzksim

import (
	"net/http"
	"slices"
	"strings"

	"cuelight/internal/secret"
)

// authorizeUser checks a call as the user. A token that is none, has ended, was
// revoked or lacks the scope gets the same answer. It has answered when ok is false.
func (s *Service) authorizeUser(w http.ResponseWriter, r *http.Request, scope string) (user string, ok bool) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	var grant Grant
	err := s.State.View(r.Context(), func(st *State) { grant, ok = st.Access[hash(token)] })
	granted := slices.Contains(s.Quirks.Scopes, scope)
	switch {
	case err != nil:
		s.internalError(w, err)
	case !ok || !s.Now().Before(grant.Expires) || !granted && !s.Quirks.ForbidScope:
		refuse(w, http.StatusUnauthorized, "INVALID_TOKEN")
	case !granted:
		refuse(w, http.StatusForbidden, scope+" 스코프가 필요합니다.")
	default:
		return grant.User, true
	}
	return "", false
}

// authorizeClient checks a call as the application. It has answered when it
// returns false.
func (s *Service) authorizeClient(w http.ResponseWriter, r *http.Request) bool {
	client := s.Client()
	switch {
	case r.Header.Get("Authorization") != "":
		refuse(w, http.StatusBadRequest, "토큰 인증 API가 아닙니다")
	case r.Header.Get("Client-Id") != client.ID, !client.Secret.Equal(secret.New(r.Header.Get("Client-Secret"))):
		refuse(w, http.StatusUnauthorized, "INVALID_CLIENT")
	default:
		return true
	}
	return false
}
