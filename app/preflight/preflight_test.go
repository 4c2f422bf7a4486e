package preflight

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/encoder"
	"cuelight/providers"
)

var (
	noon      = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	errAway   = errors.New("away")
	errBroken = errors.New("does not tell")
)

// fakeOBS is an OBS that is ready to go live, unless a test spoils it.
type fakeOBS struct {
	stream  obs.Stream
	outputs []obs.Output
	profile obs.Profile
	items   []obs.SceneItem
	mics    []obs.Microphone
	peaks   map[string]float64
	// broken are the questions that fail.
	broken map[string]bool
}

func (o *fakeOBS) err(question string) error {
	if o.broken[question] {
		return errBroken
	}
	return nil
}

func (o *fakeOBS) StreamStatus(context.Context) (obs.Stream, error) { return o.stream, o.err("stream") }

func (o *fakeOBS) OtherOutputs(context.Context) ([]obs.Output, error) {
	return o.outputs, o.err("outputs")
}

func (o *fakeOBS) Profile(context.Context) (obs.Profile, error) { return o.profile, o.err("profile") }

func (o *fakeOBS) Service(context.Context) (obs.Service, error) {
	return obs.Service{Server: "rtmp://x/app"}, o.err("service")
}

func (o *fakeOBS) Scenes(context.Context) (obs.Scenes, error) {
	return obs.Scenes{Current: "game"}, o.err("scenes")
}

func (o *fakeOBS) SceneItems(_ context.Context, scene string) ([]obs.SceneItem, error) {
	if scene != "game" {
		return nil, errBroken
	}
	return o.items, o.err("items")
}

func (o *fakeOBS) Microphones(context.Context) ([]obs.Microphone, error) {
	return o.mics, o.err("mics")
}

func (o *fakeOBS) Peaks(_ context.Context, _ time.Duration, enough func(map[string]float64) bool) (map[string]float64, error) {
	enough(o.peaks)
	return o.peaks, o.err("peaks")
}

// fakeAccount is an account that is signed in.
type fakeAccount struct {
	refresh  error
	live     providers.Live
	answered bool
}

func (a *fakeAccount) Close() error               { return nil }
func (a *fakeAccount) Server() string             { return "rtmp://x/app" }
func (a *fakeAccount) Session() providers.Session { return a }
func (a *fakeAccount) EncoderLimits(string) providers.Encoding {
	return providers.Encoding{MaxVideoKbps: 8000, Codecs: []string{"h264"}}
}
func (a *fakeAccount) Refresh(context.Context) error               { return a.refresh }
func (a *fakeAccount) Live(context.Context) (providers.Live, bool) { return a.live, a.answered }

// rig is all that the checks look at.
type rig struct {
	obs     *fakeOBS
	account *fakeAccount
	none    error
	away    error
	match   state.Match
	state   state.State
	events  []state.Event
}

func newRig() *rig {
	return &rig{
		obs: &fakeOBS{
			profile: obs.Profile{AudioKbps: 160, Encoder: "x264", Encoded: encoder.Video{Kbps: 6000}},
			items:   []obs.SceneItem{{Shown: true}}, mics: []obs.Microphone{{Name: "mic"}},
			peaks: map[string]float64{"mic": -10},
		},
		account: &fakeAccount{answered: true}, match: state.MatchYes,
	}
}

func (r *rig) check(t *testing.T) []state.Preflight {
	t.Helper()
	return New(Options{
		Account: func() (Account, error) { return r.account, r.none },
		Connect: func(context.Context) (OBS, error) { return r.obs, r.away },
		Match:   func(obs.Service) state.Match { return r.match },
		State:   func() state.State { return r.state },
		Emit:    func(events ...state.Event) { r.events = append(r.events, events...) },
		Now:     func() time.Time { return noon },
	}).Check(t.Context())
}

func find(t *testing.T, checks []state.Preflight, id state.PreflightID) state.Preflight {
	t.Helper()
	i := slices.IndexFunc(checks, func(c state.Preflight) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("no %s in %+v", id, checks)
	}
	return checks[i]
}

func TestEachCheckTellsWhatItFound(t *testing.T) {
	for _, c := range []struct {
		name   string
		spoil  func(*rig)
		id     state.PreflightID
		state  state.StepState
		reason string
		blocks bool
	}{
		{"signed in", func(*rig) {}, state.PreSignIn, state.StepDone, "", false},
		{"no account", func(r *rig) { r.none = errAway }, state.PreSignIn, state.StepFailed, "none", true},
		{"signed out", func(r *rig) { r.account.refresh = providers.ErrSignIn }, state.PreSignIn, state.StepFailed, "out", true},
		{"platform away", func(r *rig) { r.account.refresh = errAway }, state.PreSignIn, state.StepFailed, "unreachable", true},
		{"OBS away", func(r *rig) { r.away = errAway }, state.PreOBS, state.StepFailed, "away", true},
		{"output running", func(r *rig) { r.obs.stream.Active = true }, state.PreOutput, state.StepFailed, "running", true},
		{"output not told", func(r *rig) { r.obs.broken = map[string]bool{"stream": true} }, state.PreOutput, state.StepFailed, "unknown", true},
		{"recording", func(r *rig) { r.obs.outputs = []obs.Output{{Name: "file"}} }, state.PreOutput, state.StepDone, "", false},
		{"profile not told", func(r *rig) { r.obs.broken = map[string]bool{"profile": true} }, state.PreConnected, state.StepSkipped, "", false},
		{"multitrack", func(r *rig) { r.obs.profile.Multitrack = true }, state.PreMultitrack, state.StepWarned, "on", false},
		{"bitrate at the limit", func(r *rig) { r.obs.profile.Encoded.Kbps = 8000 }, state.PreVideo, state.StepDone, "", false},
		{"bitrate over it", func(r *rig) { r.obs.profile.Encoded.Kbps = 8001 }, state.PreVideo, state.StepWarned, "too_high", false},
		{"bitrate not told", func(r *rig) { r.obs.profile.Encoded.Kbps = 0 }, state.PreVideo, state.StepSkipped, "unknown", false},
		{"bitrate without a limit", func(*rig) {}, state.PreAudio, state.StepSkipped, "unknown", false},
		{"another codec", func(r *rig) { r.obs.profile.Encoder = "obs_nvenc_AV1_tex" }, state.PreCodec, state.StepWarned, "not_taken", false},
		{"codec not told", func(r *rig) { r.obs.profile.Encoder = "" }, state.PreCodec, state.StepSkipped, "unknown", false},
		{"scene", func(*rig) {}, state.PreScene, state.StepDone, "", false},
		{"empty scene", func(r *rig) { r.obs.items = []obs.SceneItem{{}} }, state.PreScene, state.StepWarned, "empty", false},
		{"items not told", func(r *rig) { r.obs.items, r.obs.broken = nil, map[string]bool{"items": true} }, state.PreScene, state.StepDone, "", false},
		{"scene not told", func(r *rig) { r.obs.broken = map[string]bool{"scenes": true} }, state.PreScene, state.StepSkipped, "", false},
		{"no microphone", func(r *rig) { r.obs.mics = nil }, state.PreMicrophone, state.StepWarned, "none", false},
		{"muted", func(r *rig) { r.obs.mics[0].Muted = true }, state.PreMicrophone, state.StepWarned, "muted", false},
		{"silent", func(r *rig) { r.obs.peaks["mic"] = -80 }, state.PreMicrophone, state.StepWarned, "silent", false},
		{"levels not told", func(r *rig) { r.obs.peaks = nil }, state.PreMicrophone, state.StepDone, "", false},
		{"listening failed", func(r *rig) { r.obs.peaks["mic"], r.obs.broken = -80, map[string]bool{"peaks": true} }, state.PreMicrophone, state.StepDone, "", false},
		{"sends here", func(*rig) {}, state.PreService, state.StepDone, "", false},
		{"sends elsewhere", func(r *rig) { r.match = state.MatchNo }, state.PreService, state.StepWarned, "elsewhere", false},
		{"streams elsewhere", func(r *rig) { r.match, r.obs.stream.Active = state.MatchNo, true }, state.PreService, state.StepFailed, "elsewhere", true},
		{"cannot be pointed here", func(r *rig) { r.match, r.account.refresh = state.MatchNo, errAway }, state.PreService, state.StepFailed, "elsewhere", true},
		{"service not told", func(r *rig) { r.obs.broken = map[string]bool{"service": true} }, state.PreService, state.StepFailed, "unknown", true},
		{"on air elsewhere", func(r *rig) { r.account.live.OnAir = true }, state.PreElsewhere, state.StepWarned, "on_air", false},
		{"not said whether on air", func(r *rig) { r.account.answered = false }, state.PreElsewhere, state.StepSkipped, "unknown", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig()
			c.spoil(r)
			checks := r.check(t)
			if got := find(t, checks, c.id); got.State != c.state || got.Reason != c.reason || got.Blocks != c.blocks {
				t.Errorf("found %+v", got)
			}
			last, ok := r.events[len(r.events)-1].(state.PreflightDone)
			if !ok || len(last.Checks) != len(checks) || !last.At.Equal(noon) {
				t.Errorf("told %+v", r.events)
			}
		})
	}
}

func TestWithoutOBSNothingOfItIsChecked(t *testing.T) {
	r := newRig()
	r.away = errAway
	if checks := r.check(t); len(checks) != 2 || !errors.Is(checks[1].Err, errAway) {
		t.Errorf("checked %+v", checks)
	}
}

func TestAStreamThatRunsIsNotOneFromElsewhere(t *testing.T) {
	r := newRig()
	r.obs.stream.Active, r.account.live.OnAir = true, true
	for _, c := range r.check(t) {
		if c.ID == state.PreElsewhere {
			t.Errorf("found %+v", c)
		}
	}
}

func TestAPictureLargerThanThePlatformTakesIsWarnedOf(t *testing.T) {
	for _, c := range []struct {
		limits providers.Encoding
		state  state.StepState
		reason string
		limit  int
	}{
		{providers.Encoding{}, state.StepDone, "", 0},
		{providers.Encoding{MaxWidth: 1920, MaxHeight: 1080, MaxFPS: 60}, state.StepDone, "", 60},
		{providers.Encoding{MaxWidth: 1280, MaxHeight: 720}, state.StepWarned, "size", 720},
		{providers.Encoding{MaxFPS: 30}, state.StepWarned, "fps", 30},
	} {
		r := run{account: limited{limits: c.limits}}
		r.encoding(obs.Profile{AudioKbps: 1, Video: obs.Video{OutputWidth: 1920, OutputHeight: 1080, FPS: 59.94}})
		if got := find(t, r.checks, state.PrePicture); got.State != c.state || got.Reason != c.reason || got.Limit != c.limit {
			t.Errorf("%+v: %+v", c.limits, got)
		}
	}
}

func TestBFramesAndKeyframesAreHeldToWhatThePlatformAsksFor(t *testing.T) {
	strict := providers.Encoding{KeyframeSeconds: 1, NoBFrames: true}
	defaults := encoder.Video{BFrames: 3, KeyframeSeconds: 250.0 / 60}
	unknown := encoder.Video{BFrames: encoder.Unknown}
	for _, c := range []struct {
		name    string
		profile obs.Profile
		state   state.StepState
		reason  string
	}{
		{"x264 in simple mode", obs.Profile{Encoder: "x264", Encoded: defaults}, state.StepWarned, "simple_x264"},
		{"hardware in simple mode", obs.Profile{Encoder: "nvenc", Encoded: defaults}, state.StepWarned, "simple"},
		{"x264 in advanced mode", obs.Profile{Advanced: true, Encoder: "obs_x264", Encoded: defaults}, state.StepWarned, "advanced_x264"},
		{"hardware in advanced mode", obs.Profile{Advanced: true, Encoder: "jim_nvenc", Encoded: defaults}, state.StepWarned, "advanced"},
		{"in order", obs.Profile{Encoder: "x264", Encoded: encoder.Video{KeyframeSeconds: 1}}, state.StepDone, ""},
		{"in order at 59.94 frames a second", obs.Profile{Encoder: "x264", Encoded: encoder.Video{KeyframeSeconds: 60 / 59.94}}, state.StepDone, ""},
		{"not told", obs.Profile{Advanced: true, Encoder: "jim_nvenc", Encoded: unknown}, state.StepSkipped, "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.profile.Video.FPS = 60
			r := run{account: limited{limits: strict}}
			r.encoding(c.profile)
			for _, id := range []state.PreflightID{state.PreBFrames, state.PreKeyframes} {
				if got := find(t, r.checks, id); got.State != c.state || got.Reason != c.reason || got.Blocks {
					t.Errorf("%s: %+v", id, got)
				}
			}
			if got := find(t, r.checks, state.PreKeyframes); got.Limit != 1 || c.reason == "simple_x264" && got.Value != 60 {
				t.Errorf("the cure would be %+v", got)
			}
		})
	}
	r := run{account: limited{limits: providers.Encoding{Codecs: []string{"h264"}}}}
	r.encoding(obs.Profile{Encoder: "x264", Encoded: defaults})
	for _, c := range r.checks {
		if c.ID == state.PreBFrames || c.ID == state.PreKeyframes {
			t.Errorf("a platform that takes all is asked about: %+v", c)
		}
	}
}

// limited is an account that has nothing but limits.
type limited struct{ limits providers.Encoding }

func (l limited) Session() providers.Session                { return l }
func (limited) Close() error                                { return nil }
func (limited) Server() string                              { return "" }
func (limited) Refresh(context.Context) error               { return nil }
func (limited) Live(context.Context) (providers.Live, bool) { return providers.Live{}, false }
func (l limited) EncoderLimits(string) providers.Encoding   { return l.limits }
