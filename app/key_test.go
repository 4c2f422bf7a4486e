package app

import (
	"errors"
	"testing"

	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

const sandboxUser = "soop1234"

// wantWritten asks for OBS to hold the account's present key.
func (s *studio) wantWritten(t *testing.T) {
	t.Helper()
	if _, key := s.held(); key != s.key(sandboxUser) {
		t.Error("OBS does not hold the present key")
	}
}

// setUpAndReset points OBS at the account and resets its key while OBS streams
// where asked to.
func setUpAndReset(t *testing.T, s *studio, e *Engine, streaming bool) KeyReset {
	t.Helper()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if streaming {
		if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
			t.Fatal(err)
		}
	}
	old := s.key(sandboxUser)
	reset, err := e.Stream.ResetKey(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if now := s.key(sandboxUser); now == old || reset.Key.Reveal() != now {
		t.Fatal("the key is the old one, or not the one that was given")
	}
	return reset
}

// flush writes the keys that wait, as a window does at the end of a stream.
func flush(t *testing.T, e *Engine) error {
	t.Helper()
	conn, err := e.Stream.connection(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Stream.flushQueued(t.Context(), conn)
	return err
}

// stopInOBS ends the stream as its user would.
func (s *studio) stopInOBS(t testing.TB) {
	t.Helper()
	user, err := obs.Dial(t.Context(), s.obs.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	defer user.Close()
	if err := user.StopStream(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAResetKeyIsWrittenToOBSAtOnceWhileItDoesNotStream(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if reset := setUpAndReset(t, s, e, false); !reset.Written {
		t.Errorf("got %+v", reset)
	}
	s.wantWritten(t)
	if got := e.State().OBS; got.WriteQueued || got.Matches != state.MatchYes {
		t.Errorf("shown as %+v", got)
	}
}

func TestAResetKeyWaitsForTheEndOfTheStream(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	if reset := setUpAndReset(t, s, e, true); reset.Written {
		t.Error("written to an OBS that streams")
	}
	if step := state.StepOf(e.State().Tasks[state.TaskResetKey], state.StepWrite); !e.State().OBS.WriteQueued || step.State != state.StepWarned {
		t.Errorf("shown as %+v %+v", e.State().OBS, step)
	}
	s.stopInOBS(t)
	until(t, e, "the waiting key is written", func(s state.State) bool { return !s.OBS.WriteQueued && s.OBS.Matches == state.MatchYes })
	s.wantWritten(t)
}

func TestAKeyThatWaitsSurvivesARestart(t *testing.T) {
	s := newStudio(t)
	first := s.signedIn()
	setUpAndReset(t, s, first, true)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	next := s.open()
	if !next.State().OBS.WriteQueued {
		t.Error("the next start does not know that a key waits")
	}
	running(t, next)
	until(t, next, "OBS, streaming", func(s state.State) bool { return s.OBS.Stream == state.StreamOn })
	s.stopInOBS(t)
	until(t, next, "the waiting key is written", func(s state.State) bool { return !s.OBS.WriteQueued && s.OBS.Matches == state.MatchYes })
	s.wantWritten(t)
	if notices := next.State().Notices; len(notices) == 0 || notices[len(notices)-1].Key != "key_written" {
		t.Errorf("told: %+v", notices)
	}
}

func TestAKeyThatWaitsIsWrittenWhenOBSIsBack(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.obs.Quit()
	reset, err := e.Stream.ResetKey(t.Context(), nil)
	if err != nil || reset.Written || !e.State().OBS.WriteQueued {
		t.Fatalf("got %+v, %v; %+v", reset, err, e.State().OBS)
	}
	if err := s.obs.Restart(); err != nil {
		t.Fatal(err)
	}
	running(t, e)
	until(t, e, "the waiting key is written", func(s state.State) bool { return !s.OBS.WriteQueued && s.OBS.Matches == state.MatchYes })
	s.wantWritten(t)
}

func TestAKeyWaitsForAnOBSThatGoesWhileItIsReset(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	// It still takes connections and hangs up at the first question.
	s.obs.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"*": {Close: 1001}}
	})
	reset, err := e.Stream.ResetKey(t.Context(), nil)
	if err != nil || reset.Written || !e.State().OBS.WriteQueued {
		t.Fatalf("got %+v, %v; %+v", reset, err, e.State().OBS)
	}
	s.obs.Faults(func(f *obssim.Faults) { f.Requests = nil })
	running(t, e)
	until(t, e, "the waiting key is written", func(s state.State) bool { return !s.OBS.WriteQueued && s.OBS.Matches == state.MatchYes })
	s.wantWritten(t)
}

func TestAnOBSPointedElsewhereIsNobodysBusiness(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	reset, err := e.Stream.ResetKey(t.Context(), nil)
	if err != nil || reset.Written || e.State().OBS.WriteQueued {
		t.Fatalf("got %+v, %v; %+v", reset, err, e.State().OBS)
	}
	s.wantUsersOwn(t)

	// Pointed elsewhere while the key waits: that is the user's will.
	setUpAndReset(t, s, e, true)
	if !e.State().OBS.WriteQueued {
		t.Fatal("not queued")
	}
	s.stopInOBS(t)
	s.elsewhere()
	if err := flush(t, e); !errors.Is(err, destination.ErrChangedSince) {
		t.Errorf("got %v", err)
	}
	s.wantUsersOwn(t)
	if got := e.State().OBS; got.WriteQueued || got.Matches != state.MatchNo {
		t.Errorf("shown as %+v", got)
	}
}

// OBS points at the first account and goes on doing so: with a dead key it would
// stream nowhere. It is never pointed at the other one unasked.
func TestAKeyThatWaitsIsWrittenForTheAccountItBelongsTo(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	setUpAndReset(t, s, e, true)
	s.add(e, "other")
	if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "222222"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Stream.Ingest(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.stopInOBS(t)
	if err := flush(t, e); err != nil {
		t.Fatal(err)
	}
	s.wantWritten(t)
	if got := e.State(); got.OBS.WriteQueued || got.OBS.Matches != state.MatchNo || got.Account.Name != "other" {
		t.Errorf("shown as %+v", got.OBS)
	}
}

func TestAKeyThatWaitsForARemovedAccountIsForgotten(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	setUpAndReset(t, s, e, true)
	if err := e.Accounts.RemoveAccount(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	if e.destination.Queued() || e.State().OBS.WriteQueued {
		t.Error("still waiting")
	}
	s.stopInOBS(t)
}

func TestARefusedResetChangesNothing(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp/reset", Kind: fault.Status, Status: 500})
	if _, err := e.Stream.ResetKey(t.Context(), nil); !errors.Is(err, providers.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	s.wantWritten(t)
	if e.State().OBS.WriteQueued {
		t.Error("a write waits for a key that does not exist")
	}
}

func TestWhatAResetWouldDoIsTold(t *testing.T) {
	for _, c := range []struct {
		name  string
		state state.State
		want  string
	}{
		{"nothing runs", state.State{}, "off"},
		{"OBS sends", state.State{OBS: state.OBSState{Link: state.LinkUp, Stream: state.StreamOn}}, "live"},
		{"OBS reconnects", state.State{OBS: state.OBSState{Link: state.LinkUp, Stream: state.StreamReconnecting}}, "live"},
		{"on air from elsewhere", state.State{Live: state.LiveState{Known: true, Live: providers.Live{OnAir: true}}}, "live"},
		{"on air in standby", state.State{
			OBS: state.OBSState{Link: state.LinkUp, Stream: state.StreamOff}, Live: state.LiveState{Known: true, Live: providers.Live{OnAir: true}},
			Broadcast: state.BroadcastState{Confirmed: providers.Broadcast{Standby: true}},
		}, "standby"},
	} {
		if got := state.KeyResetMeans(c.state); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
