package app

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Two locks of the same folder stand for two processes: each has files of its
// own.
func TestALockKeepsGoroutinesAndProcessesApart(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	var inside, entered atomic.Int32
	var work sync.WaitGroup
	for range 3 {
		l := newLocks(dir)
		for range 4 {
			work.Go(func() {
				unlock, err := l.lock(t.Context(), "one")
				if err != nil {
					t.Error(err)
					return
				}
				if inside.Add(1) != 1 {
					t.Error("two at once")
				}
				entered.Add(1)
				inside.Add(-1)
				unlock()
			})
		}
	}
	work.Wait()
	if entered.Load() != 12 {
		t.Errorf("%d of 12 came in", entered.Load())
	}
}

func TestLocksOfDifferentNamesDoNotWait(t *testing.T) {
	l := newLocks(t.TempDir())
	for _, name := range []string{"a", "account/../../x", "계정 *?:", strings.Repeat("long", 200)} {
		unlock, err := l.lock(t.Context(), name)
		if err != nil {
			t.Fatalf("%.20q: %v", name, err)
		}
		defer unlock()
	}
}

func TestWaitingForALockEndsWithTheContext(t *testing.T) {
	for _, c := range []struct {
		name  string
		other func(l *locks, dir string) *locks
	}{
		{"held by this process", func(l *locks, _ string) *locks { return l }},
		{"held by another", func(_ *locks, dir string) *locks { return newLocks(dir) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			dir := t.TempDir()
			l := newLocks(dir)
			unlock, err := l.lock(t.Context(), "x")
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			defer cancel()
			other := c.other(l, dir)
			if _, err := other.lock(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("got %v", err)
			}
			unlock()
			unlock() // twice does not free somebody else's
			again, err := other.lock(t.Context(), "x")
			if err != nil {
				t.Fatalf("giving up kept the lock taken: %v", err)
			}
			again()
		})
	}
}

func TestUnlockingTwiceDoesNotLetTwoIn(t *testing.T) {
	l := newLocks(t.TempDir())
	first, err := l.lock(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	first()
	second, err := l.lock(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	defer second()
	first()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if unlock, err := l.lock(ctx, "x"); err == nil {
		unlock()
		t.Error("two hold the same lock")
	}
}

func TestTryTakesWhatNobodyHas(t *testing.T) {
	dir := t.TempDir()
	unlock, mine, err := newLocks(dir).try("x")
	if err != nil || !mine {
		t.Fatalf("not taken: %v", err)
	}
	if _, mine, err := newLocks(dir).try("x"); err != nil || mine {
		t.Errorf("taken twice: %v", err)
	}
	unlock()
	again, mine, err := newLocks(dir).try("x")
	if err != nil || !mine {
		t.Fatalf("not free again: %v", err)
	}
	again()
}

func TestAFolderThatCannotBeMadeIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := writeJSON(filepath.Join(dir, "file"), "x"); err != nil {
		t.Fatal(err)
	}
	l := newLocks(filepath.Join(dir, "file", "locks"))
	for range 2 { // the second shows that the first left nothing taken
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if _, err := l.lock(ctx, "x"); err == nil || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		cancel()
	}
}
