package app

import (
	"context"
	"strings"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
)

// listenFor is how long microphones are listened to: long enough for a breath,
// short enough for somebody who wants to go live.
const listenFor = 1200 * time.Millisecond

func (p *preflight) scene(ctx context.Context) {
	scenes, err := p.client.Scenes(ctx)
	if err != nil {
		p.add(state.Preflight{ID: state.PreScene, State: state.StepSkipped, Err: err})
		return
	}
	c := state.Preflight{ID: state.PreScene, State: state.StepDone, Detail: scenes.Current}
	items, err := p.client.SceneItems(ctx, scenes.Current)
	shown := 0
	for _, item := range items {
		if item.Shown {
			shown++
		}
	}
	if err == nil && shown == 0 {
		c.State, c.Reason = state.StepWarned, "empty"
	}
	p.add(c)
}

func (p *preflight) microphone(ctx context.Context) {
	mics, err := p.client.Microphones(ctx)
	if err != nil {
		p.add(state.Preflight{ID: state.PreMicrophone, State: state.StepSkipped, Err: err})
		return
	}
	c := state.Preflight{ID: state.PreMicrophone, State: state.StepDone}
	if len(mics) == 0 {
		c.State, c.Reason = state.StepWarned, "none"
		p.add(c)
		return
	}
	var open, muted []string
	for _, mic := range mics {
		if mic.Muted {
			muted = append(muted, mic.Name)
		} else {
			open = append(open, mic.Name)
		}
	}
	c.Detail = strings.Join(open, ", ")
	if len(open) == 0 {
		c.State, c.Reason, c.Detail = state.StepWarned, "muted", strings.Join(muted, ", ")
	} else if heard, known := listen(ctx, p.client, open); known && !heard {
		c.State, c.Reason = state.StepWarned, "silent"
	}
	p.add(c)
}

// listen reports whether any of the inputs gives sound, and whether OBS told.
func listen(ctx context.Context, client *obs.Client, inputs []string) (heard, known bool) {
	loud := func(peaks map[string]float64) bool {
		for _, name := range inputs {
			if peak, ok := peaks[name]; ok && peak > obs.QuietLevel {
				return true
			}
		}
		return false
	}
	peaks, err := client.Peaks(ctx, listenFor, loud)
	for _, name := range inputs {
		if _, ok := peaks[name]; ok {
			known = true
		}
	}
	return loud(peaks), known && err == nil
}

// service looks whether OBS points at the account. Where it does not, starting
// points it there; that is in the way only where it cannot be done.
func (p *preflight) service(ctx context.Context) {
	present, err := p.client.Service(ctx)
	if err != nil {
		p.add(state.Preflight{ID: state.PreService, State: state.StepFailed, Reason: "unknown", Blocks: true, Err: err})
		return
	}
	p.engine.compareService(present)
	c := state.Preflight{ID: state.PreService, State: state.StepDone, Detail: placeOf(present)}
	if p.engine.State().OBS.Matches != state.MatchYes {
		c.State, c.Reason = state.StepWarned, "elsewhere"
		c.Blocks = !p.known || p.sending
		if p.sending {
			c.Err = &obs.Error{Kind: obs.ErrStreaming, Op: "SetStreamServiceSettings"}
		}
		if c.Blocks {
			c.State = state.StepFailed
		}
	}
	p.add(c)
}

func (p *preflight) details() {
	s := p.engine.State()
	if !p.known || len(s.Broadcast.Limits) == 0 {
		return
	}
	check := state.CheckDetails(s)
	c := state.Preflight{ID: state.PreDetails, State: check.State, Detail: check.Detail}
	if check.State == state.StepWarned {
		c.Reason = "missing"
	}
	p.add(c)
}

func (p *preflight) elsewhere(ctx context.Context) {
	if !p.known || p.sending {
		return
	}
	account, session, err := p.engine.current()
	if err != nil {
		return
	}
	c := state.Preflight{ID: state.PreElsewhere, State: state.StepDone}
	live, answered := p.engine.refreshLive(ctx, account, session)
	switch {
	case !answered:
		c.State, c.Reason = state.StepSkipped, "unknown"
	case live.OnAir:
		c.State, c.Reason, c.Detail = state.StepWarned, "on_air", live.Title
	}
	p.add(c)
}
