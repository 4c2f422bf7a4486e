package config

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/providers"
)

func TestTheObserverSeesEveryConfigurationInOrder(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Change(func(c *Config) { c.Language = "x" })
	var seen Config
	calls, inside := 0, atomic.Int32{}
	s.Observe(func(before, after Config) {
		if inside.Add(1) != 1 {
			t.Error("told by two at once")
		}
		defer inside.Add(-1)
		if calls++; calls == 1 {
			if before.Language != "" || after.Language != "x" {
				t.Errorf("begins with %+v, %+v", before, after)
			}
		} else if before.Language != seen.Language || len(after.Language) < len(before.Language) {
			t.Errorf("from %q to %q after %q", before.Language, after.Language, seen.Language)
		}
		seen = after
	}, nil)
	if calls != 1 {
		t.Fatalf("told %d times at the beginning", calls)
	}
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			for range 20 {
				s.Change(func(c *Config) { c.Language += "x" })
			}
		})
	}
	work.Wait()
	if len(seen.Language) != 161 {
		t.Errorf("last seen are %d changes of 161", len(seen.Language))
	}
}

func TestTheObserverKnowsBeforeTheChangeReturns(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	var mu sync.Mutex
	var seen Config
	var inside atomic.Int32
	s.Observe(func(_, after Config) {
		if inside.Add(1) != 1 {
			t.Error("told by two at once")
		}
		defer inside.Add(-1)
		time.Sleep(time.Millisecond) // so that others come meanwhile
		mu.Lock()
		defer mu.Unlock()
		seen = after
	}, nil)
	var work sync.WaitGroup
	for i := range 8 {
		work.Go(func() {
			for j := range 10 {
				name := fmt.Sprint(i, "-", j)
				if i > 0 {
					s.Change(func(c *Config) { c.Accounts = append(c.Accounts, providers.Account{Name: name}) })
				} else if err := s.AddAccount(t.Context(), providers.Account{Name: name}); err != nil {
					t.Error(err)
				}
				mu.Lock()
				_, ok := seen.Account(name)
				mu.Unlock()
				if !ok {
					t.Errorf("%s came back before it was told", name)
				}
			}
		})
	}
	work.Wait()
}

func TestReloadingTakesOverWhatOthersWrote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		window := open(t, dir)
		var seen Config
		var drafts []string
		window.Observe(func(_, after Config) { seen = after }, func(account, channel string, before, after providers.Patch) {
			drafts = append(drafts, account, channel, text(before.Title), text(after.Title))
		})
		window.EditDraft("mine", "room", providers.Patch{}, title("own"))
		time.Sleep(time.Second)
		if len(drafts) != 0 {
			t.Errorf("told of its own draft: %q", drafts)
		}
		terminal := open(t, dir)
		terminal.EditDraft("mine", "room", title("own"), title("theirs"))
		terminal.Change(func(c *Config) { c.Language = "ko" })
		closed(t, terminal)
		window.Change(func(c *Config) { c.Theme = "dark" }) // waits still
		if err := window.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		if seen.Language != "ko" || seen.Theme != "dark" {
			t.Errorf("seen is %+v", seen)
		}
		if got := fmt.Sprint(drafts); got != "[mine room own theirs]" {
			t.Errorf("told of the drafts %s", got)
		}
	})
}

func TestReloadingLeavesABrokenFileToTheNextSave(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Change(func(c *Config) { c.Theme = "dark" })
	path := filepath.Join(dir, FileName)
	if err := os.WriteFile(path, []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Reload(t.Context()); err == nil {
		t.Error("a broken file was read")
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "broken" || s.Config().Theme != "dark" {
		t.Errorf("there is %q, %v, and %+v", data, err, s.Config())
	}
}

func TestReloadingWaitsOnlyAsLongAsItMay(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	release := held(t, dir, LockName)
	defer release()
	s.Change(func(c *Config) { c.Theme = "dark" })
	for range 100 { // the goroutine may well be quicker
		if err := s.Reload(ctx); err != nil {
			return
		}
	}
	t.Error("a reload that nobody waits for never ended")
}

func TestAConfigurationReadBeforeAChangeIsNeverTakenOverAfterIt(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for _, name := range []string{"mine", "other"} {
		if err := s.AddAccount(t.Context(), providers.Account{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	var shown Config
	s.Observe(func(_, after Config) { shown = after }, nil)
	for i := range 100 {
		name := []string{"mine", "other"}[i%2]
		var work sync.WaitGroup
		work.Go(func() { _ = s.Reload(t.Context()) })
		work.Go(func() { _ = s.UseAccount(t.Context(), name) })
		work.Wait()
		if disk := onDisk(t, dir).Current; s.Config().Current != disk || shown.Current != disk || disk != name {
			t.Fatalf("round %d: %q on disk, %q in memory, %q shown", i, disk, s.Config().Current, shown.Current)
		}
	}
}
