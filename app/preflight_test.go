package app

import (
	"errors"
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

func preflightOf(t *testing.T, checks []state.Preflight, id state.PreflightID) state.Preflight {
	t.Helper()
	i := slices.IndexFunc(checks, func(c state.Preflight) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("no %s in %+v", id, checks)
	}
	return checks[i]
}

// sound gives a level to the microphone for as long as the test runs.
func (s *studio) sound(t *testing.T, peak float64) {
	t.Helper()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				s.obs.Meter("Mic/Aux", peak)
			case <-done:
				return
			}
		}
	}()
	t.Cleanup(func() { close(done); <-ended })
}

// ready gives an Engine with everything ready for going live.
func ready(t *testing.T, s *studio) *Engine {
	t.Helper()
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("a title"), Category: ptr("00040019")}, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestNothingIsWrongWithAStudioThatIsReady(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0.3)
	e := ready(t, s)
	checks := e.Stream.Preflight(t.Context())
	var ids []state.PreflightID
	for _, c := range checks {
		ids = append(ids, c.ID)
		if c.State != state.StepDone || c.Blocks || c.Err != nil {
			t.Errorf("%s: %+v", c.ID, c)
		}
	}
	want := []state.PreflightID{
		state.PreSignIn, state.PreOBS, state.PreOutput, state.PreConnected, state.PreMultitrack, state.PreVideo, state.PreAudio,
		state.PrePicture, state.PreCodec, state.PreKeyframes, state.PreScene, state.PreMicrophone, state.PreService, state.PreDetails, state.PreElsewhere,
	}
	if !slices.Equal(ids, want) {
		t.Errorf("the checks were %v", ids)
	}
	if got := e.State(); len(got.Preflight) != len(checks) || !got.PreflightAt.Equal(noon) {
		t.Errorf("shown: %d of %d checks at %v", len(got.Preflight), len(checks), got.PreflightAt)
	}
}

func TestEachThingThatCanGoWrongIsFoundBeforeGoingLive(t *testing.T) {
	setting := func(category, name, value string) func(*testing.T, *studio, *Engine) {
		return func(_ *testing.T, s *studio, _ *Engine) { s.obs.SetParameter(category, name, value) }
	}
	refuse := func(request string) func(*testing.T, *studio, *Engine) {
		return func(_ *testing.T, s *studio, _ *Engine) {
			s.obs.Faults(func(f *obssim.Faults) {
				f.Requests = map[string]obssim.Fault{request: {Status: 204}}
			})
		}
	}
	for _, c := range []struct {
		name    string
		arrange func(*testing.T, *studio, *Engine)
		id      state.PreflightID
		state   state.StepState
		reason  string
		blocks  bool
		kind    error
	}{
		{"not signed in", func(t *testing.T, _ *studio, e *Engine) {
			if err := e.Accounts.SignOut(t.Context(), false); err != nil {
				t.Fatal(err)
			}
		}, state.PreSignIn, state.StepFailed, "out", true, providers.ErrSignIn},
		{"platform away", func(_ *testing.T, s *studio, _ *Engine) {
			s.spoil(sandbox.Fault{Endpoint: "broad/rtmp", Kind: fault.Drop, Times: -1})
		}, state.PreSignIn, state.StepFailed, "unreachable", true, providers.ErrUnreachable},
		{"OBS away", func(_ *testing.T, s *studio, _ *Engine) { s.obs.Quit() }, state.PreOBS, state.StepFailed, "away", true, obs.ErrUnreachable},
		{"an output runs", func(t *testing.T, _ *studio, e *Engine) {
			if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
				t.Fatal(err)
			}
		}, state.PreOutput, state.StepFailed, "running", true, obs.ErrStreaming},
		{"a recording beside it", func(_ *testing.T, s *studio, _ *Engine) { s.obs.SetRecording(true) }, state.PreOutput, state.StepDone, "", false, nil},
		{"a connected Twitch account", setting("Auth", "Type", "Twitch"), state.PreConnected, state.StepFailed, "replaces_key", true, obs.ErrRefused},
		{"a connected Restream account", setting("Auth", "Type", "Restream"), state.PreConnected, state.StepFailed, "replaces_key", true, obs.ErrRefused},
		{"a connected YouTube account", setting("Auth", "Type", "YouTube - RTMP"), state.PreConnected, state.StepWarned, "opens_dialog", false, nil},
		{"multitrack video", setting("Stream1", "EnableMultitrackVideo", "true"), state.PreMultitrack, state.StepWarned, "on", false, nil},
		{"too high a video bitrate", setting("SimpleOutput", "VBitrate", "8001"), state.PreVideo, state.StepWarned, "too_high", false, nil},
		{"the highest video bitrate", setting("SimpleOutput", "VBitrate", "8000"), state.PreVideo, state.StepDone, "", false, nil},
		{"too high an audio bitrate", setting("SimpleOutput", "ABitrate", "320"), state.PreAudio, state.StepWarned, "too_high", false, nil},
		{"a bitrate that OBS does not tell", setting("Output", "Mode", "Advanced"), state.PreVideo, state.StepSkipped, "unknown", false, nil},
		{"a codec that is not taken", setting("SimpleOutput", "StreamEncoder", "obs_nvenc_av1_tex"), state.PreCodec, state.StepWarned, "not_taken", false, nil},
		{"an encoder named after its maker", setting("SimpleOutput", "StreamEncoder", "nvenc"), state.PreCodec, state.StepDone, "", false, nil},
		{"keyframes too far apart", setting("SimpleOutput", "x264Settings", ""), state.PreKeyframes, state.StepWarned, "simple_x264", false, nil},
		{"an encoder that nothing is known of", setting("SimpleOutput", "StreamEncoder", "h264_of_tomorrow"), state.PreKeyframes, state.StepSkipped, "unknown", false, nil},
		{"an empty scene", func(_ *testing.T, s *studio, _ *Engine) { s.obs.SetScene("Break") }, state.PreScene, state.StepWarned, "empty", false, nil},
		{"a muted microphone", func(_ *testing.T, s *studio, _ *Engine) { s.obs.SetMuted("Mic/Aux", true) }, state.PreMicrophone, state.StepWarned, "muted", false, nil},
		{"a silent microphone", func(t *testing.T, s *studio, _ *Engine) { s.sound(t, 0.0001) }, state.PreMicrophone, state.StepWarned, "silent", false, nil},
		{"OBS pointed elsewhere", func(_ *testing.T, s *studio, _ *Engine) { s.elsewhere() }, state.PreService, state.StepWarned, "elsewhere", false, nil},
		{"OBS streaming to elsewhere", func(t *testing.T, s *studio, e *Engine) {
			if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := e.Stream.ResetKey(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}, state.PreService, state.StepFailed, "elsewhere", true, obs.ErrStreaming},
		{"on air from elsewhere", func(t *testing.T, s *studio, _ *Engine) { s.onAir(t, true) }, state.PreElsewhere, state.StepWarned, "on_air", false, nil},
		{"no answer about being on air", func(_ *testing.T, s *studio, _ *Engine) {
			s.spoil(sandbox.Fault{Endpoint: "validate/live/status", Kind: fault.Status, Status: 500, Times: -1})
		}, state.PreElsewhere, state.StepSkipped, "unknown", false, nil},
		{"an OBS that does not tell its profile", refuse("GetProfileList"), state.PreConnected, state.StepSkipped, "", false, obs.ErrUnsupported},
		{"an OBS that does not tell its scenes", refuse("GetSceneList"), state.PreScene, state.StepSkipped, "", false, obs.ErrUnsupported},
		{"an OBS that does not tell its inputs", refuse("GetInputList"), state.PreMicrophone, state.StepSkipped, "", false, obs.ErrUnsupported},
		{"an OBS that does not tell what it streams", refuse("GetStreamStatus"), state.PreOutput, state.StepFailed, "unknown", true, obs.ErrUnsupported},
		{"an OBS that does not tell its service", refuse("GetStreamServiceSettings"), state.PreService, state.StepFailed, "unknown", true, obs.ErrUnsupported},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			e := ready(t, s)
			if c.id != state.PreMicrophone {
				s.sound(t, 0.3) // else each case listens in vain
			}
			c.arrange(t, s, e)
			checks := e.Stream.Preflight(t.Context())
			got := preflightOf(t, checks, c.id)
			if got.State != c.state || got.Reason != c.reason || got.Blocks != c.blocks || !errors.Is(got.Err, c.kind) {
				t.Errorf("found %+v", got)
			}
			if c.blocks != slices.ContainsFunc(state.Blocking(checks), func(b state.Preflight) bool { return b.ID == c.id }) {
				t.Errorf("blocking: %+v", state.Blocking(checks))
			}
			wantWords(t, checks)
			if len(e.State().Preflight) != len(checks) {
				t.Error("not shown")
			}
		})
	}
}

// wantWords asks for words about everything that is not well.
func wantWords(t *testing.T, checks []state.Preflight) {
	t.Helper()
	for _, c := range checks {
		if c.OK() {
			continue
		}
		for _, lang := range []string{"ko", "en"} {
			what, why, cure := ExplainCheck(lang, c)
			if what == "" || why == "" || cure == "" {
				t.Errorf("%s: %s (%s) is told as %q, %q, %q", lang, c.ID, c.Reason, what, why, cure)
			}
		}
	}
}

// dial is another client of the simulated OBS.
func (s *studio) dial(t *testing.T) *obs.Client {
	t.Helper()
	client, err := obs.Dial(t.Context(), s.obs.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func (s *studio) onAir(t *testing.T, on bool) {
	t.Helper()
	key, err := s.platform.Key(t.Context(), sandboxUser)
	if err == nil {
		err = s.platform.SetOnAir(t.Context(), key, on)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestABroadcastWithoutTitleOrCategoryIsWarnedOf(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	got := preflightOf(t, e.Stream.Preflight(t.Context()), state.PreDetails)
	if got.State != state.StepWarned || got.Reason != "missing" || got.Blocks {
		t.Errorf("found %+v", got)
	}
	wantWords(t, []state.Preflight{got})
}

func TestAStartIsHeldBackByWhatBlocksAndGoesOnAnyway(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0.3)
	e := ready(t, s)
	s.obs.SetParameter("Auth", "Type", "Twitch")
	err := e.Stream.Start(t.Context(), GoLive{}, nil)
	var held *state.PreflightError
	if !errors.As(err, &held) || !errors.Is(err, state.ErrPreflight) || !errors.Is(err, obs.ErrRefused) || held.Checks[0].ID != state.PreConnected {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.OBS.Stream.Running() || state.StepOf(got.Tasks[state.TaskStart], state.StepCheck).State != state.StepFailed {
		t.Errorf("shown as %+v", got.Tasks[state.TaskStart])
	}
	if err := e.Stream.Start(t.Context(), GoLive{Anyway: true}, nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.OBS.Stream != state.StreamOn || state.StepOf(got.Tasks[state.TaskStart], state.StepCheck).State != state.StepWarned {
		t.Errorf("shown as %+v", got.Tasks[state.TaskStart])
	}
}

func TestAStartGoesOnOverWarningsAndPointsOBSHere(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	s.obs.SetParameter("SimpleOutput", "VBitrate", "20000")
	e := s.signedIn()
	if err := e.Stream.Start(t.Context(), GoLive{}, nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.OBS.Stream != state.StreamOn || got.OBS.Matches != state.MatchYes || len(state.Warnings(got.Preflight)) < 2 {
		t.Errorf("shown as %+v, warned of %+v", got.OBS, state.Warnings(got.Preflight))
	}
}
