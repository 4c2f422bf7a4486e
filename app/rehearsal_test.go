package app

import (
	"testing"

	"cuelight/app/state"
)

// A rehearsal that runs used to be taken for one that an earlier sandbox left.
func TestARehearsalIsNotStoppedByItsOwnReconnect(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	s.takesAnyKey.Store(true)
	e := s.sandboxed(t)
	t.Cleanup(func() { closed(t, e) })
	running(t, e)
	until(t, e, "OBS", linked)
	if err := s.dial(t).StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	server, key := s.held()
	for range 2 {
		s.obs.Reset()
		until(t, e, "the link lost", gone)
		until(t, e, "the link back", linked)
		e.Stream.tendOnce(t.Context(), e.Stream.connectionOf(s.dial(t))) // what follows a connection has been done then
		if got := e.State(); got.OBS.Stream != state.StreamOn || len(got.Notices) != 0 {
			t.Fatalf("shown as %+v, told %+v", got.OBS, got.Notices)
		}
	}
	// The ordinary Cuelight beside it leaves the rehearsal alone as well.
	beside := s.open()
	beside.Support.Probe(t.Context())
	if nowServer, nowKey := s.held(); nowServer != server || nowKey != key {
		t.Errorf("OBS holds %s", nowServer)
	}
	s.stopInOBS(t)
}

func TestASandboxBesideTheOrdinaryOneLosesNothing(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	ordinary := s.signedIn()
	rehearsal := s.sandboxed(t)
	if _, err := ordinary.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.wantWritten(t)
	_, before := s.held()
	if _, err := rehearsal.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := rehearsal.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	if _, key := s.held(); key != before {
		t.Error("the rehearsal did not give back what it found")
	}
	if err := ordinary.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
	closed(t, rehearsal)
}
