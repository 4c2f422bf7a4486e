package app

import (
	"errors"
	"strings"
	"testing"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

func TestStartSetsUpStreamsAndWaitsForThePlatform(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	got := e.State()
	if got.OBS.Stream != state.StreamOn || !got.Live.OnAir || got.OBS.Matches != state.MatchYes || got.OBS.Since.IsZero() {
		t.Errorf("shown as %+v %+v", got.OBS, got.Live)
	}
	for _, c := range state.Checklist(got) {
		if c.State != state.StepDone && c.ID != "details" {
			t.Errorf("the checklist says %+v", c)
		}
	}
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Errorf("starting what runs: %v", err)
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.OBS.Stream != state.StreamOff || got.Live.OnAir || !got.OBS.Since.IsZero() {
		t.Errorf("after the end shown as %+v %+v", got.OBS, got.Live)
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Errorf("stopping what does not run: %v", err)
	}
}

func TestStartDoesNotTakeOverAStreamToElsewhere(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	// Nobody's key at this platform: the user streams somewhere else.
	s.obs.ChangeService("rtmp_custom", map[string]any{"server": "rtmp://elsewhere.example/live", "key": s.key("kkuljam")})
	other := s.signedIn()
	client, err := obs.Dial(t.Context(), s.obs.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := other.Stream.Start(t.Context(), GoLive{Checked: true}, nil); !errors.Is(err, obs.ErrStreaming) {
		t.Errorf("got %v", err)
	}
	if server, _ := s.held(); server != "rtmp://elsewhere.example/live" {
		t.Errorf("OBS holds %s", server)
	}
	if got := other.State().OBS; got.Matches != state.MatchNo {
		t.Errorf("shown as %+v", got)
	}
	if err := client.StopStream(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAStartThatFailsTellsHowFarItCame(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.obs.Faults(func(f *obssim.Faults) { f.Start = obssim.StartFails })
	err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil)
	var failed *obs.Error
	if !errors.As(err, &failed) || failed.Phase != obs.PhaseStopped {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.OBS.Stream != state.StreamOff || check(t, got, "send").Action != state.ActionStart {
		t.Errorf("shown as %+v, %+v", got.OBS, check(t, got, "send"))
	}
	s.obs.Faults(func(f *obssim.Faults) { f.Start = obssim.StartWell })
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Errorf("the next try: %v", err)
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func TestAPlatformWithoutAnAnswerIsNoFailureOfTheStart(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.spoil(sandbox.Fault{Endpoint: "validate/live/status", Kind: fault.Status, Status: 404, Times: -1})
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	got := e.State()
	if got.OBS.Stream != state.StreamOn || got.Live.Known || state.StepOf(got.Tasks[state.TaskStart], state.StepOnAir).State != state.StepWarned {
		t.Errorf("shown as %+v %+v", got.OBS, got.Tasks[state.TaskStart])
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func TestAPlatformThatMissesAnAnswerIsAskedAgain(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.spoil(sandbox.Fault{Endpoint: "validate/live/status", Kind: fault.Status, Status: 503, Times: 1})
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); !got.Live.OnAir || state.StepOf(got.Tasks[state.TaskStart], state.StepOnAir).State != state.StepDone {
		t.Errorf("shown as %+v %+v", got.Live, got.Tasks[state.TaskStart])
	}
}

func TestAStreamThatEndsWhileThePlatformIsWaitedForIsNoSuccess(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	stopped := make(chan struct{})
	s.spoil(sandbox.Fault{Endpoint: "validate/live/status", Kind: fault.Drop, Times: 1})
	err := e.Stream.Start(t.Context(), GoLive{Checked: true}, func(step state.Step) {
		if step.ID == state.StepOnAir && step.State == state.StepRunning {
			s.stopInOBS(t) // as an ingest does that judges the key late
			close(stopped)
		}
	})
	<-stopped
	var failed *obs.Error
	if !errors.As(err, &failed) || !errors.Is(err, obs.ErrNotStarted) || failed.Phase != obs.PhaseStopped {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.OBS.Stream != state.StreamOff || state.StepOf(got.Tasks[state.TaskStart], state.StepOnAir).State != state.StepFailed {
		t.Errorf("shown as %+v %+v", got.OBS, got.Tasks[state.TaskStart])
	}
}

func TestApplySendsTheDraft(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("새 제목"), Hashtags: &[]string{"게임", "소통"}})
	if got := e.State().Broadcast; got.Shown().Title != "새 제목" || got.Confirmed.Title == "새 제목" || len(got.Problems) != 0 {
		t.Fatalf("drafted: %+v", got)
	}
	if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Broadcast; !got.Draft.Empty() || got.Confirmed.Title != "새 제목" || !got.ConfirmedAt.Equal(noon) {
		t.Errorf("applied: %+v", got)
	}
	other := s.open()
	if err := other.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := other.State().Broadcast.Confirmed; got.Title != "새 제목" || strings.Join(got.Hashtags, ",") != "게임,소통" {
		t.Errorf("the platform holds %+v", got)
	}
}

func TestARefusedUpdateKeepsTheDraftAndThePlatformsWords(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("x")})
	s.spoil(sandbox.Fault{Endpoint: "broad/info/update", Kind: fault.Result, Result: -1320, Message: "금칙어가 포함되어 있습니다."})
	err := e.Broadcast.Apply(t.Context(), nil)
	var refused *providers.Error
	if !errors.As(err, &refused) || !errors.Is(err, providers.ErrRefused) || refused.Message != "금칙어가 포함되어 있습니다." || refused.Code != "-1320" {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.Broadcast.Draft.Title == nil || got.Broadcast.Confirmed.Title == "x" || got.Tasks[state.TaskApply].Err == nil {
		t.Errorf("shown as %+v", got.Broadcast)
	}
	for _, kind := range []string{fault.Status, fault.HTML, fault.Drop} {
		s.spoil(sandbox.Fault{Endpoint: "broad/info/update", Kind: kind, Status: 500})
		if err := e.Broadcast.Apply(t.Context(), nil); err == nil || e.State().Broadcast.Draft.Title == nil {
			t.Errorf("%s: %v, draft %+v", kind, err, e.State().Broadcast.Draft)
		}
	}
	if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Errorf("the next try: %v", err)
	}
}

func TestWhatCannotBeSentIsNotSent(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Apply(t.Context(), nil); reasonOf(err) != "update.nothing" {
		t.Errorf("an empty draft: %v", err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr(strings.Repeat("가", 76))})
	if e.State().Broadcast.Problems[providers.FieldTitle] == nil {
		t.Error("the problem is not shown")
	}
	if err := e.Broadcast.Apply(t.Context(), nil); !errors.Is(err, providers.ErrUsage) || reasonOf(err) != "title.too_long" {
		t.Errorf("got %v", err)
	}
	if sent := s.platform.Faults().Counts()["POST broad/info/update"]; sent != 0 {
		t.Errorf("sent %d times", sent)
	}
	e.Broadcast.Discard()
	if got := e.State().Broadcast; !got.Draft.Empty() || len(got.Problems) != 0 {
		t.Errorf("discarded: %+v", got)
	}
}

func TestARefreshWhileTypingLeavesTheDraft(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("being typed")})
	other := s.open()
	if err := other.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("set elsewhere"), ViewerLimit: ptr(50)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Broadcast; got.Shown().Title != "being typed" || got.Confirmed.Title != "set elsewhere" || got.Shown().ViewerLimit != 50 {
		t.Errorf("shown as %+v", got)
	}
}
