package storage

import (
	"context"
	"errors"
	"os"
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
		l := NewLocks(dir)
		for range 4 {
			work.Go(func() {
				unlock, err := l.Lock(t.Context(), "one")
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
	l := NewLocks(t.TempDir())
	for _, name := range []string{"a", "account/../../x", "계정 *?:", strings.Repeat("long", 200)} {
		unlock, err := l.Lock(t.Context(), name)
		if err != nil {
			t.Fatalf("%.20q: %v", name, err)
		}
		defer unlock()
	}
}

func TestWaitingForALockEndsWithTheContext(t *testing.T) {
	for _, c := range []struct {
		name  string
		other func(l *Locks, dir string) *Locks
	}{
		{"held by this process", func(l *Locks, _ string) *Locks { return l }},
		{"held by another", func(_ *Locks, dir string) *Locks { return NewLocks(dir) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			dir := t.TempDir()
			l := NewLocks(dir)
			unlock, err := l.Lock(t.Context(), "x")
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			defer cancel()
			other := c.other(l, dir)
			if _, err := other.Lock(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("got %v", err)
			}
			unlock()
			unlock() // twice does not free somebody else's
			again, err := other.Lock(t.Context(), "x")
			if err != nil {
				t.Fatalf("giving up kept the lock taken: %v", err)
			}
			again()
		})
	}
}

func TestUnlockingTwiceDoesNotLetTwoIn(t *testing.T) {
	l := NewLocks(t.TempDir())
	first, err := l.Lock(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	first()
	second, err := l.Lock(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	defer second()
	first()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if unlock, err := l.Lock(ctx, "x"); err == nil {
		unlock()
		t.Error("two hold the same lock")
	}
}

func TestTryTakesWhatNobodyHas(t *testing.T) {
	dir := t.TempDir()
	unlock, mine, err := NewLocks(dir).Try("x")
	if err != nil || !mine {
		t.Fatalf("not taken: %v", err)
	}
	if _, mine, err := NewLocks(dir).Try("x"); err != nil || mine {
		t.Errorf("taken twice: %v", err)
	}
	unlock()
	again, mine, err := NewLocks(dir).Try("x")
	if err != nil || !mine {
		t.Fatalf("not free again: %v", err)
	}
	again()
}

func TestAFolderThatCannotBeMadeIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := WriteJSON(filepath.Join(dir, "file"), "x", MaxJSON); err != nil {
		t.Fatal(err)
	}
	l := NewLocks(filepath.Join(dir, "file", "locks"))
	for range 2 { // the second shows that the first left nothing taken
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if _, err := l.Lock(ctx, "x"); err == nil || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		cancel()
	}
}

func TestAHolderThatStopsIsTold(t *testing.T) {
	dir := t.TempDir()
	// Two Locks of one process stand for two processes: each has slots of its own.
	unlock, err := NewLocks(dir).Lock(t.Context(), "name")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	locks := NewLocks(dir)
	told := make(chan time.Time, 2)
	locks.OnHeld(func(pid int) {
		if pid != os.Getpid() { // the other Locks are this process's, too
			t.Errorf("told of process %d", pid)
		}
		told <- time.Now()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
	defer cancel()
	began := time.Now()
	if _, err := locks.Lock(ctx, "name"); !errors.Is(err, ErrHeld) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	select {
	case at := <-told:
		if after := at.Sub(began); after > 5*time.Second {
			t.Errorf("told after %v", after)
		}
	default:
		t.Error("nobody was told")
	}
	if len(told) != 0 {
		t.Error("told twice")
	}
	if release, err := locks.Lock(t.Context(), "another"); err != nil {
		t.Error(err)
	} else {
		release()
	}
}
