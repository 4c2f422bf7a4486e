package preflight

import (
	"context"
	"strings"
	"time"

	"cuelight/app/state"
	"cuelight/obs/streamhealth"
)

// listenFor is how long microphones are listened to: long enough for a breath,
// short enough for somebody who wants to go live.
const listenFor = 1200 * time.Millisecond

func (r *run) scene(ctx context.Context) {
	scenes, err := r.client.Scenes(ctx)
	if err != nil {
		r.add(state.Preflight{ID: state.PreScene, State: state.StepSkipped, Err: err})
		return
	}
	c := state.Preflight{ID: state.PreScene, State: state.StepDone, Detail: scenes.Current}
	items, err := r.client.SceneItems(ctx, scenes.Current)
	shown := 0
	for _, item := range items {
		if item.Shown {
			shown++
		}
	}
	if err == nil && shown == 0 {
		c.State, c.Reason = state.StepWarned, "empty"
	}
	r.add(c)
}

func (r *run) microphone(ctx context.Context) {
	mics, err := r.client.Microphones(ctx)
	if err != nil {
		r.add(state.Preflight{ID: state.PreMicrophone, State: state.StepSkipped, Err: err})
		return
	}
	c := state.Preflight{ID: state.PreMicrophone, State: state.StepDone}
	if len(mics) == 0 {
		c.State, c.Reason = state.StepWarned, "none"
		r.add(c)
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
	} else if heard, known := listen(ctx, r.client, open); known && !heard {
		c.State, c.Reason = state.StepWarned, "silent"
	}
	r.add(c)
}

// listen reports whether any of the inputs gives sound, and whether OBS told.
func listen(ctx context.Context, studio Studio, inputs []string) (heard, known bool) {
	loud := func(peaks map[string]float64) bool {
		for _, name := range inputs {
			if peak, ok := peaks[name]; ok && peak > streamhealth.QuietLevel {
				return true
			}
		}
		return false
	}
	peaks, err := studio.Peaks(ctx, listenFor, loud)
	for _, name := range inputs {
		if _, ok := peaks[name]; ok {
			known = true
		}
	}
	return loud(peaks), known && err == nil
}
