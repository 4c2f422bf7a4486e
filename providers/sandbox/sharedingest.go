package sandbox

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"cuelight/providers/sandbox/ingest"
)

// sharedIngest is the one ingest of a state folder. The first process runs it; the
// others refer to it, and take over when the first has ended.
type sharedIngest struct {
	server  *Server
	mu      sync.Mutex
	running *ingest.Server
	lock    *flock.Flock
	// stop ends the wait to take the ingest over; stopped is closed then.
	stop, stopped chan struct{}
}

// takeoverInterval is how often a process checks whether the one that runs the
// ingest has ended. OBS tries to reconnect for longer than that.
const takeoverInterval = 2 * time.Second

func newSharedIngest(s *Server) *sharedIngest {
	shared := &sharedIngest{server: s, stop: make(chan struct{}), stopped: make(chan struct{})}
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
		for !i.isRunning() {
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

func (i *sharedIngest) isRunning() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.running != nil
}

// start runs the ingest, unless another process does.
func (i *sharedIngest) start(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running != nil {
		return nil
	}
	if i.lock != nil {
		if mine, err := i.lock.TryLock(); err != nil {
			return fmt.Errorf("see whether the sandbox ingest runs: %w", err)
		} else if !mine {
			return nil
		}
	}
	var last addresses
	err := errors.Join(
		i.server.ports.View(ctx, func(a *addresses) { last = *a }),
		// Nobody else runs the ingest, so nobody is on air through it.
		i.server.soop.Recover(ctx), i.server.kollus.Recover(ctx), i.server.tencent.Recover(ctx))
	if err != nil {
		return errors.Join(err, i.release())
	}
	for _, address := range addressesToTry(i.server.options.IngestListen, last.Ingest) {
		i.running, err = ingest.Listen(ctx, address, authorizer{i.server}, i.server.options.Log)
		if err == nil {
			break
		}
	}
	if err != nil {
		return errors.Join(err, i.release())
	}
	return i.server.ports.Update(ctx, func(a *addresses) error {
		a.Ingest = i.running.Address()
		return nil
	})
}

// url returns where to stream to.
func (i *sharedIngest) url(ctx context.Context) string {
	if err := i.start(ctx); err != nil {
		i.server.options.Log.Warn("sandbox ingest does not run", "error", err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running != nil {
		return i.running.URL()
	}
	var last addresses
	if err := i.server.ports.View(ctx, func(a *addresses) { last = *a }); err != nil {
		i.server.options.Log.Warn("sandbox ingest's address is not known", "error", err)
	}
	return "rtmp://" + last.Ingest + "/app/"
}

func (i *sharedIngest) drop(user string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running != nil {
		i.running.Drop(user)
	}
}

func (i *sharedIngest) streams() []ingest.Stream {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running == nil {
		return []ingest.Stream{}
	}
	return i.running.Streams()
}

func (i *sharedIngest) close() error {
	if i.server.options.IngestURL == "" {
		close(i.stop)
		<-i.stopped
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running == nil {
		return i.release()
	}
	err := i.running.Close()
	i.running = nil
	return errors.Join(err, i.release())
}

func (i *sharedIngest) release() error {
	if i.lock == nil {
		return nil
	}
	return i.lock.Close()
}
