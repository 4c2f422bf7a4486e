//go:build linux

package endtoend

import (
	"image"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// Where the recent titles are in a window of the size it opens with, on its screen,
// while nothing in the form is changed.
var (
	recentSearch = image.Pt(580, 508)
	firstRecent  = image.Pt(520, 565)
)

// TestRecentTitlesThroughTheWindow is somebody whose titles the terminal has applied,
// and who uses one of them again in the window, then types a template.
func TestRecentTitlesThroughTheWindow(t *testing.T) {
	p, u, _ := startPlain(t)
	p.byNumber(t, u)
	u.do(t, "update", "--title", "Playing on", "--hashtags", "games")
	u.do(t, "update", "--title", "Singing", "--hashtags", "music")
	w := openWindow(t, u)
	w.settle(t)
	w.Screenshot(t, picture("window-20-recent"))

	w.Click(t, recentSearch)
	w.Type(t, "play")
	w.settle(t)
	w.Screenshot(t, picture("window-21-searched"))
	w.Click(t, firstRecent)
	w.settle(t)
	if got := p.state(t).Title; got != "Singing" {
		t.Errorf("a click alone has sent %q", got)
	}
	w.Screenshot(t, picture("window-22-filled"))
	w.Key(t, "ctrl+Return")
	waitFor(t, 20*time.Second, "the title that was used again", func() bool { return p.state(t).Title == "Playing on" })

	w.Click(t, titleField)
	w.Key(t, "ctrl+a")
	w.Type(t, "Part {episode} {{live}}")
	w.settle(t)
	w.Screenshot(t, picture("window-23-template"))
	w.Key(t, "ctrl+Return")
	waitFor(t, 20*time.Second, "the text of the template", func() bool { return p.state(t).Title == "Part 1 {live}" })

	before := w.Picture(t)
	u.do(t, "history", "star", "1") // a second process beside the window
	waitFor(t, 10*time.Second, "the star in the window", func() bool { return realparts.Changed(before, w.Picture(t)) > 20 })
	w.settle(t)
	w.Screenshot(t, picture("window-24-starred"))
	entries := u.do(t, "history", "--json").object(t)["history"].([]any)
	if len(entries) != 3 {
		t.Fatalf("remembered %v", entries)
	}
	for i, want := range []struct {
		title string
		uses  float64
		star  bool
	}{{"Part {episode} {{live}}", 1, false}, {"Playing on", 2, true}, {"Singing", 1, false}} {
		one := entries[i].(map[string]any)
		if one["title"] != want.title || one["uses"] != want.uses || one["favorite"] != want.star {
			t.Errorf("entry %d is %v", i, one)
		}
	}
	w.process.Interrupt()
}
