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

// sharedIngest is the one ingest of a state folder. The first process to come
// runs it; others point at it, and take over when the first has gone.
type sharedIngest struct {
	s    *Server
	mu   sync.Mutex
	own  *ingest.Server
	lock *flock.Flock
	// stop ends the waiting for the ingest to become free; waited closes then.
	stop, waited chan struct{}
}

// turn is how often a process looks whether the one that runs the ingest has
// gone. OBS tries to reconnect for longer than that.
const turn = 2 * time.Second

func newSharedIngest(s *Server) *sharedIngest {
	shared := &sharedIngest{s: s, stop: make(chan struct{}), waited: make(chan struct{})}
	if s.options.StateDir != "" {
		shared.lock = flock.New(filepath.Join(s.options.StateDir, "ingest.lock"))
	}
	return shared
}

// run starts the ingest, and takes its turn later where another process runs it.
func (i *sharedIngest) run(ctx context.Context) error {
	err := i.start(ctx)
	if err != nil || i.lock == nil {
		close(i.waited)
		return err
	}
	go func() {
		defer close(i.waited)
		tick := time.NewTicker(turn)
		defer tick.Stop()
		for !i.mine() {
			select {
			case <-i.stop:
				return
			case <-tick.C:
			}
			if err := i.start(ctx); err != nil {
				i.s.options.Log.Warn("practice ingest does not run", "error", err)
			}
		}
	}()
	return nil
}

func (i *sharedIngest) mine() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.own != nil
}

// start runs the ingest, unless another process does.
func (i *sharedIngest) start(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.own != nil {
		return nil
	}
	if i.lock != nil {
		if mine, err := i.lock.TryLock(); err != nil {
			return fmt.Errorf("see whether the practice ingest runs: %w", err)
		} else if !mine {
			return nil
		}
	}
	var last addresses
	err := errors.Join(
		i.s.ports.View(ctx, func(a *addresses) { last = *a }),
		// Nobody else runs the ingest, so nobody is on air through it.
		i.s.soop.Recover(ctx), i.s.kollus.Recover(ctx), i.s.tencent.Recover(ctx))
	if err != nil {
		return errors.Join(err, i.unlock())
	}
	for _, address := range candidates(i.s.options.IngestListen, last.Ingest) {
		i.own, err = ingest.Listen(ctx, address, gate{i.s}, i.s.options.Log)
		if err == nil {
			break
		}
	}
	if err != nil {
		return errors.Join(err, i.unlock())
	}
	return i.s.ports.Update(ctx, func(a *addresses) error {
		a.Ingest = i.own.Address()
		return nil
	})
}

// url gives where to stream to.
func (i *sharedIngest) url(ctx context.Context) string {
	if err := i.start(ctx); err != nil {
		i.s.options.Log.Warn("practice ingest does not run", "error", err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.own != nil {
		return i.own.URL()
	}
	var last addresses
	if err := i.s.ports.View(ctx, func(a *addresses) { last = *a }); err != nil {
		i.s.options.Log.Warn("practice ingest's address is not known", "error", err)
	}
	return "rtmp://" + last.Ingest + "/app/"
}

func (i *sharedIngest) drop(user string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.own != nil {
		i.own.Drop(user)
	}
}

func (i *sharedIngest) streams() []ingest.Stream {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.own == nil {
		return []ingest.Stream{}
	}
	return i.own.Streams()
}

func (i *sharedIngest) close() error {
	if i.s.options.IngestURL == "" {
		close(i.stop)
		<-i.waited
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.own == nil {
		return i.unlock()
	}
	err := i.own.Close()
	i.own = nil
	return errors.Join(err, i.unlock())
}

func (i *sharedIngest) unlock() error {
	if i.lock == nil {
		return nil
	}
	return i.lock.Close()
}
