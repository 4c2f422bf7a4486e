package app

import (
	"context"
	"time"
)

// peersEvery is how often a window looks for changes of other Cuelights.
const peersEvery = time.Second

// watchPeers follows what other Cuelights of the same user change, but not in
// the middle of a task of its own: the configuration at once, the rest with a
// new question to the platform.
func (e *Engine) watchPeers(ctx context.Context) {
	e.config.WatchPeers(ctx, e.peersInterval, e.tasks.Busy, func() {
		e.sessions.ForgetIngest(e.Config().Current)
		e.identityStale.Store(true)
		e.refresh.Soon()
		wake(e.obsWake) // a key may wait now, or no longer
	})
}

// notifyPeers lets the other Cuelights of this user know that something changed.
func (e *Engine) notifyPeers() { e.config.NotifyPeers() }
