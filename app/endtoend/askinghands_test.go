//go:build linux

package endtoend

import (
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// A burst of clicks lasts for less than the second in which a button that has just
// changed takes no press.
const (
	burstClicks = 8
	burstDelay  = 100 * time.Millisecond
)

// setUpInABurst clicks on "set up OBS" again and again. The button changes to "go live"
// under the clicks: whether it did is read in what the program itself noted, and where
// this machine was too slow for that it is tried again.
func (w *window) setUpInABurst(t *testing.T, u *user, big image.Point) {
	t.Helper()
	for range 5 {
		before, started := len(u.ended(t, "setup")), len(u.ended(t, "start"))
		w.ClickBurst(t, big, burstClicks, burstDelay)
		last := time.Now()
		waitFor(t, 20*time.Second, "OBS to be set up", func() bool { return len(u.ended(t, "setup")) > before })
		after := last.Sub(u.ended(t, "setup")[before])
		time.Sleep(holdOff) // in which a start would be noted
		w.settle(t)
		wentOn := question(w.Picture(t), big) != (image.Point{}) || len(u.ended(t, "start")) > started
		switch {
		case wentOn && after < holdOff:
			t.Fatalf("clicks on setting OBS up went on to going live, the last one %v after the change", after)
		case after > 2*burstDelay && after < holdOff:
			return // two clicks at least met the changed button, and none a second later
		}
		t.Logf("the last click came %v after the change: once more", after)
		w.Key(t, "Escape")
		u.run(t, "--sandbox", "stop")
		u.do(t, "--sandbox", "restore")
		time.Sleep(12 * time.Second) // the window looks at OBS every ten seconds
	}
	t.Fatal("this machine is too slow for clicks within a second")
}

// taskEnded is how the program logs the end of a task, well or not.
var taskEnded = regexp.MustCompile(`(?m)^time=(\S+) level=\S+ msg="task (?:done|failed)" task=(\w+)`)

// ended gives when a task ended, by the program's own log.
func (u *user) ended(t *testing.T, task string) []time.Time {
	t.Helper()
	var all []time.Time
	err := filepath.WalkDir(u.config, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "cuelight.log" {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, match := range taskEnded.FindAllSubmatch(raw, -1) {
			if when, err := time.Parse(time.RFC3339Nano, string(match[1])); err == nil && string(match[2]) == task {
				all = append(all, when)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// unsentChanges asks to go live with a title that is typed and not sent. Escape and
// Enter leave everything as it is; going on sends it, and comes to the warnings.
func (w *window) unsentChanges(t *testing.T, u *user, big image.Point, streaming func() bool) {
	t.Helper()
	title := func() any { return at(u.do(t, "--sandbox", "status", "--json").object(t), "broadcast", "title") }
	before := title()
	w.Click(t, sandboxTitle)
	w.Key(t, "ctrl+a")
	w.Type(t, "Typed and not sent")
	w.settle(t)
	ask := func() (yes image.Point) {
		w.Click(t, big)
		waitFor(t, 20*time.Second, "the question about what is not sent", func() bool {
			yes = question(w.Picture(t), big)
			return yes != image.Point{}
		})
		w.read(t)
		return yes
	}
	for i, key := range []string{"Escape", "Return"} {
		yes := ask()
		w.Screenshot(t, picture("asking-2-unsent-"+string(rune('1'+i))))
		w.Key(t, key)
		w.settle(t)
		if question(w.Picture(t), big) != (image.Point{}) || streaming() || title() != before {
			t.Fatalf("%s does more than close the question at %v", key, yes)
		}
	}
	w.Click(t, ask())
	waitFor(t, 20*time.Second, "the title to be sent", func() bool { return title() == "Typed and not sent" })
	waitFor(t, 20*time.Second, "the question about warnings", func() bool {
		return question(w.Picture(t), big) != (image.Point{})
	})
	if streaming() {
		t.Fatal("went live before the warnings were answered")
	}
	w.read(t) // the big button has just changed as well
	w.Key(t, "Escape")
	w.settle(t)
}

// sandboxTitle is the title's field below the strip of the sandbox.
var sandboxTitle = image.Pt(490, 260)
