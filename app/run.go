package app

import (
	"context"
	"sync"
	"time"

	"cuelight/app/obslink"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/link"
)

// Run keeps the State true while a window is open: it holds the lasting link
// to OBS and asks the platform now and then. It returns when the context ends.
func (e *Engine) Run(ctx context.Context) error {
	e.interactive.Store(true)
	var work sync.WaitGroup
	work.Go(func() { e.obs.Run(ctx, e.onLink) })
	work.Go(func() { e.Stream.tendOBS(ctx) })
	work.Go(func() { e.refreshRegularly(ctx) })
	work.Go(func() { e.watchPeers(ctx) })
	work.Go(func() { e.monitor.Run(ctx) })
	work.Go(func() { e.rules.Run(ctx) })
	defer e.Observe(e.sessionLog.Observe)()
	work.Go(func() { e.sessionLog.Run(ctx) })
	work.Wait()
	return ctx.Err()
}

// DismissLoss ends the alarm about an OBS that was lost on air.
func (e *Engine) DismissLoss() { e.emit(state.LossDismissed{}) }

// onLink shows what the link tells. It must return soon: the link waits.
func (e *Engine) onLink(ev link.Event, place obslink.Place) {
	shown := state.LinkChanged{Address: ev.Address, Simulated: place.Simulated, At: e.now()}
	switch ev.Kind {
	case link.Connecting:
		shown.Link = state.LinkConnecting
		e.emit(shown)
	case link.Connected:
		shown.Link, shown.Version = state.LinkUp, ev.Version.OBS
		e.emit(shown)
		wake(e.obsWake)
		e.background.Begin(e.Titles.AskScene)
		e.log.Info("OBS connected", "version", ev.Version.OBS, "address", ev.Address)
	case link.Lost, link.Waiting:
		// One that was kicked is there; Stopped says so as well.
		shown.Link, shown.Err, shown.Transient = obslink.LinkStateOf(ev.Err), place.Annotate(ev.Err), link.Transient(ev.Err)
		e.emit(shown)
	case link.Stopped:
		shown.Link, shown.Err = obslink.LinkStateOf(ev.Err), ev.Err
		e.emit(shown)
	case link.Stream:
		e.Stream.showStream(ev.Stream)
	case link.Service:
		e.Stream.compareService(ev.Service)
		wake(e.obsWake) // another profile may be in use
	case link.OBS:
		e.onOBSEvent(ev.Event)
	}
}

func (e *Engine) onOBSEvent(ev obs.Event) {
	switch ev.Kind {
	case obs.EventMeters:
		e.monitor.Feed(ev.Levels)
		return
	case obs.EventScene:
		e.Titles.SetScene(ev.Name)
		e.rules.Happened(state.Trigger{Scene: ev.Name})
		return
	case obs.EventCollectionChanged:
		e.rules.Happened(state.Trigger{Collection: ev.Name})
		return
	case obs.EventStream:
	default:
		return
	}
	before := e.State().OBS
	next := state.StreamChanged{Since: before.Since, At: e.now()}
	switch ev.State {
	case obs.StateStarting:
		next.Stream = state.StreamStarting
	case obs.StateStarted:
		next.Stream, next.Since = state.StreamOn, e.now()
	case obs.StateReconnected:
		next.Stream = state.StreamOn
	case obs.StateReconnecting:
		next.Stream = state.StreamReconnecting
	case obs.StateStopping:
		next.Stream = state.StreamStopping
	case obs.StateStopped:
		next.Stream, next.Since = state.StreamOff, time.Time{}
		wake(e.obsWake)
	default:
		return
	}
	e.emit(next)
	e.log.Info("OBS stream", "state", next.Stream)
}
