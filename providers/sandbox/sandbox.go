// Package sandbox simulates the streaming platforms on this machine: their
// calls, the login page a person clicks through, and an RTMP ingest to send
// to. It is how somebody tries Cuelight without an account, and how tests
// reach everything, with faults on demand.
//
// Every platform has a package of its own below and is mounted under a path of
// its own (SOOP under /soop, its older dialect under /afreecatv, Kollus Live
// under /kollus, Tencent's live rooms under /tencent, CHZZK under /chzzk). The sandbox listens on
// loopback only, refuses requests that name another host, and writes no token,
// key or secret to disk.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/sandbox/chzzksim"
	"cuelight/providers/sandbox/fault"
	"cuelight/providers/sandbox/ingest"
	"cuelight/providers/sandbox/kollussim"
	"cuelight/providers/sandbox/page"
	"cuelight/providers/sandbox/soopsim"
	"cuelight/providers/sandbox/store"
	"cuelight/providers/sandbox/tencentsim"
)

// Options say how a Server is to be. The zero value is a sandbox in memory on
// free ports.
type Options struct {
	// Listen is the address of the web side; default "127.0.0.1:0". Port 0
	// means the port of last time, where StateDir knows one and it is free.
	Listen string
	// IngestListen is the same for the built-in ingest.
	IngestListen string
	// IngestURL is an RTMP server to send people to instead of the built-in
	// ingest, which then is not started.
	IngestURL string
	// StateDir keeps the state, for any number of processes at once; "" means
	// in memory.
	StateDir string
	// Seed is what stream keys and the default application's secret are
	// derived from. Processes that share a StateDir must share it. Empty means
	// a random one.
	Seed secret.Text
	// Clients are registered in addition to the default application.
	Clients []Client
	// Quirks select variants of the platform's behaviour.
	Quirks Quirks
	// CHZZKQuirks do the same for CHZZK.
	CHZZKQuirks chzzksim.Quirks
	// CHZZKRedirectURI is what the simulated application of CHZZK has registered;
	// empty means its default. The platform compares the whole address.
	CHZZKRedirectURI string
	// Now is the clock; default time.Now.
	Now func() time.Time
	// Log receives the log; default none.
	Log *slog.Logger
}

// Names that callers need, from the packages below.
type (
	// Client is an application registered with the simulated platform.
	Client = soopsim.Client
	// Quirks select behaviour on which reports about the real service differ.
	Quirks = soopsim.Quirks
	// Person is a simulated streamer.
	Person = soopsim.Person
	// Fault is one fault to inject; Call is one recorded request.
	Fault = fault.Fault
	Call  = fault.Call
	// Stream is what is known of a stream that the built-in ingest receives.
	Stream = ingest.Stream
)

// Server is a running sandbox. It is safe for use from any goroutine.
type Server struct {
	options Options
	web     *http.Server
	address string
	served  chan struct{}
	handler http.Handler
	faults  fault.Set
	pages   *page.Set
	soop    *soopsim.Service
	kollus  *kollussim.Service
	tencent *tencentsim.Service
	chzzk   *chzzksim.Service
	state   *store.Document[soopsim.State]
	// otherStates are the other platforms' states, to be closed.
	otherStates []io.Closer
	ports       *store.Document[addresses]
	rtmp        *sharedIngest
}

// New starts a sandbox. It fails when an address is not on loopback or taken,
// or when StateDir cannot be used.
func New(o Options) (*Server, error) {
	s, err := prepare(&o)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	listener, err := s.listen(ctx)
	if err != nil {
		return nil, errors.Join(err, s.closeState())
	}
	s.address = listener.Addr().String()
	if o.IngestURL == "" {
		if err := s.rtmp.run(ctx); err != nil {
			return nil, errors.Join(err, listener.Close(), s.closeState())
		}
	}
	s.web = &http.Server{
		Handler: s.handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		IdleTimeout: time.Minute, ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
	}
	s.served = make(chan struct{})
	go func() {
		defer close(s.served)
		if err := s.web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			o.Log.Error("sandbox stopped serving", "error", err)
		}
	}()
	o.Log.Info("sandbox is open", "url", s.URL(), "ingest", s.IngestURL(ctx))
	return s, nil
}

// prepare fills in the defaults and makes everything that needs no socket.
func prepare(o *Options) (*Server, error) {
	setDefaults(o)
	for _, address := range []string{o.Listen, o.IngestListen} {
		if err := onLoopback(address); err != nil {
			return nil, err
		}
	}
	pages, err := page.New(o.Log)
	if err != nil {
		return nil, err
	}
	state, err := store.Open(o.StateDir, "soop", soopsim.Fresh, o.Log)
	if err != nil {
		return nil, err
	}
	ports, err := store.Open(o.StateDir, "addresses", func() addresses { return addresses{} }, o.Log)
	if err != nil {
		return nil, errors.Join(err, state.Close())
	}
	s := &Server{options: *o, pages: pages, state: state, ports: ports}
	s.rtmp = newSharedIngest(s)
	s.soop = soopsim.New(soopsim.Config{
		State: state, Faults: &s.faults, Seed: o.Seed, Clients: o.Clients, Quirks: o.Quirks,
		Now: o.Now, Log: o.Log, Pages: pages, IngestURL: s.IngestURL, BaseURL: s.URL, KeyDead: s.rtmp.drop,
	})
	if err := s.openOtherPlatforms(); err != nil {
		return nil, errors.Join(err, s.closeState())
	}
	s.handler = s.routes()
	return s, nil
}

func setDefaults(o *Options) {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.IngestListen == "" {
		o.IngestListen = "127.0.0.1:0"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Seed.Empty() {
		o.Seed = randomSeed()
	}
}

// onLoopback refuses addresses that other machines could reach.
func onLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("sandbox address %q: %w", address, err)
	}
	if !urlcheck.IsLoopback(host) {
		return fmt.Errorf("sandbox address %q: only this machine's own (127.0.0.1, ::1, localhost) will do", address)
	}
	return nil
}

// URL is the address of the index page, without a slash at the end. A
// platform's base URL is this and its path: URL()+"/soop".
func (s *Server) URL() string { return "http://" + s.address }

// Client returns the default application of SOOP.
func (s *Server) Client() Client { return s.soop.DefaultClient() }

// People returns the simulated streamers of SOOP.
func (s *Server) People() []Person { return soopsim.People }

// Faults returns the queue of faults to inject and the record of calls.
func (s *Server) Faults() *fault.Set { return &s.faults }

// Calls returns the latest calls, oldest first.
func (s *Server) Calls() []Call { return s.faults.Calls() }

// Handler is the HTTP side, for a server of the caller's own.
func (s *Server) Handler() http.Handler { return s.handler }

// Key returns a simulated streamer's present stream key.
func (s *Server) Key(ctx context.Context, user string) (secret.Text, error) {
	return s.soop.Key(ctx, user)
}

// SetOnAir puts the owner of a stream key on air, or takes them off, without
// any stream. It fails with soopsim.ErrUnknownKey for a key of no
// account, and with soopsim.ErrStandby after a reset in standby.
func (s *Server) SetOnAir(ctx context.Context, key secret.Text, on bool) error {
	if on {
		_, err := s.begin(ctx, "", key, ingest.Test)
		return err
	}
	return s.endKey(ctx, key, ingest.Test)
}

// TakeOff takes off air what SetOnAir put there and nobody has taken off: a
// process that was killed.
func (s *Server) TakeOff(ctx context.Context) error { return s.recover(ctx, ingest.Test) }

func (s *Server) recover(ctx context.Context, from ingest.Source) error {
	return errors.Join(s.soop.Recover(ctx, from), s.kollus.Recover(ctx, from), s.tencent.Recover(ctx, from), s.chzzk.Recover(ctx, from))
}

// Close ends the sandbox and waits until it has ended.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.web.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.web.Close()
	}
	<-s.served
	return errors.Join(err, s.rtmp.close(), s.closeState())
}

func (s *Server) closeState() error {
	errs := []error{s.state.Close(), s.ports.Close()}
	for _, other := range s.otherStates {
		errs = append(errs, other.Close())
	}
	return errors.Join(errs...)
}
