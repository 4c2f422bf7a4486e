package config

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/app/storage"
	"cuelight/providers"
)

// onDisk reads the configuration file as it is; of none it gives the zero value.
func onDisk(t testing.TB, dir string) (c Config) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	if errors.Is(err, os.ErrNotExist) {
		return c
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// held takes the lock of a file as another process would.
func held(t testing.TB, dir, lock string) (release func()) {
	t.Helper()
	unlock, err := storage.NewLocks(filepath.Join(dir, "locks")).Lock(t.Context(), lock)
	if err != nil {
		t.Fatal(err)
	}
	return unlock
}

func TestAChangeIsInMemoryAtOnceAndOnDiskSoonAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		s.Change(func(c *Config) { c.Theme = "dark" })
		s.Change(func(c *Config) { c.Language = "ko" })
		if c := s.Config(); c.Theme != "dark" || c.Language != "ko" {
			t.Errorf("in memory is %+v", c)
		}
		time.Sleep(SaveDelay - time.Millisecond)
		if c := onDisk(t, dir); c.Theme != "" {
			t.Errorf("written before the delay was over: %+v", c)
		}
		time.Sleep(2 * time.Millisecond)
		synctest.Wait()
		if c := onDisk(t, dir); c.Theme != "dark" || c.Language != "ko" {
			t.Errorf("on disk is %+v", c)
		}
	})
}

func TestTheDelayIsNotBegunAnewByEachChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		for range 10 { // typing that never pauses is saved all the same
			s.Change(func(c *Config) { c.Language += "x" })
			time.Sleep(SaveDelay / 4)
		}
		if got := len(onDisk(t, dir).Language); got < 4 {
			t.Errorf("%d of 10 changes are on disk", got)
		}
	})
}

func TestClosingSavesWhatIsNotOnDiskYet(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Change(func(c *Config) { c.Theme = "dark" })
	s.EditDraft("mine", "", providers.Patch{}, providers.Patch{Title: ptr("typed")})
	closed(t, s)
	closed(t, s) // again does nothing
	next := open(t, dir)
	if next.Config().Theme != "dark" || next.Draft("mine", "").Title == nil {
		t.Errorf("the next start has %+v, %+v", next.Config(), next.Draft("mine", ""))
	}
	s.Change(func(c *Config) { c.Theme = "light" })
	if err := s.Update(t.Context(), func(*Config) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
	if err := s.Reload(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}

func TestClosingWaitsForAHeldFileOnlyForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		release := held(t, dir, LockName)
		s.Change(func(c *Config) { c.Theme = "dark" })
		gone := make(chan error, 1)
		go func() { gone <- s.Update(t.Context(), func(*Config) error { return nil }) }()
		synctest.Wait()
		began := time.Now()
		if err := s.Close(); !errors.Is(err, ErrHeld) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(began); took < closeTimeout || took > closeTimeout+2*lockTimeout {
			t.Errorf("it took %v", took)
		}
		if err := <-gone; !errors.Is(err, ErrClosed) || !errors.Is(err, ErrHeld) {
			t.Errorf("who waited is told %v", err)
		}
		release()
	})
}

func TestChangesAreAppliedInTheOrderTheyWereMade(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Change(func(c *Config) { c.Language = "a" })
	if err := s.Update(t.Context(), func(c *Config) error { c.Language += "b"; return nil }); err != nil {
		t.Fatal(err)
	}
	s.Change(func(c *Config) { c.Language += "c" })
	if got := s.Config().Language; got != "abc" {
		t.Errorf("in memory is %q", got)
	}
	closed(t, s)
	if got := onDisk(t, dir).Language; got != "abc" {
		t.Errorf("on disk is %q", got)
	}
}

func TestAChangeGoesOnTopOfWhatAnotherProcessWroteMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		window, terminal := open(t, dir), open(t, dir)
		window.Change(func(c *Config) { c.Theme = "dark" })
		if err := terminal.Update(t.Context(), func(c *Config) error { c.Language = "ko"; return nil }); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * SaveDelay)
		synctest.Wait()
		if c := onDisk(t, dir); c.Theme != "dark" || c.Language != "ko" {
			t.Errorf("on disk is %+v", c)
		}
		if c := window.Config(); c.Theme != "dark" || c.Language != "ko" {
			t.Errorf("the window has %+v", c)
		}
	})
}

func TestAnUpdateIsJudgedByWhatIsOnDisk(t *testing.T) {
	dir := t.TempDir()
	window, terminal := open(t, dir), open(t, dir)
	if err := terminal.AddAccount(t.Context(), providers.Account{Name: "mine"}); err != nil {
		t.Fatal(err)
	}
	err := window.AddAccount(t.Context(), providers.Account{Name: "mine"}) // which the window has not seen
	var refused *providers.Error
	if !errors.As(err, &refused) || refused.Reason != "account.name_taken" {
		t.Errorf("got %v", err)
	}
	if got := window.Config(); len(got.Accounts) != 1 { // read all the same
		t.Errorf("the window has %+v", got)
	}
}

func TestARefusedUpdateTakesNoOtherChangeWithIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		s.Change(func(c *Config) { c.Theme = "dark" })
		if err := s.Update(t.Context(), func(c *Config) error { c.Theme = "light"; return errBad }); !errors.Is(err, errBad) {
			t.Errorf("got %v", err)
		}
		if c := onDisk(t, dir); c.Theme != "dark" {
			t.Errorf("on disk is %+v", c)
		}
	})
}

func TestAnUpdateThatIsNotWaitedForAnyMoreIsNotMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		release := held(t, dir, LockName)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		err := s.Update(ctx, func(c *Config) error { c.Theme = "dark"; return nil })
		if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ErrHeld) {
			t.Errorf("got %v", err)
		}
		release()
		s.Change(func(c *Config) { c.Language = "ko" })
		time.Sleep(time.Minute)
		if c := onDisk(t, dir); c.Theme != "" || c.Language != "ko" {
			t.Errorf("on disk is %+v", c)
		}
	})
}

func TestAnUpdateComesThroughAsSoonAsTheFileIsFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		release := held(t, dir, LockName)
		time.AfterFunc(5*lockTimeout/2, release)
		began := time.Now()
		if err := s.Update(t.Context(), func(c *Config) error { c.Theme = "dark"; return nil }); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 5*lockTimeout/2+100*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	})
}
