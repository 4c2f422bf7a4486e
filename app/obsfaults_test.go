package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
)

// The times that are promised: how soon a dead OBS is seen, and how soon the
// link is back once OBS is.
const (
	seenWithin = 2 * time.Second
	backWithin = 3 * time.Second
)

// watched gives an Engine that runs with OBS linked.
func watched(t *testing.T, s *studio) *Engine {
	t.Helper()
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	return e
}

// within waits for a State and holds it to a time.
func within(t *testing.T, e *Engine, limit time.Duration, what string, satisfied func(state.State) bool) state.State {
	t.Helper()
	began := time.Now()
	got := until(t, e, what, satisfied)
	if took := time.Since(began); took > limit {
		t.Errorf("%s took %v", what, took)
	}
	return got
}

func gone(s state.State) bool { return s.OBS.Link != state.LinkUp }

// wantGone holds a State to what may be said of an OBS that is gone.
func wantGone(t *testing.T, s state.State) {
	t.Helper()
	if s.OBS.Stream != state.StreamUnknown || s.OBS.Matches != state.MatchUnknown || s.OBS.Server != "" {
		t.Errorf("still known of an OBS that is gone: %+v", s.OBS)
	}
	if s.OBS.Err != nil {
		wantTold(t, s.OBS.Err)
	}
}

func TestOBSStartedAfterCuelightIsFound(t *testing.T) {
	s := newStudio(t)
	s.obs.Quit()
	e := s.signedIn()
	running(t, e)
	got := until(t, e, "waiting for OBS", func(s state.State) bool { return s.OBS.Link == state.LinkWaiting })
	wantGone(t, got)
	if _, err := e.Stream.SetUp(t.Context(), nil); !errors.Is(err, obs.ErrUnreachable) {
		t.Errorf("set-up without OBS: %v", err)
	}
	if err := s.obs.Restart(); err != nil {
		t.Fatal(err)
	}
	within(t, e, backWithin, "OBS", linked)
	if len(e.State().Notices) != 0 {
		t.Errorf("an OBS that was not started yet was made a fuss of: %+v", e.State().Notices)
	}
}

func TestTheLinkComesBackAfterEachEnd(t *testing.T) {
	for name, end := range map[string]func(*obssim.OBS){
		"quit": (*obssim.OBS).Quit, "crash": (*obssim.OBS).Crash,
	} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			e := watched(t, s)
			end(s.obs)
			wantGone(t, within(t, e, seenWithin, "OBS gone", gone))
			if err := s.obs.Restart(); err != nil {
				t.Fatal(err)
			}
			within(t, e, backWithin, "OBS back", linked)
			if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
				t.Errorf("the next set-up: %v", err)
			}
		})
	}
}

func TestAConnectionThatIsResetIsMadeAgain(t *testing.T) {
	s := newStudio(t)
	e := watched(t, s)
	s.obs.Reset()
	within(t, e, seenWithin, "the link lost", gone)
	within(t, e, backWithin, "the link back", linked)
}

func TestAFrozenOBSIsSeenAndComesBack(t *testing.T) {
	s := newStudio(t)
	e := watched(t, s)
	s.obs.Faults(func(f *obssim.Faults) { f.Hang, f.Mute = true, true })
	wantGone(t, within(t, e, seenWithin, "the half-open link lost", gone))
	s.obs.Faults(func(f *obssim.Faults) { f.Hang, f.Mute = false, false })
	until(t, e, "the link back", linked)
}

func TestEveryCloseCodeIsShownAndNoneRetriedForEver(t *testing.T) {
	for code, want := range map[int]state.LinkState{
		1000: state.LinkUp, 1001: state.LinkUp, 1006: state.LinkUp, 1011: state.LinkUp, 1012: state.LinkUp,
		4000: state.LinkUp, 4002: state.LinkUp, 4003: state.LinkUp, 4004: state.LinkUp, 4005: state.LinkUp, 4006: state.LinkUp,
		4007: state.LinkUp, 4008: state.LinkUp, 4010: state.LinkUp, 4012: state.LinkUp,
		4009: state.LinkPassword, 4011: state.LinkKicked,
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := newSharedStudio(t)
			e := watched(t, s)
			seen := make(chan state.LinkState, 64)
			e.Observe(func(prev, next state.State) {
				if prev.OBS.Link != next.OBS.Link {
					select {
					case seen <- next.OBS.Link:
					default:
					}
				}
			})
			s.obs.Kick(code)
			for link := range seen { // first it is gone, and never more than that
				if link == want || link == state.LinkWaiting {
					break
				}
				if link == state.LinkPassword || link == state.LinkKicked {
					t.Fatalf("shown as %v", link)
				}
			}
			if code >= 4000 && want == state.LinkUp {
				e.Stream.RetryOBS() // what is not understood is asked again only after 5 s
			}
			got := until(t, e, "an end", func(s state.State) bool { return s.OBS.Link == want })
			if want != state.LinkUp {
				wantTold(t, got.OBS.Err)
				e.Stream.RetryOBS()
				until(t, e, "the link back", linked)
			}
		})
	}
}

func TestAnOBSThatRefusesEverySessionIsWaitedForQuietly(t *testing.T) {
	for _, code := range []int{4002, 4006, 4010, 4012, 1011} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := newSharedStudio(t)
			s.obs.Faults(func(f *obssim.Faults) { f.CloseAtIdentify = code })
			e := s.signedIn()
			running(t, e)
			got := until(t, e, "why there is no link", func(s state.State) bool { return s.OBS.Link == state.LinkWaiting && s.OBS.Err != nil })
			wantTold(t, got.OBS.Err)
			s.obs.Faults(func(f *obssim.Faults) { f.CloseAtIdentify = 0 })
			e.Stream.RetryOBS()
			until(t, e, "the link", linked)
		})
	}
}

func TestAPasswordChangedInOBSIsAskedForOnce(t *testing.T) {
	s := newStudio(t)
	e := s.open(func(o *Options) { o.OBSPassword = secret.Text{} })
	s.add(e, "mine")
	if err := e.Stream.SetOBSPassword(t.Context(), secret.New(obsPassword)); err != nil {
		t.Fatal(err)
	}
	running(t, e)
	until(t, e, "OBS", linked)
	s.obs.SetPassword(secret.New("changed-in-obs-5"))
	s.obs.Kick(1001) // OBS starts its server anew for that
	got := until(t, e, "the password refused", func(s state.State) bool { return s.OBS.Link == state.LinkPassword })
	wantTold(t, got.OBS.Err)
	if check(t, got, "obs").Action != state.ActionOBSPassword {
		t.Errorf("the checklist says %+v", check(t, got, "obs"))
	}
	if err := e.Stream.SetOBSPassword(t.Context(), secret.New("changed-in-obs-5")); err != nil {
		t.Fatal(err)
	}
	within(t, e, backWithin, "the link", linked)
}

func TestASlowOBSHoldsNothingUpForEver(t *testing.T) {
	s := newStudio(t)
	e := ready(t, s)
	s.obs.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"*": {Ignore: true}}
	})
	began := time.Now()
	_, err := e.Stream.SetUp(t.Context(), nil)
	if !errors.Is(err, obs.ErrNoAnswer) || time.Since(began) > 15*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
	wantTold(t, err)
	s.obs.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"*": {Delay: 200 * time.Millisecond}}
	})
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Errorf("an OBS that takes its time: %v", err)
	}
}

func TestAnOBSThatIsStillLoadingIsWaitedFor(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	s.obs.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{
			"GetStreamServiceSettings": {Status: 207, Times: 2}, "SetStreamServiceSettings": {Status: 207, Times: 2},
		}
	})
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.wantWritten(t)
}

func TestAFloodOfEventsDrownsNothing(t *testing.T) {
	s := newStudio(t)
	e := watched(t, s)
	flooded := make(chan struct{})
	go func() {
		defer close(flooded)
		s.obs.Flood(20_000)
	}()
	for i := range 5 {
		if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
			t.Errorf("set-up %d in the flood: %v", i, err)
		}
	}
	<-flooded
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	s.stopInOBS(t)
	until(t, e, "the end of the stream", func(s state.State) bool { return s.OBS.Stream == state.StreamOff })
}

func TestEveryWayAStartGoesWrongIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		start obssim.StartFault
		phase obs.Phase
	}{
		"the ingest does not take it": {obssim.StartFails, obs.PhaseStopped},
		"the settings are open":       {obssim.StartDropped, obs.PhaseAsked},
		"stuck while connecting":      {obssim.StartStuck, obs.PhaseStarting},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // the watchdog takes 15 s
			s := newSharedStudio(t)
			e := s.signedIn()
			s.obs.Faults(func(f *obssim.Faults) { f.Start = c.start })
			err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil)
			var failed *obs.Error
			if !errors.As(err, &failed) || !errors.Is(err, obs.ErrNotStarted) || failed.Phase != c.phase {
				t.Fatalf("got %v", err)
			}
			wantTold(t, err)
			if e.State().OBS.Stream.Running() {
				t.Errorf("shown as %+v", e.State().OBS)
			}
		})
	}
}

func TestAStreamThatOBSLosesWhileItDiesIsNotShownAsRunning(t *testing.T) {
	s := newStudio(t)
	e := watched(t, s)
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	s.obs.Crash()
	wantGone(t, within(t, e, seenWithin, "OBS gone", gone))
	if err := s.obs.Restart(); err != nil {
		t.Fatal(err)
	}
	got := within(t, e, backWithin, "OBS back", linked)
	if got.OBS.Stream != state.StreamOff || !got.OBS.Since.IsZero() {
		t.Errorf("shown as %+v", got.OBS)
	}
}
