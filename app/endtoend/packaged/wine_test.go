//go:build linux

package packaged

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What .ci/scripts/test-packages.sh tells: the root with Wine, whose /tmp is empty,
// and the folder in it where the packages are.
const (
	rootVariable  = "CUELIGHT_WINE_ROOT"
	packageFolder = "/mnt/packages"
)

// user is the name of the Windows user: that of the one who runs Wine.
const user = "root"

// windows is a Windows of its own, made by Wine in a Debian root.
type windows struct {
	root    string
	display string
}

// newWindows starts one; it ends with the test.
func newWindows(t *testing.T) *windows {
	t.Helper()
	root := os.Getenv(rootVariable)
	if root == "" {
		t.Skip("make test-packages tries the packages")
	}
	w := &windows{root: root}
	w.mustRun(t, "mkdir", "-p", "/tmp/home", "/tmp/.X11-unix")
	w.startScreen(t)
	w.mustRun(t, "wine", "wineboot", "-i")
	w.mustRun(t, "wineserver", "-w")
	t.Cleanup(func() { _ = w.command(context.Background(), "wineserver", "-k").Run() })
	return w
}

// startScreen starts an X server on a display that the server itself picks, and a
// window manager.
func (w *windows) startScreen(t *testing.T) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	start := func(cmd *exec.Cmd) {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	}
	server := w.command(context.Background(), "Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	start(server)
	_ = write.Close()
	_ = read.SetReadDeadline(time.Now().Add(30 * time.Second))
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("the display: %v", err)
	}
	w.display = ":" + strings.TrimSpace(number)
	start(w.command(context.Background(), "openbox", "--sm-disable"))
}

func (w *windows) command(ctx context.Context, args ...string) *exec.Cmd {
	env := []string{
		w.root, "/usr/bin/env", "-i", "PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/tmp/home", "WINEPREFIX=/tmp/home/wine",
		"WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=", "DISPLAY=" + w.display, "LC_ALL=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1",
	}
	return exec.CommandContext(ctx, "chroot", append(env, args...)...)
}

// outcome is how a program ended and what it printed.
type outcome struct {
	code        int
	out, errors string
}

// run runs a command, with some standard input.
func (w *windows) run(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	cmd := w.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	cmd.WaitDelay = time.Second // a window that was started has the same output
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatalf("%q: %v", args, err)
	}
	clean := strings.NewReplacer("\r\n", "\n")
	return outcome{cmd.ProcessState.ExitCode(), clean.Replace(out.String()), clean.Replace(errs.String())}
}

func (w *windows) mustRun(t *testing.T, args ...string) string {
	t.Helper()
	o := w.run(t, "", args...)
	if o.code != 0 {
		t.Fatalf("%q ended with %d\n%s%s", args, o.code, o.out, o.errors)
	}
	return o.out
}

// registry gives what the registry has below a key; empty where there is no such.
func (w *windows) registry(t *testing.T, key string) string {
	t.Helper()
	o := w.run(t, "", "wine", "reg", "query", key, "/s")
	if o.code != 0 {
		return ""
	}
	return o.out
}

// path gives a place of drive C: as this machine knows it.
func (w *windows) path(elements ...string) string {
	return filepath.Join(append([]string{w.root, "tmp/home/wine/drive_c"}, elements...)...)
}

// files lists what is on drive C:, but for what Windows itself keeps.
func (w *windows) files(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(w.path(), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && (path == w.path("windows") || entry.Name() == "Temp"):
			return fs.SkipDir
		}
		found = append(found, strings.TrimPrefix(path, w.path()))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

func (w *windows) write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func waitFor(t *testing.T, limit time.Duration, what string, there func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !there(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited %v for %s", limit, what)
		}
	}
}
