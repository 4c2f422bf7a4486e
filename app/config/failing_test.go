package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// reports are the failures that a Store told of.
type reports struct {
	mu    sync.Mutex // guards all below
	files []string
	errs  []error
}

func (r *reports) observe(o *Options) {
	o.Unsaved = func(file string, err error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.files, r.errs = append(r.files, file), append(r.errs, err)
	}
}

func (r *reports) of() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.files)
}

func (r *reports) last() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.errs[len(r.errs)-1]
}

// failing makes a Store whose configuration cannot be written until the folder
// that it gives is made: the file is a link into it.
func failing(t *testing.T) (s *Store, told *reports, dir, missing string) {
	t.Helper()
	dir = t.TempDir()
	missing = filepath.Join(dir, "missing")
	for _, name := range []string{FileName, DraftsFileName} {
		if err := os.Symlink(filepath.Join(missing, name), filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	told = &reports{}
	return open(t, dir, told.observe), told, dir, missing
}

func TestASaveThatFailsIsToldOnceTriedAgainAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, told, dir, missing := failing(t)
		s.Change(func(c *Config) { c.Theme = "dark" })
		time.Sleep(SaveDelay + time.Millisecond)
		synctest.Wait()
		if got := told.of(); !slices.Equal(got, []string{FileName}) {
			t.Fatalf("told of %v", got)
		}
		s.Change(func(c *Config) { c.Language = "ko" })
		time.Sleep(10 * retryLongest)
		synctest.Wait()
		if c := s.Config(); c.Theme != "dark" || c.Language != "ko" || len(told.of()) != 1 {
			t.Errorf("in memory is %+v, told of %v", c, told.of())
		}
		if err := s.Update(t.Context(), func(c *Config) error { c.Theme = "light"; return nil }); err == nil {
			t.Error("an update that could not be saved is said to be")
		}
		if c := s.Config(); c.Theme != "dark" {
			t.Errorf("the update that failed is in memory: %+v", c)
		}
		if err := os.Mkdir(missing, 0o700); err != nil {
			t.Fatal(err)
		}
		time.Sleep(retryLongest + time.Millisecond)
		synctest.Wait()
		if c := onDisk(t, dir); c.Theme != "dark" || c.Language != "ko" {
			t.Errorf("on disk is %+v", c)
		}
		// It could be saved meanwhile: the next failure is news again.
		if err := os.RemoveAll(missing); err != nil {
			t.Fatal(err)
		}
		s.Change(func(c *Config) { c.Theme = "light" })
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := told.of(); len(got) != 2 {
			t.Errorf("told of %v", got)
		}
		if err := os.Mkdir(missing, 0o700); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAChangeMadeWhileASaveFailsComesAfterTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, dir, missing := failing(t)
		var calls atomic.Int32
		s.Change(func(c *Config) {
			c.Language += "a"
			if calls.Add(1) == 2 { // the first attempt to save, which fails
				s.Change(func(c *Config) { c.Language += "b" })
			}
		})
		time.Sleep(SaveDelay + time.Millisecond)
		synctest.Wait()
		if got := s.Config().Language; got != "ab" {
			t.Errorf("in memory is %q", got)
		}
		if err := os.Mkdir(missing, 0o700); err != nil {
			t.Fatal(err)
		}
		time.Sleep(retryLongest)
		synctest.Wait()
		if got := onDisk(t, dir).Language; got != "ab" {
			t.Errorf("on disk is %q", got)
		}
	})
}

func TestARetryComesSoonAndThenLessAndLessOften(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, dir, missing := failing(t)
		var tries atomic.Int64
		s.Change(func(c *Config) { tries.Add(1); c.Theme = "dark" })
		inMemory := tries.Load()
		at := func(after time.Duration) int64 {
			time.Sleep(after)
			synctest.Wait()
			return tries.Load() - inMemory
		}
		if got := at(SaveDelay + time.Millisecond); got != 1 {
			t.Errorf("%d tries at the beginning", got)
		}
		if got := at(retryFirst); got != 2 {
			t.Errorf("%d tries after the first pause", got)
		}
		if got := at(retryFirst); got != 2 {
			t.Errorf("%d tries in the middle of the second pause", got)
		}
		if got := at(retryFirst); got != 3 {
			t.Errorf("%d tries after the second pause", got)
		}
		before := at(10 * retryLongest)
		if got := at(10*retryLongest) - before; got < 9 || got > 11 {
			t.Errorf("%d tries in ten of the longest pauses", got)
		}
		if err := os.Mkdir(missing, 0o700); err != nil {
			t.Fatal(err)
		}
		closed(t, s)
		if onDisk(t, dir).Theme != "dark" {
			t.Error("not saved at the end")
		}
	})
}

func TestAFileThatIsHeldForLongIsToldAndThatItIsHeldForAMomentIsNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		told := &reports{}
		s := open(t, dir, told.observe)
		release := held(t, dir, LockName)
		s.Change(func(c *Config) { c.Theme = "dark" })
		time.Sleep(heldTimeout - time.Second)
		synctest.Wait()
		if got := told.of(); len(got) != 0 {
			t.Errorf("told after a moment: %v", got)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := told.of(); len(got) != 1 || !errors.Is(told.last(), ErrHeld) {
			t.Errorf("told of %v, %v", got, told.last())
		}
		release()
		time.Sleep(time.Minute)
		synctest.Wait()
		if onDisk(t, dir).Theme != "dark" {
			t.Error("not saved when the file was free")
		}
	})
}

func TestWhatChangesNothingIsNotWritten(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	mine := "{\"version\": 1,   \"accounts\": [], \"obs\": {}, \"theme\": \"dark\"}"
	if err := os.WriteFile(path, []byte(mine), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if err := s.Update(t.Context(), func(c *Config) error { c.Theme = "dark"; return nil }); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != mine {
		t.Errorf("the file became %q, %v", data, err)
	}
	if s.marker() != "" {
		t.Error("others are told of nothing")
	}
}

func TestAFolderThatCannotBeMadeIsAnError(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := options(filepath.Join(dir, "folder"))
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.Dir, nil, 0o600); err != nil { // a file stands where the folder should be
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(*Config) error { return nil }); err == nil || !strings.Contains(err.Error(), "configuration folder") {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(o.Dir); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
}

func TestALockThatCannotBeHadAtAllIsAnErrorAtOnce(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "locks"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := s.Update(t.Context(), func(*Config) error { return nil })
	if err == nil || errors.Is(err, ErrHeld) {
		t.Errorf("got %v", err)
	}
}

func TestAConfigurationThatCannotBeReadIsAnErrorAndNotBroken(t *testing.T) {
	for _, name := range []string{FileName, DraftsFileName} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), options(dir))
		var broken *BrokenError
		if s != nil || err == nil || errors.As(err, &broken) {
			t.Errorf("%s: got %v, %v", name, s, err)
		}
	}
}

func TestAConfigurationThatBecomesUnreadableIsNotWrittenOver(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	path := filepath.Join(dir, FileName)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(*Config) error { return nil }); err == nil {
		t.Error("written where a folder stands")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
