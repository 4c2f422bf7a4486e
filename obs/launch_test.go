package obs_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/obs"
)

func TestLaunch(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for OBS is a shell script")
	}
	folder := filepath.Join(t.TempDir(), "bin", "64bit")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	program, said := filepath.Join(folder, "obs"), filepath.Join(folder, "said")
	script := "#!/bin/sh\necho \"$(pwd) $*\" > '" + said + ".new' && mv '" + said + ".new' '" + said + "'\n"
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := obs.Launch(t.Context(), obs.Finding{Program: program, Portable: true}); err != nil {
		t.Fatal(err)
	}
	var got []byte
	for deadline := time.Now().Add(5 * time.Second); len(got) == 0 && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		got, _ = os.ReadFile(said)
	}
	if want := folder + " --portable"; strings.TrimSpace(string(got)) != want {
		t.Errorf("started as %q, want %q", got, want)
	}
	if err := goleak.Find(lasting); err != nil {
		t.Errorf("the ended program is still waited for: %v", err)
	}
}

func TestLaunchThatCannotBe(t *testing.T) {
	wantKind(t, obs.Launch(t.Context(), obs.Finding{Reason: obs.NotInstalled}), obs.ErrUsage)
	absent := filepath.Join(t.TempDir(), "obs")
	wantKind(t, obs.Launch(t.Context(), obs.Finding{Program: absent}), obs.ErrUnreachable)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, obs.Launch(ended, obs.Finding{Program: absent}), context.Canceled)
}
