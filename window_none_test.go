//go:build nowindow

package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheTerminalFormFindsTheWindowBesideIt(t *testing.T) {
	self := filepath.Join(t.TempDir(), "cuelight.com")
	executable := func() (string, error) { return self, nil }
	if got := windowProgram("windows", executable); got != "" {
		t.Errorf("found %q where there is none", got)
	}
	exe := filepath.Join(filepath.Dir(self), "cuelight.exe")
	if err := os.WriteFile(exe, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := windowProgram("windows", executable); got != exe {
		t.Errorf("found %q", got)
	}
	if got := windowProgram("linux", executable); got != "" {
		t.Errorf("found %q where no program is called so", got)
	}
}
