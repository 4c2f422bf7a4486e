package app

import (
	"context"
	"errors"
	"time"

	"cuelight/app/config"
	"cuelight/app/refresh"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
)

// refreshTimeout bounds one round of questions to the platform.
const refreshTimeout = 45 * time.Second

func (e *Engine) newRefresh() *refresh.Loop {
	return refresh.New(refresh.Options{Ask: e.refreshQuietly, State: e.State, Watch: e.Watch})
}

// refreshRegularly keeps what the platform says true while a window is open.
func (e *Engine) refreshRegularly(ctx context.Context) {
	e.vault.Probe(ctx)
	durable, err := e.vault.Durable()
	e.emit(state.KeyringChanged{Durable: durable, Err: err})
	e.refresh.Run(ctx)
}

// refreshQuietly asks the platform, and gives the failure that tells how it is.
func (e *Engine) refreshQuietly(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	err := e.Broadcast.Refresh(ctx)
	if errors.Is(err, config.ErrNoAccount) || errors.Is(err, task.ErrBusy) {
		return nil
	}
	if err != nil {
		e.log.Warn("refresh", "err", err)
		return err
	}
	if live := e.State().Live.Err; errors.Is(live, providers.ErrTooFrequent) {
		return live
	}
	return nil
}

// peersEvery is how often a window looks for changes of other Cuelights.
const peersEvery = time.Second

// watchPeers follows what other Cuelights of the same user change, but not in
// the middle of a task of its own: the configuration at once, the rest with a
// new question to the platform.
func (e *Engine) watchPeers(ctx context.Context) {
	e.config.WatchPeers(ctx, e.peersInterval, e.tasks.Busy, func() {
		e.sessions.ForgetIngest(e.Config().Current)
		e.identityStale.Store(true)
		e.loadPresets(ctx)
		e.refresh.Soon()
		wake(e.obsWake) // a key may wait now, or no longer
	})
}

// notifyPeers lets the other Cuelights of this user know that something changed.
func (e *Engine) notifyPeers() { e.config.NotifyPeers() }
