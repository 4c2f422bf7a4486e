package config

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/storage"
	"cuelight/providers"
)

func TestAConfigurationThatIsNotThereIsEmpty(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "none"))
	if c := s.Config(); len(c.Accounts) != 0 || c.Version != 1 {
		t.Errorf("got %+v", c)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Error("reading made files")
	}
}

func TestTheConfigurationComesBackAsItWasWritten(t *testing.T) {
	dir := t.TempDir()
	want := Config{
		Version: 1, Current: "내 계정", Language: "ko", Theme: "dark", OBS: OBS{Address: "[::1]:4455", Real: true},
		Accounts: []providers.Account{{Name: "내 계정", Platform: "soop", Settings: map[string]string{"client_id": "<a&b>"}, Channel: "c"}},
	}
	err := open(t, dir).Update(t.Context(), func(c *Config) error {
		*c = want
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Config(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("readable by others: %v", info.Mode())
	}
}

func TestABrokenConfigurationIsKeptAside(t *testing.T) {
	for _, c := range []struct{ name, content string }{
		{"half a file", `{"version": 1, "accounts": [`},
		{"empty", ""},
		{"another form", `{"accounts": "none"}`},
		{"no JSON", "\x00\x01\x02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, FileName)
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Open(t.Context(), options(dir))
			if s == nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { closed(t, s) })
			config := s.Config()
			var broken *BrokenError
			if !errors.As(err, &broken) || len(config.Accounts) != 0 || config.Version != 1 {
				t.Fatalf("got %+v, %v", config, err)
			}
			kept, err := os.ReadFile(broken.Kept)
			if err != nil || string(kept) != c.content {
				t.Errorf("kept %q, %v", kept, err)
			}
			if _, err := os.Stat(path); !os.IsNotExist(err) {
				t.Error("the broken file is still in its place")
			}
			open(t, dir) // the next start finds nothing wrong
		})
	}
}

func TestTwoBrokenConfigurationsAtTheSameSecondAreBothKept(t *testing.T) {
	dir := t.TempDir()
	var kept []string
	for _, content := range []string{"first", "second"} {
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), options(dir))
		var broken *BrokenError
		if !errors.As(err, &broken) {
			t.Fatal(err)
		}
		closed(t, s)
		kept = append(kept, broken.Kept)
	}
	for i, content := range []string{"first", "second"} {
		if data, err := os.ReadFile(kept[i]); err != nil || string(data) != content {
			t.Errorf("%s holds %q, %v", kept[i], data, err)
		}
	}
}

func TestUpdatesFromSeveralProcessesLoseNothing(t *testing.T) {
	dir := t.TempDir()
	const stores, each = 3, 8
	var work sync.WaitGroup
	for i := range stores {
		s := open(t, dir)
		for j := range each {
			work.Go(func() {
				err := s.Update(t.Context(), func(c *Config) error {
					c.Accounts = append(c.Accounts, providers.Account{Name: fmt.Sprintf("%d-%d", i, j)})
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	work.Wait()
	if c := open(t, dir).Config(); len(c.Accounts) != stores*each {
		t.Errorf("%d accounts of %d", len(c.Accounts), stores*each)
	}
}

func TestAChangeThatFailsWritesNothing(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.Update(t.Context(), func(c *Config) error { c.Language = "ko"; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(c *Config) error { c.Language = "en"; return errBad }); !errors.Is(err, errBad) {
		t.Error(err)
	}
	for _, s := range []*Store{s, open(t, dir)} {
		if c := s.Config(); c.Language != "ko" {
			t.Errorf("language is %q", c.Language)
		}
	}
}

func TestAnUpdateWaitsForTheLockOnlyAsLongAsItMay(t *testing.T) {
	dir := t.TempDir()
	unlock, err := storage.NewLocks(filepath.Join(dir, "locks")).Lock(t.Context(), "config")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := open(t, dir).Update(ctx, func(*Config) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestADiskThatRefusesLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.Update(t.Context(), func(c *Config) error { c.Language = "ko"; return nil }); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	// A target that cannot be replaced stands for every failure after the
	// temporary file is written.
	blocked := filepath.Join(dir, "blocked")
	if err := os.MkdirAll(filepath.Join(blocked, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := storage.WriteJSON(blocked, Config{}, storage.MaxJSON); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := storage.WriteJSON(filepath.Join(dir, FileName), func() {}, storage.MaxJSON); err == nil {
		t.Error("a value that is no JSON was written")
	}
	if err := storage.WriteJSON(filepath.Join(dir, "none", FileName), Config{}, storage.MaxJSON); err == nil {
		t.Error("a file was written into a folder that is not there")
	}
	after, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || string(after) != string(before) {
		t.Errorf("the old file became %q, %v", after, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.tmp"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestWhatALaterVersionWroteSurvivesAnUpdate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	const later = `{"version": 1, "accounts": [], "later": {"a": [1, 2]}, "language": "en"}`
	if err := os.WriteFile(path, []byte(later), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if err := s.Update(t.Context(), func(c *Config) error { c.Language = "ko"; return nil }); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got["language"] != "ko" {
		t.Errorf("language is %v", got["language"])
	}
	if fmt.Sprint(got["later"]) != "map[a:[1 2]]" {
		t.Errorf("a member this version does not know is lost: %s", data)
	}
}

func TestTheConfigurationIsMadeToBeReadByHand(t *testing.T) {
	dir := t.TempDir()
	err := open(t, dir).Update(t.Context(), func(c *Config) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n  \"version\": 1,\n", "\"accounts\": []", "}\n"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %q in %s", want, data)
		}
	}
}
