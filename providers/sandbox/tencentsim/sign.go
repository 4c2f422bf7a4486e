package tencentsim

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

// authenticate checks the caller by the parameters of the address (RESTful API
// Overview); code is 0 for an administrator.
func (s *Service) authenticate(r *http.Request) (code int, info string) {
	q := r.URL.Query()
	app, err := strconv.ParseUint(q.Get("sdkappid"), 10, 32)
	if err != nil {
		return 60012, "sdkappid is missing or not a number"
	}
	if _, err := strconv.ParseUint(q.Get("random"), 10, 32); err != nil {
		return 60002, "random is missing or not a number of 32 bits"
	}
	if q.Get("contenttype") != "json" {
		return 60002, "contenttype is not json"
	}
	user := q.Get("identifier")
	if user == "" {
		return 60004, "identifier is missing"
	}
	if code, info := s.verifySignature(app, user, q.Get("usersig")); code != 0 {
		return code, info
	}
	switch {
	case app != SDKAppID:
		return 60006, "sdkappid is not known"
	case user != Identifier:
		return 60010, "the request needs an App administrator account"
	}
	return 0, ""
}

// verifySignature checks a UserSig as the vendor's module does.
func (s *Service) verifySignature(app uint64, user, sig string) (int, string) {
	if sig == "" {
		return 60005, "usersig is missing"
	}
	switch err := tencentyun.VerifyUserSig(app, s.SecretKey().Reveal(), user, sig, s.Now()); {
	case err == nil:
		return 0, ""
	case errors.Is(err, tencentyun.ErrExpired):
		return 70001, "usersig has expired"
	case errors.Is(err, tencentyun.ErrIdentifierNotMatch):
		return 70013, "identifier does not match the usersig"
	case errors.Is(err, tencentyun.ErrSdkAppIDNotMatch):
		return 70014, "sdkappid does not match the usersig"
	case errors.Is(err, tencentyun.ErrSigNotMatch):
		return 70005, "usersig verification failed"
	default:
		return 70003, "usersig is not valid"
	}
}

// authenticatePublisher checks a stream's name and its parameters (Publishing over RTMP):
// anybody with a signature may stream into any room.
func (s *Service) authenticatePublisher(query url.Values) bool {
	app, err := strconv.ParseUint(query.Get("sdkappid"), 10, 32)
	if err != nil || app != SDKAppID {
		return false
	}
	code, _ := s.verifySignature(app, query.Get("userid"), query.Get("usersig"))
	return code == 0
}

// listLimit is documented: ten calls a second.
const listLimit = 10

// tooMany records a list call and reports whether it exceeds the limit.
func (s *Service) tooMany() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	recent := s.listCalls[:0]
	for _, at := range s.listCalls {
		if now.Sub(at) < time.Second {
			recent = append(recent, at)
		}
	}
	s.listCalls = recent
	if len(s.listCalls) >= listLimit {
		return true
	}
	s.listCalls = append(s.listCalls, now)
	return false
}
