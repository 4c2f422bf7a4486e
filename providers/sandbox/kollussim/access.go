package kollussim

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuelight/internal/secret"
)

// The limit of calls (document, 유의 사항): 60 a minute and one a second.
const (
	perMinute    = 60
	callInterval = time.Second
)

// authorize checks a call: token, limit, service account, scope. It has answered when
// it returns false.
func (s *Service) authorize(w http.ResponseWriter, r *http.Request, scope string) bool {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	var grant Grant
	var known bool
	var wait time.Duration
	err := s.State.Update(r.Context(), func(st *State) error {
		grant, known = s.grantOf(st, token)
		if known {
			wait = s.countCall(st)
		}
		return nil
	})
	switch {
	case err != nil:
		s.internalError(w, err)
	case !known:
		refuse(w, http.StatusUnauthorized, "Unauthenticated.")
	case wait > 0 && !s.Unlimited:
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		w.Header().Set("X-RateLimit-Limit", strconv.Itoa(perMinute))
		w.Header().Set("X-RateLimit-Remaining", "0")
		refuse(w, http.StatusTooManyRequests, "Too Many Attempts.")
	case r.PathValue("account") != ServiceAccount:
		refuse(w, http.StatusNotFound, "")
	case !slices.Contains(strings.Fields(grant.Scope), scope):
		refuse(w, http.StatusForbidden, "Invalid scope(s) provided.")
	default:
		return true
	}
	return false
}

// grantOf finds what a token may do.
func (s *Service) grantOf(st *State, token string) (Grant, bool) {
	if token == "" {
		return Grant{}, false
	}
	if s.PersonalToken().Equal(secret.New(token)) {
		return Grant{Scope: control + " " + statistics}, true
	}
	g, ok := st.Access[hash(token)]
	return g, ok && s.Now().Before(g.Expires)
}

// countCall records a call and returns by how much it came too soon; 0 where it
// did not.
func (s *Service) countCall(st *State) (wait time.Duration) {
	now := s.Now()
	st.Total++
	st.Calls = slices.DeleteFunc(st.Calls, func(at time.Time) bool { return now.Sub(at) >= time.Minute })
	if n := len(st.Calls); n > 0 {
		wait = max(0, callInterval-now.Sub(st.Calls[n-1]))
		if n >= perMinute {
			wait = max(wait, time.Minute-now.Sub(st.Calls[n-perMinute]))
		}
	}
	if wait > 0 {
		st.TooMany++
		return wait
	}
	st.Calls = append(st.Calls, now)
	return 0
}
