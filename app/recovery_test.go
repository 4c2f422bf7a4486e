package app

import (
	"testing"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/providers/soop"
)

// sandboxed opens the sandbox on the "real" OBS of the studio, as a user does
// who tries Cuelight with the OBS at hand.
func (s *studio) sandboxed(t *testing.T) *Engine {
	t.Helper()
	e, err := Open(t.Context(), func() Options {
		o := s.options()
		o.Sandbox, o.Registry = true, providers.Registry{soop.New()}
		return o
	}())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if !e.destination.Rehearsed() {
		t.Fatal("nothing tells that a real OBS was changed")
	}
	return e
}

func closed(t *testing.T, e *Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

func wantUnmarked(t *testing.T, e *Engine) {
	t.Helper()
	if e.destination.Rehearsed() {
		t.Error("the mark is still there")
	}
}

func TestARealOBSIsPutBackWhenTheSandboxsWindowCloses(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.sandboxed(t)
	stop := running(t, e)
	until(t, e, "OBS", linked)
	stop()
	closed(t, e)
	s.wantUsersOwn(t)
	wantUnmarked(t, e)
}

func TestARealOBSIsPutBackAtTheNextStartAfterASandboxCrash(t *testing.T) {
	for _, c := range []struct {
		name string
		next func(*testing.T, *studio) *Engine
	}{
		{"outside the sandbox, a window", func(t *testing.T, s *studio) *Engine {
			e := s.open()
			running(t, e)
			return e
		}},
		{"outside the sandbox, a command", func(t *testing.T, s *studio) *Engine {
			e := s.open()
			e.Support.Probe(t.Context())
			return e
		}},
		{"in the sandbox again, a window", func(t *testing.T, s *studio) *Engine {
			e := s.open(func(o *Options) { o.Sandbox = true })
			running(t, e)
			return e
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			s.elsewhere()
			closed(t, s.sandboxed(t)) // without its window having closed: as after a kill
			if server, _ := s.held(); server == usersOwn["server"] {
				t.Fatal("OBS was put back too early")
			}
			e := c.next(t, s)
			until(t, e, "OBS is put back", func(s state.State) bool {
				return len(s.Notices) > 0 && s.Notices[len(s.Notices)-1].Key == "sandbox_put_back"
			})
			s.wantUsersOwn(t)
			wantUnmarked(t, e)
		})
	}
}

func TestWhatTheUserSetAfterASandboxCrashStays(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	closed(t, s.sandboxed(t))
	s.obs.ChangeService("rtmp_custom", map[string]any{"server": "rtmp://own.example/live", "key": "own-key-22222"})
	e := s.open()
	e.Support.Probe(t.Context())
	if server, _ := s.held(); server != "rtmp://own.example/live" {
		t.Errorf("OBS holds %s", server)
	}
	wantUnmarked(t, e)
}

func TestARehearsalStillRunningIsEndedBeforeOBSIsPutBack(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.sandboxed(t)
	s.takesAnyKey.Store(true) // the ingest of the studio knows nothing of the sandbox's keys
	if err := s.dial(t).StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed(t, e)
	next := s.open()
	next.Support.Probe(t.Context())
	s.wantUsersOwn(t)
	if next.Support.Probe(t.Context()); next.State().OBS.Stream != state.StreamOff {
		t.Errorf("shown as %+v", next.State().OBS)
	}
}

func TestAnOBSElsewhereIsNotPutBackInPlaceOfTheChangedOne(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	closed(t, s.sandboxed(t))
	other := newStudio(t)
	server, key := other.held()
	e := s.open(func(o *Options) { o.OBSAddress = other.obs.Addr().String() })
	e.Support.Probe(t.Context())
	if nowServer, nowKey := other.held(); nowServer != server || nowKey != key {
		t.Error("another OBS was changed")
	}
	if !e.destination.Rehearsed() {
		t.Error("the mark of the changed OBS is gone")
	}
}
