// Package kollussim simulates the Kollus Live Console API v1: OAuth sign-in with
// its page, Personal Access Tokens, the channels of one service account, their
// creators, broadcasts and statistics, and the limit of calls, which it holds
// strictly and counts.
//
// It is written from the published document and from what is known of the
// framework the service is built on, and shares no code with Cuelight's own
// client, so that the two check each other. The document names no members of
// the answers; where nothing is known of them the simulation has names of its
// own.
package kollussim

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

// The simulated service account and its registered application.
const (
	ServiceAccount     = "practice"
	DefaultClientID    = "9c0e1f52-cuelight-practice"
	DefaultRedirectURI = "http://127.0.0.1:12482/callback"
)

// prefix is the path everything is served under; api that of the REST calls.
const (
	prefix = "/kollus"
	api    = prefix + "/api/v1/live/service-accounts/{account}"
)

// Client is a registered application.
type Client struct {
	ID          string
	Secret      secret.Text
	RedirectURI string
}

// Config is what a Service is made of.
type Config struct {
	State  *store.Document[State]
	Faults *fault.Set
	// Seed is what stream keys, the application's secret and the Personal
	// Access Token are derived from.
	Seed  secret.Text
	Now   func() time.Time
	Log   *slog.Logger
	Pages *page.Set
	// IngestURL tells where to stream to.
	IngestURL func(context.Context) string
	// Unlimited switches the limit of calls off, for tests of something else.
	Unlimited bool
}

// Service is the simulated platform. It is safe for use from any goroutine.
type Service struct{ Config }

// New makes a Service.
func New(c Config) *Service { return &Service{c} }

// Client returns the simulated application.
func (s *Service) Client() Client {
	return Client{
		ID: DefaultClientID, RedirectURI: DefaultRedirectURI, Secret: secret.New(s.derive(40, "client secret")),
	}
}

// PersonalToken returns the simulated Personal Access Token, which has both
// scopes.
func (s *Service) PersonalToken() secret.Text { return secret.New(s.derive(64, "personal token")) }

// Mount adds the platform to a mux, under /kollus.
func (s *Service) Mount(mux *http.ServeMux) {
	own := http.NewServeMux()
	own.HandleFunc("GET "+prefix+"/oauth/authorize", s.authorizePage)
	own.HandleFunc("POST "+prefix+"/oauth/authorize", s.authorizeDecision)
	own.HandleFunc("POST "+prefix+"/oauth/token", s.token)
	for pattern, e := range endpoints {
		method, path, _ := strings.Cut(pattern, " ")
		own.HandleFunc(method+" "+api+"/"+path, func(w http.ResponseWriter, r *http.Request) {
			if s.authorize(w, r, e.scope) {
				e.answer(s, w, r)
			}
		})
	}
	own.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "") })
	mux.Handle(prefix+"/", s.Faults.Middleware("Kollus", endpointOf, own))
}

// endpointOf returns the path below the service account, or below /kollus.
func endpointOf(r *http.Request) string {
	path := strings.TrimPrefix(r.URL.Path, prefix+"/")
	if _, below, found := strings.Cut(path, "service-accounts/"); found {
		_, path, _ = strings.Cut(below, "/")
	}
	return path
}

// endpoint is one call of the API and the scope that it needs.
type endpoint struct {
	scope  string
	answer func(*Service, http.ResponseWriter, *http.Request)
}

// The scopes (document, Scope).
const (
	control    = "live:control"
	statistics = "live:statistics"
)

var endpoints = map[string]endpoint{
	"GET channels":                                           {control, (*Service).listChannels},
	"GET channels/{key}":                                     {control, (*Service).showChannel},
	"GET channels/{key}/creators":                            {control, (*Service).listCreators},
	"GET channels/{key}/broadcasts":                          {control, (*Service).listBroadcasts},
	"GET broadcasts/{key}":                                   {control, (*Service).showBroadcast},
	"PUT broadcasts/{key}":                                   {control, (*Service).updateBroadcast},
	"GET broadcasts/{key}/statistics/summary":                {statistics, (*Service).summary},
	"GET channels/{key}/statistics/viewer/5min-during-a-day": {statistics, (*Service).viewers},
}

// refuse answers in the form of the framework: {"message": …}.
func refuse(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"message": message})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache, private")
	w.WriteHeader(status)
	// An error here means that the caller has gone.
	_ = json.NewEncoder(w).Encode(v)
}

// internalError answers an error of the sandbox itself, such as a full disk.
func (s *Service) internalError(w http.ResponseWriter, err error) {
	s.Log.Error("sandbox cannot keep its state", "error", err)
	refuse(w, http.StatusInternalServerError, "Server Error")
}

// derive returns n characters that depend on the seed and the purpose.
func (s *Service) derive(n int, purpose ...string) string {
	mac := hmac.New(sha256.New, []byte(s.Seed.Reveal()))
	mac.Write([]byte("kollus\x00" + strings.Join(purpose, "\x00")))
	return hex.EncodeToString(mac.Sum(nil))[:n]
}

// random returns n characters.
func random(n int) string {
	raw := make([]byte, n/2)
	// crypto/rand.Read never fails.
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

// hash is how a code or token is stored.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
