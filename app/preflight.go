package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cuelight/obs"
	"cuelight/providers"
)

// PreflightID names one thing that is looked at before going live; faces find
// words under "preflight.<id>".
type PreflightID string

// The checks, in the order in which they are made and shown.
const (
	PreSignIn     PreflightID = "signin"
	PreOBS        PreflightID = "obs"
	PreOutput     PreflightID = "output"
	PreConnected  PreflightID = "connected_account"
	PreMultitrack PreflightID = "multitrack"
	PreVideo      PreflightID = "video_bitrate"
	PreAudio      PreflightID = "audio_bitrate"
	PrePicture    PreflightID = "picture"
	PreCodec      PreflightID = "codec"
	PreScene      PreflightID = "scene"
	PreMicrophone PreflightID = "microphone"
	PreService    PreflightID = "service"
	PreDetails    PreflightID = "details"
	PreElsewhere  PreflightID = "elsewhere"
)

// Preflight is one check before going live.
type Preflight struct {
	ID PreflightID
	// State is StepDone, StepWarned, StepFailed or StepSkipped (not known).
	State StepState
	// Reason tells which of several ways a check can go wrong; faces find words
	// under "preflight.<id>.<reason>", with .why and .cure.
	Reason string
	// Detail and Limit are facts the words speak of.
	Detail string
	Value  int
	Limit  int
	// Blocks: going live would fail, or send to somebody else's account.
	Blocks bool
	Err    error
}

// OK reports whether nothing is wrong, as far as is known.
func (p Preflight) OK() bool { return p.State == StepDone || p.State == StepSkipped }

// ErrPreflight: a check stands in the way of going live.
var ErrPreflight = errors.New("a check before going live failed")

// PreflightError carries the checks that stand in the way.
type PreflightError struct{ Checks []Preflight }

// Error names them.
func (e *PreflightError) Error() string {
	ids := make([]string, 0, len(e.Checks))
	for _, c := range e.Checks {
		ids = append(ids, string(c.ID))
	}
	return ErrPreflight.Error() + ": " + strings.Join(ids, ", ")
}

// Is makes it an ErrPreflight, and of the kind of the first check's error.
func (e *PreflightError) Is(target error) bool { return target == ErrPreflight }

// Unwrap gives the errors behind the checks.
func (e *PreflightError) Unwrap() []error {
	var errs []error
	for _, c := range e.Checks {
		if c.Err != nil {
			errs = append(errs, c.Err)
		}
	}
	return errs
}

// Blocking gives the checks that stand in the way.
func Blocking(checks []Preflight) []Preflight {
	var found []Preflight
	for _, c := range checks {
		if c.Blocks && !c.OK() {
			found = append(found, c)
		}
	}
	return found
}

// Warnings gives the checks that are not well and do not stand in the way.
func Warnings(checks []Preflight) []Preflight {
	var found []Preflight
	for _, c := range checks {
		if !c.OK() && !c.Blocks {
			found = append(found, c)
		}
	}
	return found
}

// Preflight looks at everything that can go wrong between pressing the button
// and being on air. It changes nothing. What cannot be found out is skipped.
func (e *Engine) Preflight(ctx context.Context) []Preflight {
	p := preflight{engine: e}
	p.account(ctx)
	client, err := e.obs.get(ctx)
	if err != nil {
		p.add(Preflight{ID: PreOBS, State: StepFailed, Reason: "away", Blocks: true, Err: err})
		e.emit(evPreflight{checks: p.checks, at: e.now()})
		return p.checks
	}
	p.client = client
	p.add(Preflight{ID: PreOBS, State: StepDone, Detail: e.State().OBS.Version})
	p.output(ctx)
	p.profile(ctx)
	p.scene(ctx)
	p.microphone(ctx)
	p.service(ctx)
	p.details()
	p.elsewhere(ctx)
	e.emit(evPreflight{checks: p.checks, at: e.now()})
	return p.checks
}

// preflight is one run of the checks.
type preflight struct {
	engine  *Engine
	client  *obs.Client
	session providers.Session
	known   bool // the platform answered
	sending bool // OBS streams already
	checks  []Preflight
}

func (p *preflight) add(c Preflight) { p.checks = append(p.checks, c) }

// account also refreshes what the platform holds, for the later checks.
func (p *preflight) account(ctx context.Context) {
	account, session, err := p.engine.current()
	if err != nil {
		p.add(Preflight{ID: PreSignIn, State: StepFailed, Reason: "none", Blocks: true, Err: err})
		return
	}
	p.session = session
	if err := p.engine.refreshBroadcast(ctx, account, session); err != nil {
		reason := "unreachable"
		if errors.Is(err, providers.ErrSignIn) {
			reason = "out"
		}
		p.add(Preflight{ID: PreSignIn, State: StepFailed, Reason: reason, Blocks: true, Err: err})
		return
	}
	p.known = true
	p.engine.emit(evSignIn{state: SignedIn})
	p.add(Preflight{ID: PreSignIn, State: StepDone, Detail: p.engine.State().Account.Nick})
}

func (p *preflight) output(ctx context.Context) {
	status, err := p.client.StreamStatus(ctx)
	if err != nil {
		p.add(Preflight{ID: PreOutput, State: StepFailed, Reason: "unknown", Blocks: true, Err: err})
		return
	}
	p.sending = status.Active
	if status.Active {
		p.add(Preflight{
			ID: PreOutput, State: StepFailed, Reason: "running", Blocks: true,
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
		p.add(Preflight{ID: PreOutput, State: StepDone})
		return
	}
	// A recording beside the stream is ordinary; it is told, not warned of.
	p.add(Preflight{ID: PreOutput, State: StepDone, Detail: strings.Join(names, ", ")})
}

func (p *preflight) profile(ctx context.Context) {
	profile, err := p.client.Profile(ctx)
	if err != nil {
		p.add(Preflight{ID: PreConnected, State: StepSkipped, Err: err})
		return
	}
	connected := Preflight{ID: PreConnected, State: StepDone, Detail: profile.Account}
	switch {
	case profile.ReplacesKey():
		connected.State, connected.Reason, connected.Blocks = StepFailed, "replaces_key", true
		connected.Err = &obs.Error{Kind: obs.ErrRefused, Op: "StartStream"}
	case profile.OpensDialog():
		connected.State, connected.Reason = StepWarned, "opens_dialog"
	}
	p.add(connected)
	multitrack := Preflight{ID: PreMultitrack, State: StepDone}
	if profile.Multitrack {
		multitrack.State, multitrack.Reason = StepWarned, "on"
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
	p.add(atMost(PreVideo, profile.VideoKbps, limits.MaxVideoKbps))
	p.add(atMost(PreAudio, profile.AudioKbps, limits.MaxAudioKbps))
	picture := Preflight{ID: PrePicture, State: StepDone, Limit: limits.MaxFPS}
	v := profile.Video
	picture.Detail = fmt.Sprintf("%d×%d, %.4g", v.OutputWidth, v.OutputHeight, v.FPS)
	switch {
	case limits.MaxWidth > 0 && v.OutputWidth > limits.MaxWidth, limits.MaxHeight > 0 && v.OutputHeight > limits.MaxHeight:
		picture.State, picture.Reason, picture.Limit = StepWarned, "size", limits.MaxHeight
	case limits.MaxFPS > 0 && v.FPS > float64(limits.MaxFPS)+0.5:
		picture.State, picture.Reason = StepWarned, "fps"
	}
	p.add(picture)
	p.add(codec(profile, limits))
}

func atMost(id PreflightID, value, limit int) Preflight {
	c := Preflight{ID: id, State: StepDone, Value: value, Limit: limit}
	switch {
	case value == 0 || limit == 0:
		c.State, c.Reason = StepSkipped, "unknown"
	case value > limit:
		c.State, c.Reason = StepWarned, "too_high"
	}
	return c
}

// codec judges the video encoder by its name: OBS names them after what they
// make, but for those of H.264, which often bear only the maker's name.
func codec(profile obs.Profile, limits providers.Encoding) Preflight {
	c := Preflight{ID: PreCodec, State: StepDone, Detail: profile.Encoder, Limit: limits.KeyframeSeconds}
	name := strings.ToLower(profile.Encoder)
	if len(limits.Codecs) == 0 || name == "" {
		c.State, c.Reason = StepSkipped, "unknown"
		return c
	}
	for _, other := range []string{"av1", "hevc", "h265"} {
		if strings.Contains(name, other) && !contains(limits.Codecs, other) {
			c.State, c.Reason = StepWarned, "not_taken"
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
