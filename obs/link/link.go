// Package link keeps one connection to OBS alive for as long as a window is
// open: it comes back by itself, tells what happens, and notices that OBS was
// pointed elsewhere, of which no event tells.
package link

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"cuelight/obs"
)

// Link keeps one connection to OBS for as long as it runs: it dials, waits
// quietly while OBS is not there, notices its end, and comes back. It stops
// where going on would harm: on a refused password and when the user ended the
// session in OBS.
type Link struct {
	options Options
	retry   chan struct{} // holds a token when the user asked to try now

	mu     sync.Mutex // guards client
	client *obs.Client
}

// New makes a link; Run starts it.
func New(options Options) *Link {
	return &Link{options: options.withDefaults(), retry: make(chan struct{}, 1)}
}

// Client gives the connection, and whether there is one.
func (l *Link) Client() (*obs.Client, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.client, l.client != nil
}

// Retry asks for an attempt now: the user changed the password or the address, or
// wants back in after having been kicked. A connection made with what Find and
// Others still give stays. It never blocks.
func (l *Link) Retry() {
	select {
	case l.retry <- struct{}{}:
	default:
	}
}

// attempt is what one run of the link remembers between attempts.
type attempt struct {
	// endpoint is the one in use, or the one that the last failure is about.
	endpoint obs.Endpoint
	// tried are all that were to be tried.
	tried []obs.Endpoint
	// waitingFor is the last reason given, so that it is given once.
	waitingFor string
	// quiet: "connecting" was said and nothing came of it yet.
	quiet bool
	// absent: the last attempt found nobody, so an OBS that answers now has
	// just come up.
	absent bool
	// failures in a row.
	failures int
	// service is the fingerprint that was told last.
	service string
}

// Run works until the context ends, and returns its error. It may be called
// once.
func (l *Link) Run(ctx context.Context) error {
	var a attempt
	for ctx.Err() == nil {
		err := l.connectOnce(ctx, &a)
		if ctx.Err() != nil {
			break
		}
		switch {
		case errors.Is(err, errMoved):
			a = attempt{}
		case errors.Is(err, obs.ErrPassword):
			l.waitForPassword(ctx, &a, err)
		case errors.Is(err, obs.ErrKicked):
			l.notify(Event{Kind: Stopped, Address: a.endpoint.Address(), Err: err})
			l.waitForUser(ctx)
			a.quiet, a.waitingFor = false, ""
		default:
			l.waiting(&a, err)
			if l.sleep(ctx, l.backoff(a, err)) {
				a.quiet, a.waitingFor = false, ""
			}
		}
	}
	return ctx.Err()
}

// connectOnce goes from finding OBS to losing it. Its error is why there is no
// connection (any more).
func (l *Link) connectOnce(ctx context.Context, a *attempt) error {
	endpoints, err := l.find(ctx)
	if err != nil {
		a.endpoint, a.tried = obs.Endpoint{}, nil
		return err
	}
	a.endpoint, a.tried = endpoints[0], endpoints
	if !a.quiet {
		l.notify(Event{Kind: Connecting, Address: a.endpoint.Address()})
		a.quiet = true
	}
	client, endpoint, err := l.options.Dialer.DialAny(ctx, endpoints...)
	a.endpoint = endpoint
	if err != nil {
		a.failures++
		a.absent = true
		return err
	}
	defer client.Close()
	if err := l.awaitStartup(ctx, client, a); err != nil {
		return err
	}
	version, err := client.Version(ctx)
	if err != nil {
		a.failures++
		return err
	}
	*a = attempt{endpoint: endpoint, tried: endpoints, service: a.service}
	err = l.hold(ctx, client, version, a)
	if ctx.Err() == nil {
		a.waitingFor, a.quiet = reasonOf(err), true // Lost says it already
		l.notify(Event{Kind: Lost, Address: endpoint.Address(), Err: err})
	}
	return err
}

// find gives the endpoints to try; there is one at least.
func (l *Link) find(ctx context.Context) ([]obs.Endpoint, error) {
	first, err := l.options.Find(ctx)
	if err != nil {
		return nil, err
	}
	endpoints := []obs.Endpoint{first}
	if l.options.Others != nil {
		endpoints = append(endpoints, l.options.Others()...)
	}
	return endpoints, nil
}

// awaitStartup leaves an OBS alone that is old enough to crash on requests during
// its start, and has just started as far as we can tell.
func (l *Link) awaitStartup(ctx context.Context, client *obs.Client, a *attempt) error {
	if !a.absent || !client.FragileStart() {
		return nil
	}
	timer := time.NewTimer(l.options.StartupDelay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-client.Done():
		return client.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// waiting says why there is no connection, once for each reason.
func (l *Link) waiting(a *attempt, err error) {
	reason := reasonOf(err)
	if a.waitingFor == reason {
		return
	}
	a.waitingFor, a.quiet = reason, true
	l.notify(Event{Kind: Waiting, Address: a.address(), Err: err})
}

// reasonOf is what two failures have in common when there is no need to tell
// of the second.
func reasonOf(err error) string {
	var typed *obs.Error
	if errors.As(err, &typed) {
		return typed.Kind.Error()
	}
	return err.Error()
}

func (a *attempt) address() string {
	if a.endpoint == (obs.Endpoint{}) {
		return ""
	}
	return a.endpoint.Address()
}

// backoff is short on this machine, where an attempt costs nothing and OBS
// should be back within seconds of its start.
func (l *Link) backoff(a attempt, err error) time.Duration {
	if errors.Is(err, obs.ErrProtocol) || errors.Is(err, obs.ErrUnprotected) {
		return max(l.options.RetryFar, l.options.Retry)
	}
	if a.endpoint.Local() {
		return l.options.Retry
	}
	return min(l.options.Retry<<min(a.failures, 8), max(l.options.RetryFar, l.options.Retry))
}

// waitForPassword ends when there is reason to think that another attempt goes
// better: Find gives something else than what was refused, or the user asked.
// The first look comes at once, before anybody is told: the file may have
// changed since it was read.
func (l *Link) waitForPassword(ctx context.Context, a *attempt, err error) {
	for told := false; ctx.Err() == nil; {
		found, findErr := l.find(ctx)
		if findErr == nil && !slices.EqualFunc(found, a.tried, sameEndpoint) {
			break
		}
		if !told {
			told = true
			l.notify(Event{Kind: Stopped, Address: a.endpoint.Address(), Err: err})
		}
		if l.sleep(ctx, l.options.RetryFar) {
			break
		}
	}
	a.quiet, a.waitingFor = false, ""
}

func sameEndpoint(a, b obs.Endpoint) bool {
	return a.Address() == b.Address() && a.Password.Equal(b.Password)
}

func (l *Link) waitForUser(ctx context.Context) {
	select {
	case <-l.retry:
	case <-ctx.Done():
	}
}

// sleep waits; true means that the user asked to go on now.
func (l *Link) sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return false
	case <-l.retry:
		return true
	case <-ctx.Done():
		return false
	}
}

// notify tells of an event; only the goroutine of Run calls it.
func (l *Link) notify(e Event) {
	e.Time = time.Now()
	l.options.Notify(e)
}

func (l *Link) setClient(c *obs.Client) {
	l.mu.Lock()
	l.client = c
	l.mu.Unlock()
}
