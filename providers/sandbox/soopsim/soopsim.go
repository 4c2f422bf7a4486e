// Package soopsim simulates the Open API of SOOP and of AfreecaTV, its former
// name, well enough to try a program on and strictly enough to test one.
//
// It is written from the two published documents and from what public clients
// report, and shares no code with Cuelight's own client, so that the two check
// each other. Where the documents contradict themselves (numbers as text,
// "data" beside "info", Korean beside English), so does the simulation. Where
// they are silent, such as on result codes other than -1320, the simulation has
// answers of its own, marked as such where they are made.
package soopsim

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/fault"
	"cuelight/providers/sandbox/page"
	"cuelight/providers/sandbox/store"
)

// The default application that everybody may use.
const (
	DefaultClientID = "cuelight-practice"
	// DefaultRedirectURI is what the default application has registered.
	DefaultRedirectURI = "http://127.0.0.1:12482/callback"
)

// Client is an application registered with the simulated platform.
type Client struct {
	ID     string
	Secret secret.Text
	// RedirectURI is where a sign-in comes back to.
	RedirectURI string
	// Scope lists, separated by spaces, what tokens of this application may
	// do; empty means everything, and the token's scope is null.
	Scope string
}

// Quirks select behaviour on which reports about the real service differ.
type Quirks struct {
	// EchoState sends the state of a sign-in back; the real service is said
	// not to.
	EchoState bool
	// KeepRefresh answers a refresh without a new refresh token, and keeps the
	// old one valid.
	KeepRefresh bool
	// NullStation answers user/stationinfo with null, as the SOOP document
	// shows it.
	NullStation bool
	// AccessLifetime is how long an access token lives; 0 means the documented
	// 28800 s.
	AccessLifetime time.Duration
}

// Config is what a Service is made of.
type Config struct {
	State  *store.Document[State]
	Faults *fault.Set
	// Seed is what stream keys, the simulated application's secret and overlay
	// addresses are derived from.
	Seed    secret.Text
	Clients []Client
	Quirks  Quirks
	Now     func() time.Time
	Log     *slog.Logger
	Pages   *page.Set
	// IngestURL tells where to stream to, ending in "/".
	IngestURL func(context.Context) string
	// BaseURL is the address of the server without a path.
	BaseURL func() string
	// KeyDead is called with a user whose stream key has just become invalid;
	// it may be nil.
	KeyDead func(user string)
}

// platform is what all endpoints share.
type platform struct {
	Config
	clients map[string]Client
}

// Service is the simulated platform. It is safe for use from any goroutine.
type Service struct{ *platform }

// New makes a Service.
func New(c Config) *Service {
	p := &platform{Config: c, clients: map[string]Client{}}
	own := Client{
		ID: DefaultClientID, RedirectURI: DefaultRedirectURI,
		Secret: secret.New(derive(c.Seed, 32, "client secret")),
	}
	for _, client := range append([]Client{own}, c.Clients...) {
		p.clients[client.ID] = client
	}
	return &Service{p}
}

// DefaultClient returns the application that everybody may use.
func (s *Service) DefaultClient() Client { return s.clients[DefaultClientID] }

// Mount adds both dialects to a mux, under /soop and /afreecatv.
func (s *Service) Mount(mux *http.ServeMux) {
	endpoints := s.endpoints()
	for _, d := range dialects {
		mux.Handle(d.prefix+"/", s.dialectHandler(d, endpoints))
	}
	mux.HandleFunc("GET /img/thumb/{file}", thumbnail)
	mux.HandleFunc("GET /LOGO/{letters}/{user}/{file}", portrait)
}
