package app

import (
	"errors"
	"slices"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/practice"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

func preflightOf(t *testing.T, checks []Preflight, id PreflightID) Preflight {
	t.Helper()
	i := slices.IndexFunc(checks, func(c Preflight) bool { return c.ID == id })
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
	if _, err := e.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Update(t.Context(), providers.Patch{Title: ptr("a title"), Category: ptr("00040019")}, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestNothingIsWrongWithAStudioThatIsReady(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0.3)
	e := ready(t, s)
	checks := e.Preflight(t.Context())
	var ids []PreflightID
	for _, c := range checks {
		ids = append(ids, c.ID)
		if c.State != StepDone || c.Blocks || c.Err != nil {
			t.Errorf("%s: %+v", c.ID, c)
		}
	}
	want := []PreflightID{
		PreSignIn, PreOBS, PreOutput, PreConnected, PreMultitrack, PreVideo, PreAudio,
		PrePicture, PreCodec, PreScene, PreMicrophone, PreService, PreDetails, PreElsewhere,
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
			s.obs.Faults(func(f *practice.Faults) {
				f.Requests = map[string]practice.Fault{request: {Status: 204}}
			})
		}
	}
	for _, c := range []struct {
		name    string
		arrange func(*testing.T, *studio, *Engine)
		id      PreflightID
		state   StepState
		reason  string
		blocks  bool
		kind    error
	}{
		{"not signed in", func(t *testing.T, _ *studio, e *Engine) {
			if err := e.SignOut(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, PreSignIn, StepFailed, "out", true, providers.ErrSignIn},
		{"platform away", func(_ *testing.T, s *studio, _ *Engine) {
			s.spoil(sandbox.Fault{Endpoint: "broad/rtmp", Kind: fault.Drop, Times: -1})
		}, PreSignIn, StepFailed, "unreachable", true, providers.ErrUnreachable},
		{"OBS away", func(_ *testing.T, s *studio, _ *Engine) { s.obs.Quit() }, PreOBS, StepFailed, "away", true, obs.ErrUnreachable},
		{"an output runs", func(t *testing.T, _ *studio, e *Engine) {
			if err := e.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
				t.Fatal(err)
			}
		}, PreOutput, StepFailed, "running", true, obs.ErrStreaming},
		{"a recording beside it", func(_ *testing.T, s *studio, _ *Engine) { s.obs.SetRecording(true) }, PreOutput, StepDone, "", false, nil},
		{"a connected Twitch account", setting("Auth", "Type", "Twitch"), PreConnected, StepFailed, "replaces_key", true, obs.ErrRefused},
		{"a connected Restream account", setting("Auth", "Type", "Restream"), PreConnected, StepFailed, "replaces_key", true, obs.ErrRefused},
		{"a connected YouTube account", setting("Auth", "Type", "YouTube - RTMP"), PreConnected, StepWarned, "opens_dialog", false, nil},
		{"multitrack video", setting("Stream1", "EnableMultitrackVideo", "true"), PreMultitrack, StepWarned, "on", false, nil},
		{"too high a video bitrate", setting("SimpleOutput", "VBitrate", "8001"), PreVideo, StepWarned, "too_high", false, nil},
		{"the highest video bitrate", setting("SimpleOutput", "VBitrate", "8000"), PreVideo, StepDone, "", false, nil},
		{"too high an audio bitrate", setting("SimpleOutput", "ABitrate", "320"), PreAudio, StepWarned, "too_high", false, nil},
		{"a bitrate that OBS does not tell", setting("Output", "Mode", "Advanced"), PreVideo, StepSkipped, "unknown", false, nil},
		{"a codec that is not taken", setting("SimpleOutput", "StreamEncoder", "obs_nvenc_av1_tex"), PreCodec, StepWarned, "not_taken", false, nil},
		{"an encoder named after its maker", setting("SimpleOutput", "StreamEncoder", "nvenc"), PreCodec, StepDone, "", false, nil},
		{"an empty scene", func(t *testing.T, s *studio, _ *Engine) { s.empty(t) }, PreScene, StepWarned, "empty", false, nil},
		{"a muted microphone", func(t *testing.T, s *studio, _ *Engine) {
			client := s.dial(t)
			if err := client.SetMuted(t.Context(), "Mic/Aux", true); err != nil {
				t.Fatal(err)
			}
		}, PreMicrophone, StepWarned, "muted", false, nil},
		{"a silent microphone", func(t *testing.T, s *studio, _ *Engine) { s.sound(t, 0.0001) }, PreMicrophone, StepWarned, "silent", false, nil},
		{"OBS pointed elsewhere", func(_ *testing.T, s *studio, _ *Engine) { s.elsewhere() }, PreService, StepWarned, "elsewhere", false, nil},
		{"OBS streaming to elsewhere", func(t *testing.T, s *studio, e *Engine) {
			if err := e.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := e.ResetKey(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}, PreService, StepFailed, "elsewhere", true, obs.ErrStreaming},
		{"on air from elsewhere", func(t *testing.T, s *studio, _ *Engine) { s.onAir(t, true) }, PreElsewhere, StepWarned, "on_air", false, nil},
		{"no answer about being on air", func(_ *testing.T, s *studio, _ *Engine) {
			s.spoil(sandbox.Fault{Endpoint: "validate/live/status", Kind: fault.Status, Status: 500, Times: -1})
		}, PreElsewhere, StepSkipped, "unknown", false, nil},
		{"an OBS that does not tell its profile", refuse("GetProfileList"), PreConnected, StepSkipped, "", false, obs.ErrUnsupported},
		{"an OBS that does not tell its scenes", refuse("GetSceneList"), PreScene, StepSkipped, "", false, obs.ErrUnsupported},
		{"an OBS that does not tell its inputs", refuse("GetInputList"), PreMicrophone, StepSkipped, "", false, obs.ErrUnsupported},
		{"an OBS that does not tell what it streams", refuse("GetStreamStatus"), PreOutput, StepFailed, "unknown", true, obs.ErrUnsupported},
		{"an OBS that does not tell its service", refuse("GetStreamServiceSettings"), PreService, StepFailed, "unknown", true, obs.ErrUnsupported},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			e := ready(t, s)
			if c.id != PreMicrophone {
				s.sound(t, 0.3) // else each case listens in vain
			}
			c.arrange(t, s, e)
			checks := e.Preflight(t.Context())
			got := preflightOf(t, checks, c.id)
			if got.State != c.state || got.Reason != c.reason || got.Blocks != c.blocks || !errors.Is(got.Err, c.kind) {
				t.Errorf("found %+v", got)
			}
			if c.blocks != slices.ContainsFunc(Blocking(checks), func(b Preflight) bool { return b.ID == c.id }) {
				t.Errorf("blocking: %+v", Blocking(checks))
			}
			wantWords(t, checks)
			if len(e.State().Preflight) != len(checks) {
				t.Error("not shown")
			}
		})
	}
}

// wantWords asks for words about everything that is not well.
func wantWords(t *testing.T, checks []Preflight) {
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

// dial is another client of the practice OBS.
func (s *studio) dial(t *testing.T) *obs.Client {
	t.Helper()
	client, err := obs.Dial(t.Context(), s.obs.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func (s *studio) empty(t *testing.T) {
	t.Helper()
	if err := s.dial(t).SetScene(t.Context(), "Break"); err != nil {
		t.Fatal(err)
	}
}

func (s *studio) onAir(t *testing.T, on bool) {
	t.Helper()
	key, err := s.platform.Key(t.Context(), practiceUser)
	if err == nil {
		err = s.platform.SetOnAir(t.Context(), key, on)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPictureLargerThanThePlatformTakesIsWarnedOf(t *testing.T) {
	for _, c := range []struct {
		limits providers.Encoding
		state  StepState
		reason string
		limit  int
	}{
		{providers.Encoding{}, StepDone, "", 0},
		{providers.Encoding{MaxWidth: 1920, MaxHeight: 1080, MaxFPS: 60}, StepDone, "", 60},
		{providers.Encoding{MaxWidth: 1280, MaxHeight: 720}, StepWarned, "size", 720},
		{providers.Encoding{MaxFPS: 30}, StepWarned, "fps", 30},
	} {
		p := preflight{session: limited{c.limits}}
		p.encoding(obs.Profile{VideoKbps: 1, AudioKbps: 1, Video: obs.Video{OutputWidth: 1920, OutputHeight: 1080, FPS: 59.94}})
		if got := preflightOf(t, p.checks, PrePicture); got.State != c.state || got.Reason != c.reason || got.Limit != c.limit {
			t.Errorf("%+v: %+v", c.limits, got)
		}
	}
}

// limited is a session that has nothing but limits.
type limited struct{ limits providers.Encoding }

func (limited) Close() error                        { return nil }
func (l limited) EncoderLimits() providers.Encoding { return l.limits }

func TestABroadcastWithoutTitleOrCategoryIsWarnedOf(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	got := preflightOf(t, e.Preflight(t.Context()), PreDetails)
	if got.State != StepWarned || got.Reason != "missing" || got.Blocks {
		t.Errorf("found %+v", got)
	}
	wantWords(t, []Preflight{got})
}

func TestAStartIsHeldBackByWhatBlocksAndGoesOnAnyway(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0.3)
	e := ready(t, s)
	s.obs.SetParameter("Auth", "Type", "Twitch")
	err := e.Start(t.Context(), GoLive{}, nil)
	var held *PreflightError
	if !errors.As(err, &held) || !errors.Is(err, ErrPreflight) || !errors.Is(err, obs.ErrRefused) || held.Checks[0].ID != PreConnected {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.OBS.Stream.Running() || stepOf(got.Tasks[TaskStart], StepCheck).State != StepFailed {
		t.Errorf("shown as %+v", got.Tasks[TaskStart])
	}
	if err := e.Start(t.Context(), GoLive{Anyway: true}, nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.OBS.Stream != StreamOn || stepOf(got.Tasks[TaskStart], StepCheck).State != StepWarned {
		t.Errorf("shown as %+v", got.Tasks[TaskStart])
	}
}

func TestAStartGoesOnOverWarningsAndPointsOBSHere(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	s.obs.SetParameter("SimpleOutput", "VBitrate", "20000")
	e := s.signedIn()
	if err := e.Start(t.Context(), GoLive{}, nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.OBS.Stream != StreamOn || got.OBS.Matches != MatchYes || len(Warnings(got.Preflight)) < 2 {
		t.Errorf("shown as %+v, warned of %+v", got.OBS, Warnings(got.Preflight))
	}
}
