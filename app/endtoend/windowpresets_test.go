//go:build linux

package endtoend

import (
	"image"
	"testing"
	"time"
)

// Where the first preset is in a window of the size it opens with, on its screen, and
// where the way back stands in the message that a rule has acted.
var (
	firstPreset = image.Pt(280, 516)
	ruleUndo    = image.Pt(700, 713)
)

// TestRealPresetsAndRulesThroughTheWindow is somebody on air whose title changes with
// one press, with one key, and with the scene that a stream deck switches OBS to.
func TestRealPresetsAndRulesThroughTheWindow(t *testing.T) {
	s := startStudio(t)
	p, u := s.platform, s.user
	for _, scene := range []string{"Game", "Break"} {
		s.behind.Request(t, "CreateScene", map[string]any{"sceneName": scene})
	}
	toScene := func(name string) {
		s.behind.Request(t, "SetCurrentProgramScene", map[string]any{"sceneName": name})
	}
	toScene("Break")
	p.addAccount(t, u)
	p.byNumber(t, u)
	u.do(t, "update", "--title", "At first", "--hashtags", "one")
	u.do(t, "preset", "save", "Solo", "--title", "Playing alone")
	u.do(t, "preset", "save", "Talk", "--title", "Talking, part {episode}")
	u.do(t, "setup")
	u.do(t, "start")
	w := openWindow(t, u)
	waitFor(t, 30*time.Second, "the red sign of being on air", func() bool { return w.showsOnAir(t) })
	w.settle(t)
	w.Screenshot(t, picture("window-30-presets"))
	title := func(what, want string) {
		t.Helper()
		waitFor(t, 20*time.Second, what, func() bool { return p.state(t).Title == want })
	}

	w.Click(t, firstPreset)
	title("the preset that was pressed", "Playing alone")
	w.Key(t, "alt+2")
	title("the preset of a key", "Talking, part 1")
	if now := p.state(t); !now.OnAir || len(now.Hashtags) != 1 {
		t.Errorf("a preset has changed what it does not name: %+v", now)
	}

	toScene("Game")
	time.Sleep(2 * time.Second)
	title("nothing, as rules are off", "Talking, part 1")
	toScene("Break")
	rule := u.do(t, "rule", "add", "--scene", "Game", "--preset", "Solo", "--json").object(t)
	u.do(t, "rule", "on", rule["id"].(string)) // a second process beside the window
	u.do(t, "rule", "quiet", "5s")
	time.Sleep(2 * time.Second)
	toScene("Game")
	title("the preset of the scene", "Playing alone")
	w.settle(t)
	w.Screenshot(t, picture("window-31-rule"))
	w.Click(t, ruleUndo)
	title("the way back", "Talking, part 1")

	w.settle(t)
	w.Click(t, titleField)
	w.Key(t, "ctrl+a")
	w.Type(t, "Mine")
	toScene("Break")
	time.Sleep(3 * time.Second)
	toScene("Game")
	time.Sleep(3 * time.Second)
	w.Screenshot(t, picture("window-32-unsent"))
	if got := p.state(t).Title; got != "Talking, part 1" {
		t.Errorf("a rule has acted beside changes that were not sent: %q", got)
	}
	w.Key(t, "ctrl+Return")
	title("what was typed", "Mine")
	w.process.Interrupt()
	s.checkNothingLeaked(t, nil)
}
