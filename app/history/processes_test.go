package history

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
)

// childEnv holds, in the environment of a child of these tests, its folder, its name
// and how many titles it applies.
const childEnv = "CUELIGHT_TEST_HISTORY"

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		child(job)
		return
	}
	os.Exit(m.Run())
}

// child remembers titles and tells each once it is kept.
func child(job string) {
	var dir, name string
	var count int
	if _, err := fmt.Sscanf(job, "%q %q %d", &dir, &name, &count); err != nil {
		panic(err)
	}
	h := New(Options{
		Dir: dir, Locks: storage.NewLocks(filepath.Join(dir, "locks")), Now: time.Now, Emit: func(...state.Event) {},
		Broken: func(string, error) { fmt.Println("broken") }, Changed: func() {},
	})
	for i := range count {
		title := fmt.Sprintf("%s-%d", name, i)
		if err := h.Remember(context.Background(), titled(title, i)); err != nil {
			panic(err)
		}
		fmt.Println(title)
	}
}

func begin(t *testing.T, dir, name string, count int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childEnv+fmt.Sprintf("=%q %q %d", dir, name, count))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

func shownIn(t *testing.T, dir string) []string {
	t.Helper()
	r := open(t, dir)
	if err := r.Reload(t.Context()); err != nil || r.kept != "" {
		t.Fatalf("the file was kept aside as %q, %v", r.kept, err)
	}
	return r.titles()
}

func TestTwoProcessesAtOnceLoseNothing(t *testing.T) {
	dir := t.TempDir()
	const each = 60
	var children []*exec.Cmd
	for _, name := range []string{"a", "b"} {
		cmd, out := begin(t, dir, name, each)
		children = append(children, cmd)
		go func() {
			for out.Scan() {
				if out.Text() == "broken" {
					t.Error("one process met a broken file")
				}
			}
		}()
	}
	for _, cmd := range children {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	shown := shownIn(t, dir)
	for _, name := range []string{"a", "b"} {
		for i := range each {
			if title := fmt.Sprintf("%s-%d", name, i); !slices.Contains(shown, title) {
				t.Errorf("%s is lost", title)
			}
		}
	}
}

// Wherever a process is killed, what it had kept before is there.
func TestAKilledProcessLosesNothingItHadKept(t *testing.T) {
	dir := t.TempDir()
	var kept []string
	for round := range 8 {
		cmd, out := begin(t, dir, fmt.Sprint("round", round), 1000)
		for n := 0; n <= round && out.Scan(); n++ {
			kept = append(kept, out.Text())
		}
		time.Sleep(time.Duration(round) * 700 * time.Microsecond) // in the middle of the next ones
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for out.Scan() {
			kept = append(kept, out.Text())
		}
		_ = cmd.Wait() // killed
		if shown := shownIn(t, dir); len(shown) < min(len(kept), Kept) {
			t.Fatalf("%d of %d are there", len(shown), len(kept))
		}
	}
	shown := shownIn(t, dir)
	for _, title := range kept[max(0, len(kept)-Kept+10):] {
		if !strings.HasPrefix(title, "round") || !slices.Contains(shown, title) {
			t.Errorf("%q is lost", title)
		}
	}
}
