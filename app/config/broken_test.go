package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"cuelight/providers"
)

func TestTheVersionOfALaterConfigurationStays(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(`{"version": 3, "accounts": [], "new": true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	err := s.Update(t.Context(), func(c *Config) error { c.Language = "ko"; return nil })
	if c := s.Config(); err != nil || c.Version != 3 {
		t.Errorf("version %d, %v", c.Version, err)
	}
	if c := open(t, dir).Config(); c.Version != 3 || c.Language != "ko" {
		t.Errorf("read back %+v", c)
	}
}

func TestABrokenConfigurationIsMovedByOneOfManyProcesses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	var told, good sync.Map
	var work sync.WaitGroup
	for i := range 8 {
		work.Go(func() {
			s, err := Open(t.Context(), options(dir))
			var broken *BrokenError
			switch {
			case errors.As(err, &broken):
				told.Store(broken.Kept, true)
			case err != nil:
				t.Error(err)
				return
			}
			defer closed(t, s)
			if err := s.Update(t.Context(), func(c *Config) error {
				c.Accounts = append(c.Accounts, providers.Account{Name: fmt.Sprint(i)})
				return nil
			}); err != nil {
				t.Error(err)
			}
			good.Store(i, true)
		})
	}
	work.Wait()
	count := func(m *sync.Map) (n int) { m.Range(func(_, _ any) bool { n++; return true }); return n }
	if count(&told) != 1 || count(&good) != 8 {
		t.Errorf("kept aside %d times", count(&told))
	}
	if c := open(t, dir).Config(); len(c.Accounts) != 8 {
		t.Errorf("%d of 8 changes are left", len(c.Accounts))
	}
}

func TestBrokenDraftsAreToldAndKeptAside(t *testing.T) {
	for _, content := range []string{`{"mine": {"Title": "cut of`, `[]`, "", `{"mine": {"Title": 7}}`, `{"mine": 7}`} {
		dir := t.TempDir()
		path := filepath.Join(dir, DraftsFileName)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var told []string
		s := open(t, dir, func(o *Options) {
			o.Broken = func(file string, err *BrokenError) { told = append(told, file, err.Kept) }
		})
		if len(told) != 2 || told[0] != DraftsFileName {
			t.Fatalf("%q: told %v", content, told)
		}
		if data, err := os.ReadFile(told[1]); err != nil || string(data) != content {
			t.Errorf("kept %q, %v", data, err)
		}
		if got := s.Draft("mine", ""); !got.Empty() {
			t.Errorf("%q: got %+v", content, got)
		}
	}
}
