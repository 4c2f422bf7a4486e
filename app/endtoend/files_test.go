//go:build linux

package endtoend

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ownFiles are files of Cuelight's, the member that is their list, and a command
// that reads them.
var ownFiles = []struct {
	name, list string
	verb       []string
}{
	{"config.json", "accounts", []string{"account", "list"}},
	{"drafts.json", "drafts", []string{"status"}},
	{"history.json", "entries", []string{"history", "list"}},
	{"presets.json", "presets", []string{"preset", "list"}},
	{"rules.json", "rules", []string{"rule", "list"}},
	{"obs-targets.json", "targets", []string{"status"}},
	{"imported.json", "presets", []string{"preset", "import", "imported.json"}},
}

// runIn runs the program in a folder with that configuration folder, for not much
// longer than it gives itself.
func runIn(t *testing.T, dir string, args ...string) (out string, usage *syscall.Rusage) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, program, append([]string{"--config", dir, "--lang", "en", "--timeout", "5s", "--obs", "127.0.0.1:1"}, args...)...)
	c.Dir = dir
	c.Env = append(c.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	printed, err := c.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("%q hung: %v: %.300s", args, err, printed)
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("the system does not tell how much memory a process took")
	}
	return string(printed), usage
}

// A configuration of 300,000 accounts took 338 MB.
func TestNoFileInPlaceOfOneOfOursFillsTheMemory(t *testing.T) {
	const maxMemory = 150 << 10 // kilobytes, as the system counts
	for _, file := range ownFiles {
		for name, write := range map[string]func(*bufio.Writer){
			"objects":     listOf(file.list, "{}", 9_000_000),
			"few objects": listOf(file.list, "{}", 26_000),
			"numbers":     listOf(file.list, "0", 200_000),
			"nothing":     listOf(file.list, "null", 209_000),
			"texts":       listOf(file.list, `""`, 209_000),
		} {
			t.Run(file.name+": "+name, func(t *testing.T) {
				dir := t.TempDir()
				fill(t, filepath.Join(dir, file.name), write)
				out, usage := runIn(t, dir, file.verb...)
				t.Logf("%d MB", usage.Maxrss>>10)
				if usage.Maxrss > maxMemory {
					t.Errorf("took %d MB: %.300s", usage.Maxrss>>10, out)
				}
				kept, _ := filepath.Glob(filepath.Join(dir, file.name+"*"))
				if len(kept) == 0 {
					t.Error("what was there is gone")
				}
			})
		}
		t.Run(file.name+": zeros", func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, file.name)
			fill(t, path, func(*bufio.Writer) {})
			if err := os.Truncate(path, 1<<30); err != nil {
				t.Fatal(err)
			}
			if out, usage := runIn(t, dir, file.verb...); usage.Maxrss > maxMemory {
				t.Errorf("took %d MB: %.300s", usage.Maxrss>>10, out)
			}
		})
	}
}

// listOf writes a document with one list of n same elements, piece by piece: what
// the parent has in memory counts for the child.
func listOf(list, element string, n int) func(*bufio.Writer) {
	return func(w *bufio.Writer) {
		_, _ = w.WriteString(`{"` + list + `":[`)
		for range n - 1 {
			_, _ = w.WriteString(element + ",")
		}
		_, _ = w.WriteString(element + "]}")
	}
}

func fill(t *testing.T, path string, write func(*bufio.Writer)) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(file)
	write(w)
	if err := errors.Join(w.Flush(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// Opening a pipe waits for its other end, and no deadline ends that. The files that
// Cuelight makes are found rather than listed.
func TestAPipeInPlaceOfAnyFileHangsNoCommand(t *testing.T) {
	for _, verbs := range [][]string{{"history", "list"}, {"--sandbox", "live"}} {
		first := t.TempDir()
		for _, file := range ownFiles {
			runIn(t, first, append(append([]string{}, verbs[:len(verbs)-1]...), file.verb...)...)
		}
		runIn(t, first, verbs...)
		made := []string{"config.json", "history.json", "presets.json", "rules.json", "obs-targets.json", "drafts.json", "changed"}
		_ = filepath.WalkDir(first, func(path string, d fs.DirEntry, err error) error {
			if name, relErr := filepath.Rel(first, path); err == nil && relErr == nil && d.Type().IsRegular() {
				made = append(made, name)
			}
			return err
		})
		for _, name := range made {
			t.Run(strings.Join(verbs, " ")+": "+name, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(first)); err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(dir, name)
				_ = os.Remove(path) // not all are there
				if err := syscall.Mkfifo(path, 0o600); err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				out, _ := runIn(t, dir, verbs...)
				if took := time.Since(began); took > 15*time.Second {
					t.Errorf("took %v: %.300s", took, out)
				}
			})
		}
	}
}

// What lies in the way is named, with what to do about it.
func TestAFolderInPlaceOfTheConfigurationIsToldWithItsCure(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "config.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	out, _ := runIn(t, dir, "account", "list")
	if !strings.Contains(out, filepath.Join(dir, "config.json")) || !strings.Contains(out, "Move it elsewhere") {
		t.Errorf("told %q", out)
	}
}
