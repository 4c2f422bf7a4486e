package config

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/app/storage"
)

// A reader in the middle of a write of the old kind, which was made in place,
// found an empty file.
func TestTheChangeMarkerIsNeverSeenHalfWritten(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.NotifyPeers()
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() {
		for ctx.Err() == nil {
			s.NotifyPeers()
		}
	})
	for range 3000 {
		if now := s.marker(); len(strings.Fields(now)) != 2 {
			t.Errorf("the marker is %q", now)
			break
		}
	}
	stop()
	work.Wait()
}

func TestPeersAreFollowedAndOnesOwnChangesAreNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		window, terminal := open(t, dir), open(t, dir)
		var busy atomic.Bool
		var followed atomic.Int32
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			window.WatchPeers(ctx, time.Second, busy.Load, func() { followed.Add(1) })
		}()
		wantFollowed := func(want int32) {
			t.Helper()
			time.Sleep(1500 * time.Millisecond)
			synctest.Wait()
			if got := followed.Load(); got != want {
				t.Errorf("followed %d times, want %d", got, want)
			}
		}
		wantFollowed(0)
		if err := window.Update(t.Context(), func(c *Config) error { c.Theme = "dark"; return nil }); err != nil {
			t.Fatal(err)
		}
		wantFollowed(0)
		terminal.Change(func(c *Config) { c.Language = "ko" })
		wantFollowed(1)
		if window.Config().Language != "ko" {
			t.Errorf("the window has %+v", window.Config())
		}
		wantFollowed(1) // once is enough
		busy.Store(true)
		terminal.NotifyPeers()
		wantFollowed(1)
		busy.Store(false)
		wantFollowed(2)
		stop()
		<-ended
	})
}

func TestWhatChangedBeforeTheWatchBeganIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		window, terminal := open(t, dir), open(t, dir)
		if err := terminal.Update(t.Context(), func(c *Config) error { c.Language = "ko"; return nil }); err != nil {
			t.Fatal(err)
		}
		for run, want := range []int32{1, 0} { // the second time it is known
			var followed atomic.Int32
			ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
			window.WatchPeers(ctx, time.Second, func() bool { return false }, func() { followed.Add(1) })
			stop()
			if got := followed.Load(); got != want {
				t.Errorf("in run %d followed %d times, want %d", run, got, want)
			}
		}
	})
}

func TestWithoutAFolderThereIsNobodyToTell(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	log := &strings.Builder{}
	s := open(t, dir, func(o *Options) { o.Log = logTo(log) })
	s.NotifyPeers()
	if log.Len() != 0 {
		t.Errorf("logged: %s", log)
	}
	if err := os.MkdirAll(filepath.Join(dir, markerName, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.NotifyPeers()
	if !strings.Contains(log.String(), "notify") {
		t.Errorf("logged: %s", log)
	}
}

func TestAFileThatCannotBeReloadedIsLoggedAndThePeersAreFollowedAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		log := &strings.Builder{}
		window := open(t, dir, func(o *Options) { o.Log = logTo(log) })
		open(t, dir).NotifyPeers()
		follow := func() (followed int) {
			ctx, stop := context.WithTimeout(t.Context(), 1500*time.Millisecond)
			defer stop()
			window.WatchPeers(ctx, time.Second, func() bool { return false }, func() { followed++ })
			return followed
		}
		if got := follow(); got != 1 || strings.Contains(log.String(), "err=") {
			t.Errorf("followed %d times, logged %s", got, log)
		}
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte("broken"), 0o600); err != nil {
			t.Fatal(err)
		}
		open(t, t.TempDir()) // another user's is no peer
		if err := storage.WriteFile(filepath.Join(dir, markerName), []byte("somebody else")); err != nil {
			t.Fatal(err)
		}
		if got := follow(); got != 1 || !strings.Contains(log.String(), "err=") {
			t.Errorf("followed %d times, logged %s", got, log)
		}
	})
}
