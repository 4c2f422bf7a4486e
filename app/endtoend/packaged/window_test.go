//go:build linux

package packaged

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shotVariable names a file to which the picture of the window is written, for the
// one who remakes the picture that it is compared with.
const shotVariable = "CUELIGHT_WINDOW_SHOT"

// differs is how much of its full range each point of the window may differ from
// the picture, as a root mean square: Wine and Mesa round otherwise from release
// to release. Another language, no letters or no window is more than this.
const differs = 0.03

// checkWindow opens the window as a double click does, looks at its Korean text,
// and starts the program once more, by itself and from the terminal: there stays one.
func checkWindow(t *testing.T, w *windows) {
	exe := installed + `\cuelight.exe`
	window := w.command(t.Context(), "wine", exe, "--sandbox", "--lang", "ko")
	window.Stdout, window.Stderr = io.Discard, io.Discard
	if err := window.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = window.Wait(); close(ended) }()
	defer func() {
		w.run(t, "", "wine", "taskkill", "/f", "/im", "cuelight.exe")
		_ = window.Process.Kill()
		<-ended
	}()
	waitFor(t, 60*time.Second, "the window", func() bool { return len(w.shown(t)) == 1 })
	id := w.shown(t)[0]
	golden, err := filepath.Abs("testdata/window-ko.png")
	if err != nil {
		t.Fatal(err)
	}
	shot := filepath.Join(t.TempDir(), "window.png")
	difference := 1.0
	for end := time.Now().Add(30 * time.Second); difference > differs && time.Now().Before(end); time.Sleep(time.Second) {
		w.picture(t, id, shot)
		difference = compare(t, shot, golden)
	}
	if keep := os.Getenv(shotVariable); keep != "" {
		copyFile(t, shot, keep)
	}
	if difference > differs {
		t.Errorf("the window differs from %s by %.3f; make test-packages %s=FILE keeps what it looks like", golden, difference, shotVariable)
	}
	for _, again := range [][]string{{"wine", exe, "--sandbox"}, {"wine", installed + `\cuelight.com`, "--sandbox"}} {
		if o := w.run(t, "", again...); o.code != 0 {
			t.Errorf("%q beside the window ended with %d and said %q", again, o.code, o.errors)
		}
	}
	if got := w.shown(t); len(got) != 1 || got[0] != id {
		t.Errorf("%d windows after further starts", len(got))
	}
}

// shown gives the windows of Cuelight that are visible.
func (w *windows) shown(t *testing.T) []string {
	t.Helper()
	return strings.Fields(w.run(t, "", "xdotool", "search", "--onlyvisible", "--name", "^Cuelight").out)
}

// picture writes what a window shows.
func (w *windows) picture(t *testing.T, id, file string) {
	t.Helper()
	w.run(t, "", "xdotool", "mousemove", "1270", "890")
	w.mustRun(t, "import", "-window", id, "/tmp/home/shot.png")
	copyFile(t, filepath.Join(w.root, "tmp/home/shot.png"), file)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// compare gives how much two pictures differ, from 0 to 1; 1 also where they are
// not of one size.
func compare(t *testing.T, a, b string) float64 {
	t.Helper()
	out, err := exec.Command("compare", "-metric", "RMSE", a, b, "null:").CombinedOutput()
	_, in, found := strings.Cut(string(out), "(")
	number, err2 := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(in), ")"), 64)
	if !found || err2 != nil {
		t.Logf("compare: %v %s", err, out)
		return 1
	}
	return number
}

// checkLink opens a link with the command that is registered for it, as Windows does
// for a page: the window of the real accounts comes, and a second link goes to the
// same. Wine's own search for that command does not look at a user's registrations.
func checkLink(t *testing.T, w *windows) {
	registered := w.registry(t, protocolKey+`\shell\open\command`)
	parts := strings.Split(registered, `"`)
	if len(parts) < 5 || parts[3] != "%1" {
		t.Fatalf("registered is %s", registered)
	}
	open := []string{"wine", parts[1], "cuelight://title?text=%EC%95%88%EB%85%95"}
	first := w.command(t.Context(), open...)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		w.run(t, "", "wine", "taskkill", "/f", "/im", "cuelight.exe")
		_ = first.Process.Kill()
		_ = first.Wait()
	}()
	waitFor(t, 60*time.Second, "the window that a link opens", func() bool { return len(w.shown(t)) == 1 })
	if o := w.run(t, "", open...); o.code != 0 {
		t.Errorf("a second link ended with %d and said %q", o.code, o.errors)
	}
	if got := w.shown(t); len(got) != 1 {
		t.Errorf("%d windows after a second link", len(got))
	}
}
