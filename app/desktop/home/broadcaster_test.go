package home

import (
	"slices"
	"testing"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
)

func TestTheBigButtonIsTheNextStep(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*state.State)
		text   string
		call   string
	}{
		"signed out":   {func(s *state.State) { s.Account.SignedIn = state.SignedOut }, "로그인", "action SignIn"},
		"no OBS":       {func(s *state.State) { s.OBS.Link = state.LinkWaiting }, "OBS 설정하기", ""},
		"kicked":       {func(s *state.State) { s.OBS.Link = state.LinkKicked }, "다시 연결", "retry"},
		"elsewhere":    {func(s *state.State) { s.OBS.Matches = state.MatchNo }, "OBS 설정하기", "setup"},
		"ready":        {func(*state.State) {}, "방송 시작", "start"},
		"stopping":     {func(s *state.State) { s.OBS.Stream = state.StreamStopping }, "방송을 종료하는 중…", ""},
		"under way":    {func(s *state.State) { s.Tasks = map[state.Task]state.TaskState{state.TaskSetUp: {Running: true}} }, "OBS를 설정하는 중…", ""},
		"no key there": {func(s *state.State) { s.OBS.Matches, s.Account.Has.Ingest = state.MatchUnknown, false }, "방송 시작", "start"},
	} {
		t.Run(name, func(t *testing.T) {
			s := kittest.Ready()
			r, h := opened(t, s)
			r.Fake.Set(c.change)
			r.Render()
			big := h.ready.big
			if big.Text() != c.text || big.Disabled() != (c.call == "") {
				t.Fatalf("says %q, can be pressed: %v", big.Text(), !big.Disabled())
			}
			r.Clock.Advance(control.HoldOffTime)
			r.Press(big)
			if c.call != "" {
				r.Until(c.call, func() bool { return r.Fake.Called(c.call) })
			}
		})
	}
}

func TestGoingLiveAsksAboutChangesNotSent(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	title := "다음 판"
	r.Fake.Draft(providers.Patch{Title: &title})
	r.Render()
	r.Press(h.ready.big)
	if r.Fake.Called("start") || r.Sheet() == nil {
		t.Fatal("went live with changes nobody was asked about")
	}
	r.Press(r.Button("적용하고 방송 시작"))
	r.Until("start", func() bool { return r.Fake.Called("start") })
	if !slices.Equal(r.Fake.Calls[:2], []string{"apply", "start"}) {
		t.Errorf("called %v", r.Fake.Calls)
	}
}

func TestChecksInTheWayAreShownAndCanBeGonePast(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	r.Fake.Fail["start"] = &state.PreflightError{Checks: []state.Preflight{
		{ID: state.PreConnected, State: state.StepFailed, Reason: "replaces_key", Detail: "Twitch", Blocks: true},
	}}
	r.Press(h.ready.big)
	r.Until("the checks are shown", func() bool { return r.Sheet() != nil })
	r.Fake.Succeed("start")
	r.Press(r.Button("그래도 방송 시작"))
	r.Until("it goes live", func() bool { return len(r.Layer.Toasts()) > 0 })
	if !r.Fake.LastStart().Anyway {
		t.Errorf("went live with %+v", r.Fake.LastStart())
	}
}

func TestAKeyThePlatformDoesNotGiveIsAskedForOnce(t *testing.T) {
	r, h := opened(t, kittest.WithChannel())
	r.Fake.Fail["setup"] = &providers.Error{Kind: providers.ErrUsage, Reason: "channel.no_key"}
	r.Press(h.ready.big)
	r.Until("it is asked for", func() bool { return r.Sheet() != nil })
	r.Fake.Succeed("setup")
	keep := r.Button("저장하고 계속")
	r.Press(keep)
	r.Clock.Advance(kit.InputDelay)
	if len(r.Fake.Kept) != 0 {
		t.Fatal("kept nothing as a server")
	}
	fields := r.Fields()
	fields[0].SetText("rtmp://ingest.example/live")
	fields[1].SetText("creator-key")
	r.Press(keep)
	r.Clock.Advance(kit.InputDelay)
	r.Until("it is kept, and OBS set up", func() bool { return len(r.Layer.Toasts()) > 0 })
	if kept := r.Fake.Kept[0]; kept.Server != "rtmp://ingest.example/live" || kept.Key.Reveal() != "creator-key" {
		t.Errorf("kept %+v", kept)
	}
	if r.Sheet() != nil {
		t.Error("the sheet stays")
	}
}
