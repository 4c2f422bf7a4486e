package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// Preflight looks at everything that can go wrong between pressing the button
// and being on air. It changes nothing. What cannot be found out is skipped.
func (e *Engine) Preflight(ctx context.Context) []state.Preflight {
	p := preflight{engine: e}
	p.account(ctx)
	client, err := e.obs.Client(ctx)
	if err != nil {
		p.add(state.Preflight{ID: state.PreOBS, State: state.StepFailed, Reason: "away", Blocks: true, Err: err})
		e.emit(state.PreflightDone{Checks: p.checks, At: e.now()})
		return p.checks
	}
	p.client = client
	p.add(state.Preflight{ID: state.PreOBS, State: state.StepDone, Detail: e.State().OBS.Version})
	p.output(ctx)
	p.profile(ctx)
	p.scene(ctx)
	p.microphone(ctx)
	p.service(ctx)
	p.details()
	p.elsewhere(ctx)
	e.emit(state.PreflightDone{Checks: p.checks, At: e.now()})
	return p.checks
}

// preflight is one run of the checks.
type preflight struct {
	engine  *Engine
	client  *obs.Client
	session providers.Session
	known   bool // the platform answered
	sending bool // OBS streams already
	checks  []state.Preflight
}

func (p *preflight) add(c state.Preflight) { p.checks = append(p.checks, c) }

// account also refreshes what the platform holds, for the later checks.
func (p *preflight) account(ctx context.Context) {
	account, session, err := p.engine.current()
	if err != nil {
		p.add(state.Preflight{ID: state.PreSignIn, State: state.StepFailed, Reason: "none", Blocks: true, Err: err})
		return
	}
	p.session = session
	if err := p.engine.refreshBroadcast(ctx, account, session); err != nil {
		reason := "unreachable"
		if errors.Is(err, providers.ErrSignIn) {
			reason = "out"
		}
		p.add(state.Preflight{ID: state.PreSignIn, State: state.StepFailed, Reason: reason, Blocks: true, Err: err})
		return
	}
	p.known = true
	p.engine.emit(state.SignInChanged{State: state.SignedIn})
	p.add(state.Preflight{ID: state.PreSignIn, State: state.StepDone, Detail: p.engine.State().Account.Nick})
}

func (p *preflight) output(ctx context.Context) {
	status, err := p.client.StreamStatus(ctx)
	if err != nil {
		p.add(state.Preflight{ID: state.PreOutput, State: state.StepFailed, Reason: "unknown", Blocks: true, Err: err})
		return
	}
	p.sending = status.Active
	if status.Active {
		p.add(state.Preflight{
			ID: state.PreOutput, State: state.StepFailed, Reason: "running", Blocks: true,
			Err: &obs.Error{Kind: obs.ErrStreaming, Op: "StartStream"},
		})
		return
	}
	others, err := p.client.OtherOutputs(ctx)
	names := make([]string, 0, len(others))
	for _, o := range others {
		names = append(names, o.Name)
	}
	if err != nil || len(names) == 0 {
		p.add(state.Preflight{ID: state.PreOutput, State: state.StepDone})
		return
	}
	// A recording beside the stream is ordinary; it is told, not warned of.
	p.add(state.Preflight{ID: state.PreOutput, State: state.StepDone, Detail: strings.Join(names, ", ")})
}

func (p *preflight) profile(ctx context.Context) {
	profile, err := p.client.Profile(ctx)
	if err != nil {
		p.add(state.Preflight{ID: state.PreConnected, State: state.StepSkipped, Err: err})
		return
	}
	connected := state.Preflight{ID: state.PreConnected, State: state.StepDone, Detail: profile.Account}
	switch {
	case profile.ReplacesKey():
		connected.State, connected.Reason, connected.Blocks = state.StepFailed, "replaces_key", true
		connected.Err = &obs.Error{Kind: obs.ErrRefused, Op: "StartStream"}
	case profile.OpensDialog():
		connected.State, connected.Reason = state.StepWarned, "opens_dialog"
	}
	p.add(connected)
	multitrack := state.Preflight{ID: state.PreMultitrack, State: state.StepDone}
	if profile.Multitrack {
		multitrack.State, multitrack.Reason = state.StepWarned, "on"
	}
	p.add(multitrack)
	p.encoding(profile)
}

// encoding holds OBS's settings to the platform's limits. OBS itself holds only
// its named services to them, never a custom server.
func (p *preflight) encoding(profile obs.Profile) {
	can, ok := p.session.(providers.EncoderLimits)
	if !ok {
		return
	}
	limits := can.EncoderLimits()
	p.add(atMost(state.PreVideo, profile.VideoKbps, limits.MaxVideoKbps))
	p.add(atMost(state.PreAudio, profile.AudioKbps, limits.MaxAudioKbps))
	picture := state.Preflight{ID: state.PrePicture, State: state.StepDone, Limit: limits.MaxFPS}
	v := profile.Video
	picture.Detail = fmt.Sprintf("%d×%d, %.4g", v.OutputWidth, v.OutputHeight, v.FPS)
	switch {
	case limits.MaxWidth > 0 && v.OutputWidth > limits.MaxWidth, limits.MaxHeight > 0 && v.OutputHeight > limits.MaxHeight:
		picture.State, picture.Reason, picture.Limit = state.StepWarned, "size", limits.MaxHeight
	case limits.MaxFPS > 0 && v.FPS > float64(limits.MaxFPS)+0.5:
		picture.State, picture.Reason = state.StepWarned, "fps"
	}
	p.add(picture)
	p.add(codec(profile, limits))
}

func atMost(id state.PreflightID, value, limit int) state.Preflight {
	c := state.Preflight{ID: id, State: state.StepDone, Value: value, Limit: limit}
	switch {
	case value == 0 || limit == 0:
		c.State, c.Reason = state.StepSkipped, "unknown"
	case value > limit:
		c.State, c.Reason = state.StepWarned, "too_high"
	}
	return c
}

// codec judges the video encoder by its name: OBS names them after what they
// make, but for those of H.264, which often bear only the maker's name.
func codec(profile obs.Profile, limits providers.Encoding) state.Preflight {
	c := state.Preflight{ID: state.PreCodec, State: state.StepDone, Detail: profile.Encoder, Limit: limits.KeyframeSeconds}
	name := strings.ToLower(profile.Encoder)
	if len(limits.Codecs) == 0 || name == "" {
		c.State, c.Reason = state.StepSkipped, "unknown"
		return c
	}
	for _, other := range []string{"av1", "hevc", "h265"} {
		if strings.Contains(name, other) && !contains(limits.Codecs, other) {
			c.State, c.Reason = state.StepWarned, "not_taken"
		}
	}
	return c
}

func contains(list []string, part string) bool {
	for _, s := range list {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}
