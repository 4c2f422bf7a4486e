package app

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"cuelight/app/config"
	"cuelight/providers"
)

func TestAFullDiskIsToldAndLosesNothing(t *testing.T) {
	s := newStudio(t)
	// A disk of its own, so small that it can be filled. Only root may mount it.
	if err := syscall.Mount("tmpfs", s.dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(s.dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	e := ready(t, s)
	e.Broadcast.Draft(providers.Patch{Title: ptr("typed while there was room")})
	saved(t, e)
	before, err := os.ReadFile(filepath.Join(s.dir, config.FileName))
	if err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(s.dir, "filler")
	fill(t, filler)

	err = e.UseLanguage(t)
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v", err)
	}
	wantTold(t, err)
	e.Broadcast.Draft(providers.Patch{Title: ptr("typed without room")})
	if got := e.State().Broadcast.Draft; got.Title == nil || *got.Title != "typed without room" {
		t.Errorf("what was typed is gone: %+v", got)
	}
	if after, err := os.ReadFile(filepath.Join(s.dir, config.FileName)); err != nil || string(after) != string(before) {
		t.Errorf("the configuration became %q, %v", after, err)
	}
	if draft := onDisk(t, e).Draft("mine", ""); draft.Title == nil || *draft.Title != "typed while there was room" {
		t.Errorf("the drafts on disk became %+v", draft)
	}
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Errorf("going live without room for a log: %v", err)
	}
	if err := e.Support.WriteBundle(filepath.Join(s.dir, "bundle.zip"), nil, nil); err == nil {
		t.Error("a bundle was written where there is no room")
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if err := e.UseLanguage(t); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, "*.tmp")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// UseLanguage changes the configuration in a small way.
func (e *Engine) UseLanguage(t *testing.T) error {
	return e.config.Update(t.Context(), func(c *config.Config) error { c.Language = "ko"; return nil })
}

func fill(t *testing.T, name string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	block := make([]byte, 4096)
	for err == nil {
		_, err = file.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
}
