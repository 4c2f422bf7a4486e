//go:build linux

package realobs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/internal/realobs"
)

// running lists the processes that have the home folder in their environment.
func running(t *testing.T, home string) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(raw), "HOME="+home+"\x00") {
			out = append(out, filepath.Base(filepath.Dir(file)))
		}
	}
	return out
}

func TestNothingOfARealOBSIsLeftRunning(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	if n := len(running(t, o.Home)); n < 3 {
		t.Errorf("%d processes run, want OBS, the X server and the window manager", n)
	}
	first := o.Pid()
	if err := o.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if o.Pid() == first {
		t.Error("a restart is another process")
	}
	o.Stop()
	if left := running(t, o.Home); len(left) > 0 {
		t.Errorf("still running: %v", left)
	}
	if _, err := os.Stat(o.Home); !os.IsNotExist(err) {
		t.Errorf("the home folder is left: %v", err)
	}
}
