package link

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"cuelight/obs"
)

// hold is the life of one connection: it hands on events and watches the
// stream service, until the connection or the context ends.
func (l *Link) hold(ctx context.Context, client *obs.Client, version obs.Version, a *attempt) error {
	events := client.Events()
	l.setClient(client)
	defer l.setClient(nil)
	address := a.endpoint.Address()
	l.notify(Event{Kind: Connected, Address: address, Version: version})

	ctx, cancel := context.WithCancel(ctx)
	watcher := &serviceWatch{
		client: client, every: l.options.ServiceEvery, lastTold: a.service,
		recheck: make(chan struct{}, 1), found: make(chan Event),
	}
	var wg sync.WaitGroup
	wg.Go(func() { watcher.run(ctx) })
	defer func() {
		cancel()
		wg.Wait()
		a.service = watcher.lastTold
	}()

	for {
		select {
		case e, ok := <-events:
			if !ok {
				return client.Err()
			}
			l.notify(Event{Kind: OBS, Address: address, Event: e})
			watcher.onEvent(e)
		case e := <-watcher.found:
			e.Address = address
			l.notify(e)
		case <-l.retry:
			if l.moved(ctx, a) {
				return errMoved
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// errMoved: another OBS, or another password, is to be used from now on.
var errMoved = errors.New("another OBS is to be used")

// moved reports whether what the connection was made with is none of what is to
// be tried now. Where that cannot be told the connection stays.
func (l *Link) moved(ctx context.Context, a *attempt) bool {
	found, err := l.find(ctx)
	return err == nil && !slices.ContainsFunc(found, func(e obs.Endpoint) bool { return sameEndpoint(e, a.endpoint) })
}

// serviceWatch notices that OBS was pointed elsewhere: no event tells of that.
type serviceWatch struct {
	client *obs.Client
	every  time.Duration
	// found takes what is to be told.
	found chan Event
	// lastTold is the profile and the fingerprint of the service told last.
	lastTold string
	// streaming: OBS takes no other service now, so that none is asked for.
	streaming atomic.Bool
	// stale: the state of the stream is to be read afresh.
	stale atomic.Bool
	// recheck holds a token when something may have changed.
	recheck chan struct{}
}

// onEvent asks for a check now, and not at the next tick, where an event says
// that something may have changed.
func (w *serviceWatch) onEvent(e obs.Event) {
	recheck := e.Lost > 0
	if e.Lost > 0 {
		w.stale.Store(true)
	}
	switch e.Kind {
	case obs.EventStream:
		w.streaming.Store(e.State != obs.StateStopped)
		recheck = recheck || e.State == obs.StateStopped
	case obs.EventProfileChanged, obs.EventCollectionChanged:
		recheck = true
	}
	if recheck {
		select {
		case w.recheck <- struct{}{}:
		default:
		}
	}
}

func (w *serviceWatch) run(ctx context.Context) {
	w.stale.Store(true)
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		w.readStream(ctx)
		w.readService(ctx)
		select {
		case <-tick.C:
		case <-w.recheck:
		case <-ctx.Done():
			return
		case <-w.client.Done():
			return
		}
	}
}

func (w *serviceWatch) readStream(ctx context.Context) {
	if !w.stale.CompareAndSwap(true, false) {
		return
	}
	stream, err := w.client.StreamStatus(ctx)
	if err != nil {
		w.stale.Store(true)
		return
	}
	w.streaming.Store(stream.Active || stream.Reconnecting)
	w.tell(ctx, Event{Kind: Stream, Stream: stream})
}

func (w *serviceWatch) tell(ctx context.Context, e Event) {
	select {
	case w.found <- e:
	case <-ctx.Done():
	}
}

func (w *serviceWatch) readService(ctx context.Context) {
	if w.streaming.Load() && w.lastTold != "" {
		return
	}
	present, err := w.client.Snapshot(ctx)
	if err != nil {
		return // the next check, or the end of the connection, is not far
	}
	if seen := present.Profile + "\x00" + present.Service.Fingerprint(); seen != w.lastTold {
		w.lastTold = seen
		w.tell(ctx, Event{Kind: Service, Service: present.Service, Profile: present.Profile})
	}
}
