// Package chzzksim simulates the Open API of CHZZK (치지직): the sign-in with its
// page, the token calls, the calls of a signed-in user and those of an
// application, and the web site's own live status.
//
// It is written from the published documents and from what public clients report,
// and shares no code with Cuelight's own client, so that the two check each other.
// Where nothing is known (the answer to a refusal, to a value out of bounds, to a
// spent code) the simulation has answers of its own, marked as such where they are
// made.
package chzzksim

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/fault"
	"cuelight/providers/sandbox/page"
	"cuelight/providers/sandbox/store"
)

// The simulated application.
const (
	DefaultClientID    = "7c0e5a1e-2026-4cfe-9c1e-practice0001"
	DefaultRedirectURI = "http://localhost:12482/callback"
)

// App is the name of the RTMP application that takes the platform's streams.
const App = "relay"

// prefix is the path everything is served under; api that of the calls.
const (
	prefix = "/chzzk"
	api    = prefix + "/open/v1/"
)

// The scopes of the platform that are simulated, as its developer page names them.
const (
	scopeUser   = "유저 정보 조회"
	scopeKey    = "방송 스트림키 조회"
	scopeRead   = "방송 설정 조회"
	scopeChange = "방송 설정 변경"
)

// Client is a registered application.
type Client struct {
	ID          string
	Secret      secret.Text
	RedirectURI string
}

// Quirks select behaviour on which nothing, or something contradictory, is known.
type Quirks struct {
	// RefuseWithError sends a refusal back with an error; else it comes back
	// without a code. Silent does not send it back at all.
	RefuseWithError, Silent bool
	// ExpiresAsText writes expiresIn as text, as the documents do.
	ExpiresAsText bool
	// NoBody answers a change without a body; else its content is null.
	NoBody bool
	// NullCategory reads a category that was removed as null; else its members are
	// null.
	NullCategory bool
	// Scopes are those that the application was granted; nil is all.
	Scopes []string
	// ForbidScope answers a missing scope with 403 and a sentence; else it looks
	// like a token that has ended.
	ForbidScope bool
	// AccessLifetime is how long an access token lives; 0 means the documented day.
	AccessLifetime time.Duration
}

// Config is what a Service is made of.
type Config struct {
	State  *store.Document[State]
	Faults *fault.Set
	// Seed is what stream keys and the application's secret are derived from.
	Seed secret.Text
	// RedirectURI is what the application has registered; empty means
	// DefaultRedirectURI.
	RedirectURI string
	Quirks      Quirks
	Now         func() time.Time
	Log         *slog.Logger
	Pages       *page.Set
}

// Service is the simulated platform. It is safe for use from any goroutine.
type Service struct{ Config }

// New makes a Service.
func New(c Config) *Service {
	if c.RedirectURI == "" {
		c.RedirectURI = DefaultRedirectURI
	}
	if c.Quirks.Scopes == nil {
		c.Quirks.Scopes = []string{scopeUser, scopeKey, scopeRead, scopeChange}
	}
	return &Service{c}
}

// Client returns the simulated application.
func (s *Service) Client() Client {
	return Client{ID: DefaultClientID, RedirectURI: s.RedirectURI, Secret: secret.New(s.derive(43, "client secret"))}
}

// Mount adds the platform to a mux, under /chzzk.
func (s *Service) Mount(mux *http.ServeMux) {
	own := http.NewServeMux()
	own.HandleFunc("GET "+prefix+"/account-interlock", s.authorizePage)
	own.HandleFunc("POST "+prefix+"/account-interlock", s.authorizeDecision)
	own.HandleFunc("POST "+prefix+"/auth/v1/token", s.token)
	own.HandleFunc("POST "+prefix+"/auth/v1/token/revoke", s.revoke)
	own.HandleFunc("GET "+prefix+"/polling/v3.1/channels/{channel}/live-status", s.liveStatus)
	for pattern, e := range userCalls {
		method, path, _ := strings.Cut(pattern, " ")
		own.HandleFunc(method+" "+api+path, func(w http.ResponseWriter, r *http.Request) {
			if user, ok := s.authorizeUser(w, r, e.scope); ok {
				e.answer(s, w, r, user)
			}
		})
	}
	for path, answer := range clientCalls {
		own.HandleFunc("GET "+api+path, func(w http.ResponseWriter, r *http.Request) {
			if s.authorizeClient(w, r) {
				answer(s, w, r)
			}
		})
	}
	own.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "NOT_FOUND") })
	mux.Handle(prefix+"/", s.Faults.Middleware("CHZZK", endpointOf, own))
}

// endpointOf returns the path of a call below the API.
func endpointOf(r *http.Request) string {
	return strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, prefix+"/"), "open/v1/")
}

// userCall is a call as the user, and the scope that it needs.
type userCall struct {
	scope  string
	answer func(s *Service, w http.ResponseWriter, r *http.Request, user string)
}

var (
	userCalls = map[string]userCall{
		"GET users/me":        {scopeUser, (*Service).me},
		"GET streams/key":     {scopeKey, (*Service).streamKey},
		"GET lives/setting":   {scopeRead, (*Service).readSetting},
		"PATCH lives/setting": {scopeChange, (*Service).changeSetting},
	}
	clientCalls = map[string]func(*Service, http.ResponseWriter, *http.Request){
		"categories/search": (*Service).searchCategories,
		"lives":             (*Service).lives,
	}
)

// succeed answers with a content.
func succeed(w http.ResponseWriter, content any) {
	writeJSON(w, http.StatusOK, map[string]any{"code": http.StatusOK, "message": nil, "content": content})
}

// refuse answers with one of the platform's words, or a sentence.
func refuse(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]any{"code": status, "message": message})
}

// badValue is the platform's sentence about a value that it does not take.
const badValue = "잘못된 값을 입력했습니다."

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// An error here means that the caller has gone.
	_ = json.NewEncoder(w).Encode(v)
}

// internalError answers an error of the sandbox itself, such as a full disk.
func (s *Service) internalError(w http.ResponseWriter, err error) {
	s.Log.Error("sandbox cannot keep its state", "error", err)
	refuse(w, http.StatusInternalServerError, "INTERNAL_SERVER_ERROR")
}

// derive returns n characters that depend on the seed and the purpose.
func (s *Service) derive(n int, purpose ...string) string {
	mac := hmac.New(sha256.New, []byte(s.Seed.Reveal()))
	mac.Write([]byte("chzzk\x00" + strings.Join(purpose, "\x00")))
	return hex.EncodeToString(mac.Sum(nil))[:n]
}

// hash is how a code or token is stored.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// random returns a new code or token.
func random() string { return rand.Text() + rand.Text() }

// Key returns a streamer's stream key, of 32 characters; empty for nobody's.
func (s *Service) Key(_ context.Context, channel string) secret.Text {
	if _, ok := findPerson(channel); !ok {
		return secret.Text{}
	}
	return secret.New(s.derive(32, "stream key", channel))
}
