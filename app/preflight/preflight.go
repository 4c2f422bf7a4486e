// Package preflight makes the checks before going live: everything that can go
// wrong between pressing the button and being on air, as far as it can be found
// out beforehand.
package preflight

import (
	"context"
	"errors"
	"strings"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// OBS is the part of a connection to OBS that the checks read.
type OBS interface {
	Output
	Studio
}

// Output is what OBS tells of its outputs and their settings.
type Output interface {
	StreamStatus(ctx context.Context) (obs.Stream, error)
	OtherOutputs(ctx context.Context) ([]obs.Output, error)
	Profile(ctx context.Context) (obs.Profile, error)
	Service(ctx context.Context) (obs.Service, error)
}

// Studio is what OBS tells of what viewers will see and hear.
type Studio interface {
	Scenes(ctx context.Context) (obs.Scenes, error)
	SceneItems(ctx context.Context, scene string) ([]obs.SceneItem, error)
	Microphones(ctx context.Context) ([]obs.Microphone, error)
	// Peaks listens for d, or until enough is satisfied, and gives the loudest
	// level of each input, in dBFS.
	Peaks(ctx context.Context, d time.Duration, enough func(map[string]float64) bool) (map[string]float64, error)
}

// Account is the account in use.
type Account interface {
	Session() providers.Session
	// Server is where the platform said to send; empty where it has not said.
	Server() string
	// Refresh reads the broadcast's settings into the State.
	Refresh(ctx context.Context) error
	// Live asks whether the platform is on air; answered is false where it does
	// not say.
	Live(ctx context.Context) (live providers.Live, answered bool)
}

// Options are what a Checker is made of; all are needed.
type Options struct {
	// Account gives the account in use, or why there is none.
	Account func() (Account, error)
	// Connect gives a connection to OBS.
	Connect func(ctx context.Context) (OBS, error)
	// Match shows where OBS sends to and tells whether that is the account in
	// use.
	Match func(present obs.Service) state.Match
	State func() state.State
	// Emit takes what the checks find out, and the checks.
	Emit func(...state.Event)
	// Now is the clock.
	Now func() time.Time
}

// Checker makes the checks. It changes nothing, here, in OBS or at the
// platform.
type Checker struct{ opt Options }

// New makes a Checker.
func New(opt Options) *Checker { return &Checker{opt: opt} }

// Check makes all checks, in the order in which they are shown. What cannot be
// found out is skipped, or blocks where going live would be a gamble.
func (c *Checker) Check(ctx context.Context) []state.Preflight {
	r := run{Options: c.opt}
	r.signIn(ctx)
	client, err := c.opt.Connect(ctx)
	if err != nil {
		r.add(state.Preflight{ID: state.PreOBS, State: state.StepFailed, Reason: "away", Blocks: true, Err: err})
	} else {
		r.client = client
		r.add(state.Preflight{ID: state.PreOBS, State: state.StepDone, Detail: c.opt.State().OBS.Version})
		r.output(ctx)
		r.profile(ctx)
		r.scene(ctx)
		r.microphone(ctx)
		r.service(ctx)
		r.details()
		r.elsewhere(ctx)
	}
	c.opt.Emit(state.PreflightDone{Checks: r.checks, At: c.opt.Now()})
	return r.checks
}

// run is one run of the checks.
type run struct {
	Options
	client  OBS
	account Account // nil where there is none
	known   bool    // the platform answered
	sending bool    // OBS streams already
	checks  []state.Preflight
}

func (r *run) add(c state.Preflight) { r.checks = append(r.checks, c) }

// signIn also refreshes what the platform holds, for the later checks.
func (r *run) signIn(ctx context.Context) {
	account, err := r.Account()
	if err != nil {
		r.add(state.Preflight{ID: state.PreSignIn, State: state.StepFailed, Reason: "none", Blocks: true, Err: err})
		return
	}
	r.account = account
	if err := account.Refresh(ctx); err != nil {
		reason := "unreachable"
		if errors.Is(err, providers.ErrSignIn) {
			reason = "out"
		}
		if errors.Is(err, providers.ErrNotGranted) {
			reason = "not_granted"
		}
		r.add(state.Preflight{ID: state.PreSignIn, State: state.StepFailed, Reason: reason, Blocks: true, Err: err})
		return
	}
	r.known = true
	r.add(state.Preflight{ID: state.PreSignIn, State: state.StepDone, Detail: r.State().Account.Nick})
}

func (r *run) output(ctx context.Context) {
	status, err := r.client.StreamStatus(ctx)
	if err != nil {
		r.add(state.Preflight{ID: state.PreOutput, State: state.StepFailed, Reason: "unknown", Blocks: true, Err: err})
		return
	}
	r.sending = status.Active
	if status.Active {
		r.add(state.Preflight{
			ID: state.PreOutput, State: state.StepFailed, Reason: "running", Blocks: true,
			Err: &obs.Error{Kind: obs.ErrStreaming, Op: "StartStream"},
		})
		return
	}
	others, err := r.client.OtherOutputs(ctx)
	names := make([]string, 0, len(others))
	for _, o := range others {
		names = append(names, o.Name)
	}
	if err != nil || len(names) == 0 {
		r.add(state.Preflight{ID: state.PreOutput, State: state.StepDone})
		return
	}
	// A recording beside the stream is ordinary; it is told, not warned of.
	r.add(state.Preflight{ID: state.PreOutput, State: state.StepDone, Detail: strings.Join(names, ", ")})
}

// service looks whether OBS points at the account. Where it does not, starting
// points it there; that is in the way only where it cannot be done.
func (r *run) service(ctx context.Context) {
	present, err := r.client.Service(ctx)
	if err != nil {
		r.add(state.Preflight{ID: state.PreService, State: state.StepFailed, Reason: "unknown", Blocks: true, Err: err})
		return
	}
	c := state.Preflight{ID: state.PreService, State: state.StepDone, Detail: present.Place()}
	if r.Match(present) != state.MatchYes {
		c.State, c.Reason = state.StepWarned, "elsewhere"
		c.Blocks = !r.known || r.sending
		if r.sending {
			c.Err = &obs.Error{Kind: obs.ErrStreaming, Op: "SetStreamServiceSettings"}
		}
		if c.Blocks {
			c.State = state.StepFailed
		}
	}
	r.add(c)
}

func (r *run) details() {
	s := r.State()
	if !r.known || len(s.Broadcast.Limits) == 0 {
		return
	}
	check := state.CheckDetails(s)
	c := state.Preflight{ID: state.PreDetails, State: check.State, Detail: check.Detail}
	if check.State == state.StepWarned {
		c.Reason = "missing"
	}
	r.add(c)
}

func (r *run) elsewhere(ctx context.Context) {
	if !r.known || r.sending {
		return
	}
	c := state.Preflight{ID: state.PreElsewhere, State: state.StepDone}
	live, answered := r.account.Live(ctx)
	switch {
	case !answered:
		c.State, c.Reason = state.StepSkipped, "unknown"
	case live.OnAir:
		c.State, c.Reason, c.Detail = state.StepWarned, "on_air", live.Title
	}
	r.add(c)
}
