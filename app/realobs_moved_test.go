//go:build linux

package app

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuelight/app/destination"
	"cuelight/internal/realobs"
)

// A user renames a profile of a real OBS after its set-up, and gives OBS's websocket
// another port: what Cuelight keeps is kept under the old name and address.
func TestRealOBSRenamedAndAtAnotherPortGetsBackItsOwn(t *testing.T) {
	o := newRealProfiles(t)
	s := newSharedStudio(t)
	if _, err := s.signedIn(withRealOBS(o.OBS)).Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := o.Quit(20 * time.Second); err != nil {
		t.Fatal(err)
	}
	renameProfile(t, o.Home, "AA", "Evening")
	again := realobs.ForTest(t, realobs.Options{Home: o.Home, Display: o.Display})
	user := again.Connect(t)
	user.SwitchProfile("Evening") // OBS 29 starts with another one where only the profile was renamed
	terminal := s.open(withRealOBS(again))
	err := terminal.Stream.Restore(t.Context(), false, nil)
	moved, ok := errors.AsType[*destination.MovedError](err)
	if !ok || len(moved.Origins) != 1 || moved.Origins[0].Profile != "AA" || moved.Origins[0].Earlier != "rtmp://AA.example/live" {
		t.Fatalf("got %v", err)
	}
	if err := terminal.Stream.RestoreFrom(t.Context(), moved.Origins[0], false, nil); err != nil {
		t.Fatal(err)
	}
	typ, settings := user.Service()
	if typ != "rtmp_custom" || !maps.Equal(withoutEmpty(settings), withoutEmpty(o.own["AA"])) {
		t.Errorf("the profile holds %s %v", typ, settings["server"])
	}
}

// renameProfile does to OBS's files what its "Rename" does: the name stands in the
// profile's own file, and in OBS's as the one in use.
func renameProfile(t *testing.T, home, from, to string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(home, ".config", "obs-studio", "basic", "profiles", "*", "basic.ini"))
	for _, name := range []string{"global.ini", "user.ini"} {
		files = append(files, filepath.Join(home, ".config", "obs-studio", name))
	}
	renamed := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(raw), "\n")
		for i, line := range lines {
			switch strings.TrimRight(line, "\r") {
			case "Name=" + from:
				lines[i] = "Name=" + to
				renamed++
			case "Profile=" + from:
				lines[i] = "Profile=" + to
			}
		}
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if renamed != 1 {
		t.Fatalf("%d profiles are called %s", renamed, from)
	}
}
