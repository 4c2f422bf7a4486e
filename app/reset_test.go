package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

// A window and its own link used to write the same key at once: the second took
// Cuelight's dead key for the user's settings.
func TestAStopInAWindowKeepsTheUsersOwnSettings(t *testing.T) {
	for range 6 {
		s := newSharedStudio(t)
		s.elsewhere()
		e := s.signedIn()
		stop := running(t, e)
		until(t, e, "OBS", linked)
		if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := e.Stream.ResetKey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if err := e.Stream.Stop(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		until(t, e, "the key written", func(s state.State) bool { return !s.OBS.WriteQueued })
		s.wantWritten(t)
		if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
			t.Fatal(err)
		}
		s.wantUsersOwn(t)
		stop()
	}
}

func TestAnInterruptedResetIsEnded(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	old := s.key(sandboxUser)
	ctx, interrupt := context.WithCancel(t.Context())
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp/reset", Kind: fault.Slow, DelayMS: 300})
	reset, err := e.Stream.ResetKey(ctx, func(step state.Step) {
		if step.ID == state.StepReset && step.State == state.StepRunning {
			time.AfterFunc(50*time.Millisecond, interrupt)
		}
	})
	if err != nil || !reset.Written {
		t.Errorf("got %+v, %v", reset, err)
	}
	if s.key(sandboxUser) == old {
		t.Fatal("the platform was not asked")
	}
	s.wantWritten(t)
}

// Nobody knows whether the platform has taken it: that is said, and the key
// that it gives is written as soon as it can be had.
func TestAResetWhoseAnswerDoesNotComeInTimeIsInterrupted(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	e.interruptGrace = 100 * time.Millisecond
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp/reset", Kind: fault.Slow, DelayMS: 1000})
	_, err := e.Stream.ResetKey(ctx, func(step state.Step) {
		if step.ID == state.StepReset && step.State == state.StepRunning {
			time.AfterFunc(50*time.Millisecond, interrupt)
		}
	})
	if !errors.Is(err, task.ErrInterrupted) || !e.State().OBS.WriteQueued {
		t.Fatalf("got %v, queued %v", err, e.State().OBS.WriteQueued)
	}
	wantTold(t, err)
	running(t, e)
	until(t, e, "nothing waits", func(s state.State) bool { return !s.OBS.WriteQueued && s.OBS.Matches == state.MatchYes })
	s.wantWritten(t)
}

func TestAResetWhoseAnswerIsLostReachesOBS(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	old := s.key(sandboxUser)
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp/reset", Kind: fault.Truncated})
	if _, err := e.Stream.ResetKey(t.Context(), nil); err == nil {
		t.Error("an answer that was cut passed for a good one")
	}
	if s.key(sandboxUser) == old {
		t.Skip("the simulated platform did not take it")
	}
	s.wantWritten(t)
	if e.State().OBS.WriteQueued {
		t.Error("still queued")
	}
}

func TestARefusedResetIsNotQueued(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	setUpAndReset(t, s, e, true)
	if !e.State().OBS.WriteQueued {
		t.Fatal("not queued")
	}
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp/reset", Kind: fault.Result, Result: -1320, Message: "no"})
	if _, err := e.Stream.ResetKey(t.Context(), nil); !errors.Is(err, providers.ErrRefused) {
		t.Fatalf("got %v", err)
	}
	if !e.State().OBS.WriteQueued {
		t.Error("a refusal took back what waited since an earlier reset")
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.wantWritten(t)
}

func TestAKeyWaitsForTheProfileThatHoldsTheOldOne(t *testing.T) {
	s := newStudio(t)
	s.profiles(t)
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	setUpAndReset(t, s, e, true)
	s.choose(t, "BB")
	s.stopInOBS(t)
	if err := flush(t, e); err != nil {
		t.Fatal(err)
	}
	s.wantOwn(t, "BB")
	s.choose(t, "AA")
	until(t, e, "the key written", func(state.State) bool {
		_, settings := s.obs.ProfileService("AA")
		return settings["key"] == s.key(sandboxUser)
	})
	s.wantOwn(t, "BB")
	if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Error(err)
	}
	s.wantOwn(t, "AA", "BB")
}
