package sandbox

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"cuelight/internal/localfile"
	"cuelight/providers/sandbox/ingest"
)

// sharedIngest is the one ingest of a state folder. The first process runs it; the
// others refer to it, and take over when the first has ended.
type sharedIngest struct {
	server *Server
	lock   *flock.Flock
	// starting is a semaphore: one start or close at a time.
	starting chan struct{}
	// stop is closed by close, stopped when the wait to take over has ended.
	stop, stopped chan struct{}

	mu      sync.Mutex // guards running
	running *ingest.Server
}

// takeoverInterval is how often a process checks whether the one that runs the
// ingest has ended. OBS tries to reconnect for longer than that.
const takeoverInterval = 2 * time.Second

func newSharedIngest(s *Server) *sharedIngest {
	shared := &sharedIngest{server: s, starting: make(chan struct{}, 1), stop: make(chan struct{}), stopped: make(chan struct{})}
	if s.options.StateDir != "" {
		shared.lock = flock.New(filepath.Join(s.options.StateDir, "ingest.lock"))
	}
	return shared
}

// run starts the ingest, or waits to take it over where another process runs it.
func (i *sharedIngest) run(ctx context.Context) error {
	err := i.start(ctx)
	if err != nil || i.lock == nil {
		close(i.stopped)
		return err
	}
	go func() {
		defer close(i.stopped)
		tick := time.NewTicker(takeoverInterval)
		defer tick.Stop()
		for i.current() == nil {
			select {
			case <-i.stop:
				return
			case <-tick.C:
			}
			if err := i.start(ctx); err != nil {
				i.server.options.Log.Warn("sandbox ingest does not run", "error", err)
			}
		}
	}()
	return nil
}

// current returns the ingest where this process runs it, else nil.
func (i *sharedIngest) current() *ingest.Server {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.running
}

func (i *sharedIngest) setCurrent(running *ingest.Server) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.running = running
}

// start runs the ingest, unless this or another process does.
func (i *sharedIngest) start(ctx context.Context) error {
	select {
	case i.starting <- struct{}{}:
		defer func() { <-i.starting }()
	case <-i.stop:
		return errors.New("the sandbox is closed")
	case <-ctx.Done():
		return ctx.Err()
	}
	if i.current() != nil {
		return nil
	}
	if i.lock != nil {
		if err := localfile.Check(i.lock.Path()); err != nil { // opening a pipe would wait for its other end
			return fmt.Errorf("see whether the sandbox ingest runs: %w", err)
		}
		if locked, err := i.lock.TryLock(); err != nil {
			return fmt.Errorf("see whether the sandbox ingest runs: %w", err)
		} else if !locked {
			return nil
		}
	}
	running, err := i.listen(ctx)
	if err != nil {
		return errors.Join(err, i.release())
	}
	i.setCurrent(running)
	return i.server.ports.Update(ctx, func(a *addresses) error {
		a.Ingest = running.Address()
		return nil
	})
}

// listen opens the ingest: where asked, or for port 0 where it was last time.
func (i *sharedIngest) listen(ctx context.Context) (*ingest.Server, error) {
	s := i.server
	var last addresses
	err := errors.Join(
		s.ports.View(ctx, func(a *addresses) { last = *a }),
		// No other process runs the ingest, so no stream comes in through it.
		s.recover(ctx, ingest.Own))
	if err != nil {
		return nil, err
	}
	for _, address := range addressesToTry(s.options.IngestListen, last.Ingest) {
		var running *ingest.Server
		if running, err = ingest.Listen(ctx, address, authorizer{s}, s.options.Log); err == nil {
			return running, nil
		}
	}
	return nil, err
}

// url returns where to stream to.
func (i *sharedIngest) url(ctx context.Context) string {
	if err := i.start(ctx); err != nil {
		i.server.options.Log.Warn("sandbox ingest does not run", "error", err)
	}
	if running := i.current(); running != nil {
		return running.URL()
	}
	var last addresses
	if err := i.server.ports.View(ctx, func(a *addresses) { last = *a }); err != nil {
		i.server.options.Log.Warn("sandbox ingest's address is not known", "error", err)
	}
	return "rtmp://" + last.Ingest + "/app/"
}

// drop disconnects a user's publisher.
func (i *sharedIngest) drop(user string) {
	if running := i.current(); running != nil {
		running.Drop(user)
	}
}

// streams returns what this process receives.
func (i *sharedIngest) streams() []ingest.Stream {
	if running := i.current(); running != nil {
		return running.Streams()
	}
	return []ingest.Stream{}
}

// close ends the ingest for good.
func (i *sharedIngest) close() error {
	close(i.stop)
	if i.server.options.IngestURL == "" {
		<-i.stopped
	}
	i.starting <- struct{}{} // never released: nothing starts after close
	running := i.current()
	if running == nil {
		return i.release()
	}
	i.setCurrent(nil)
	return errors.Join(running.Close(), i.release())
}

func (i *sharedIngest) release() error {
	if i.lock == nil {
		return nil
	}
	return i.lock.Close()
}
