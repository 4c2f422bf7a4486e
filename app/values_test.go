package app

import (
	"errors"
	"testing"
	"time"

	"cuelight/app/state"
)

var (
	noon   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	errBad = errors.New("bad")
)

func ptr[T any](v T) *T { return &v }

// check gives one line of the checklist.
func check(t *testing.T, s state.State, id string) state.Check {
	t.Helper()
	for _, c := range state.Checklist(s) {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no check %q", id)
	return state.Check{}
}

// until waits for a State that satisfies.
func until(t testing.TB, e *Engine, what string, satisfied func(state.State) bool) state.State {
	t.Helper()
	changed, stop := e.Watch()
	defer stop()
	tooLong := time.NewTimer(20 * time.Second)
	defer tooLong.Stop()
	for {
		if s := e.State(); satisfied(s) {
			return s
		}
		select {
		case <-changed:
		case <-tooLong.C:
			t.Fatalf("never came: %s; the State is %+v", what, e.State())
		}
	}
}
