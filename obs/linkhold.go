package obs

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// hold is the life of one connection: it hands on events and watches the
// stream service, until the connection or the context ends.
func (l *Link) hold(ctx context.Context, client *Client, version Version, a *attempt) error {
	events := client.Events()
	l.setClient(client)
	defer l.setClient(nil)
	address := a.endpoint.Address()
	l.notify(LinkEvent{Kind: LinkConnected, Address: address, Version: version})

	ctx, cancel := context.WithCancel(ctx)
	watcher := &serviceWatch{link: l, client: client, address: address, told: a.service, look: make(chan struct{}, 1)}
	var wg sync.WaitGroup
	wg.Go(func() { watcher.run(ctx) })
	defer func() {
		cancel()
		wg.Wait()
		a.service = watcher.told
	}()

	for {
		select {
		case e, ok := <-events:
			if !ok {
				return client.Err()
			}
			l.notify(LinkEvent{Kind: LinkOBS, Address: address, Event: e})
			watcher.heed(e)
		case <-l.again: // connected already: nothing to do
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// serviceWatch notices that OBS was pointed elsewhere: no event tells of that.
type serviceWatch struct {
	link    *Link
	client  *Client
	address string
	told    string // profile and fingerprint of what was told last
	// streaming keeps it from asking: nothing can change then.
	streaming atomic.Bool
	// stale asks for the state of the stream to be read afresh.
	stale atomic.Bool
	look  chan struct{}
}

// heed draws conclusions from an event: what may have changed is looked at
// now and not at the next tick.
func (w *serviceWatch) heed(e Event) {
	look := e.Lost > 0
	if e.Lost > 0 {
		w.stale.Store(true)
	}
	switch e.Kind {
	case EventStream:
		w.streaming.Store(e.State != StateStopped)
		look = look || e.State == StateStopped
	case EventProfileChanged, EventCollectionChanged:
		look = true
	}
	if look {
		select {
		case w.look <- struct{}{}:
		default:
		}
	}
}

func (w *serviceWatch) run(ctx context.Context) {
	w.stale.Store(true)
	tick := time.NewTicker(w.link.options.ServiceEvery)
	defer tick.Stop()
	for {
		w.readStream(ctx)
		w.readService(ctx)
		select {
		case <-tick.C:
		case <-w.look:
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
	w.link.notify(LinkEvent{Kind: LinkStream, Address: w.address, Stream: stream})
}

func (w *serviceWatch) readService(ctx context.Context) {
	if w.streaming.Load() && w.told != "" {
		return
	}
	present, err := w.client.Snapshot(ctx)
	if err != nil {
		return // the next look, or the end of the connection, is not far
	}
	if seen := present.Profile + "\x00" + present.Service.Fingerprint(); seen != w.told {
		w.told = seen
		w.link.notify(LinkEvent{
			Kind: LinkService, Address: w.address, Service: present.Service, Profile: present.Profile,
		})
	}
}

// fragileStart: OBS 28 and 29 (obs-websocket 5.0 to 5.2) answer before they
// have loaded, and a request may then hit what is not there yet. From OBS 30
// they answer NotReady.
func (c *Client) fragileStart() bool {
	parts := strings.SplitN(c.hello.ObsWebSocketVersion, ".", 3)
	if len(parts) < 2 || parts[0] != "5" {
		return false
	}
	minor, err := strconv.Atoi(parts[1])
	return err == nil && minor < 3
}
