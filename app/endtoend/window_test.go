//go:build linux

package endtoend

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
)

// Colours of the dark theme by which things are found in the window.
var (
	primary = color.RGBA{R: 0x4C, G: 0x8D, B: 0xFF, A: 0xFF} // the button to press next
	red     = color.RGBA{R: 0xFF, G: 0x4D, B: 0x4F, A: 0xFF} // on air
)

// window is Cuelight's window on a screen of its own.
type window struct {
	*realparts.Screen
	process *realparts.Process
	opened  string
}

// openWindow opens the window. In place of the desktop's browser stands a
// script that notes which address it was given.
func openWindow(t *testing.T, u *user, args ...string) *window {
	t.Helper()
	w := &window{Screen: realparts.StartScreen(t, u.session), opened: filepath.Join(u.session.Runtime, "opened")}
	bin := filepath.Join(u.session.Runtime, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$1\" >>'" + w.opened + "'\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	u.env = append(append(u.env, w.Env()...), "PATH="+bin+":"+os.Getenv("PATH"))
	w.process = u.start(t, args...)
	w.WaitWindow(t, "Cuelight", 30*time.Second)
	t.Cleanup(func() {
		if said := w.process.Stderr.Text(); strings.Contains(said, "Error in Fyne call thread") {
			t.Errorf("the toolkit reports a call from the wrong goroutine:\n%s", said)
		}
		if t.Failed() {
			w.Screenshot(t, picture("failed-window"))
			t.Logf("the window said:\n%s", w.process.Stderr.Text())
		}
	})
	return w
}

// press waits for buttons of a colour and clicks one: the first or the last,
// from top to bottom. It gives where that was.
func (w *window) press(t *testing.T, c color.Color, last bool) image.Point {
	t.Helper()
	var buttons []image.Rectangle
	waitFor(t, 20*time.Second, "a button to press", func() bool {
		buttons = realparts.Patches(w.Picture(t), c)
		return len(buttons) > 0
	})
	button := buttons[0]
	if last {
		button = buttons[len(buttons)-1]
	}
	w.Click(t, realparts.Center(button))
	return realparts.Center(button)
}

// openedAddress is what the browser was opened with.
func (w *window) openedAddress(t *testing.T) string {
	t.Helper()
	var address string
	waitFor(t, 20*time.Second, "the browser to be opened", func() bool {
		raw, err := os.ReadFile(w.opened)
		address = strings.TrimSpace(string(raw))
		return err == nil && address != ""
	})
	return address
}

// TestTheWholeJobWithARealOBSThroughTheWindow does with pointer and keyboard what
// TestFromSignInToARealStreamAndBack does from the terminal.
func TestTheWholeJobWithARealOBSThroughTheWindow(t *testing.T) {
	realOBS := realobs.ForTest(t, realobs.Options{Password: "an-obs-password-2b8d"})
	port := realparts.FreePort(t)
	hook := "http://127.0.0.1:" + strconv.Itoa(port) + "/sandbox/"
	ingest := realparts.StartIngest(t, realparts.Hooks{OnPublish: hook + "on_publish", OnPublishDone: hook + "on_publish_done"})
	keyring := realparts.StartKeyring(t)
	p := startPlatform(t, newUser(t, realparts.StartKeyring(t).Session), port, ingest.URL)
	browser := realparts.StartBrowser(t, "en")
	behind := realparts.DialOBS(t, realOBS.Address(), realOBS.Password)
	behind.SetService(t, earlierServer, earlierKey)

	u := newUser(t, keyring.Session)
	u.obs, u.env = realOBS.Address(), []string{"CUELIGHT_OBS_PASSWORD=" + realOBS.Password}
	p.addAccount(t, u)
	w := openWindow(t, u)

	w.press(t, primary, true) // sign in with the browser
	browser.Open(t, w.openedAddress(t))
	browser.Choose(t, streamer)
	w.Screenshot(t, picture("window-1-signing-in"))
	browser.Agree(t)
	held := waitTokens(t, keyring)
	w.settle(t)
	w.Screenshot(t, picture("window-2-is-that-you"))
	if behind.Service(t).Server != earlierServer {
		t.Error("OBS was touched before the user said who they are")
	}
	w.press(t, primary, true) // yes, that is me

	w.settle(t)
	time.Sleep(time.Second)   // the button has just changed, and takes no press yet
	w.press(t, primary, true) // set up OBS
	waitFor(t, 20*time.Second, "OBS to be set up", func() bool {
		return strings.TrimSuffix(behind.Service(t).Server, "/") == ingest.URL
	})
	key := behind.Service(t).Key
	w.settle(t)
	w.Screenshot(t, picture("window-3-set-up"))

	w.edit(t, p)
	big := w.press(t, primary, true) // go live
	w.goOn(t, big)
	ingest.WaitPublished(t, key, 30*time.Second)
	waitFor(t, 20*time.Second, "the platform on air", func() bool { return p.state(t).OnAir })
	waitFor(t, 20*time.Second, "the red sign of being on air", func() bool {
		return len(realparts.Patches(w.Picture(t), red)) > 0
	})
	w.Screenshot(t, picture("window-5-on-air"))
	w.endStream(t, big, behind) // the same button ends it
	waitFor(t, 20*time.Second, "the button to go live again", func() bool {
		return len(realparts.Patches(w.Picture(t), primary)) > 0
	})
	w.settle(t)
	w.Screenshot(t, picture("window-7-ended"))

	w.process.Interrupt()
	secrets := append(held, secret{"client secret", p.clientSecret}, secret{"stream key", key},
		secret{"OBS password", realOBS.Password}, secret{"earlier stream key", earlierKey})
	checkNothingLeaked(t, secrets, []byte(program), u)
}

// edit changes title and hashtags by keyboard and applies them.
func (w *window) edit(t *testing.T, p *platform) {
	t.Helper()
	w.Click(t, titleField)
	w.Key(t, "ctrl+a")
	w.Type(t, "On air through the window")
	w.Click(t, hashtagField)
	w.Type(t, "window")
	w.Key(t, "Return")
	w.Click(t, categoryField)
	w.settle(t)
	w.Type(t, "40066")
	w.settle(t)
	w.Screenshot(t, picture("window-4-category"))
	w.Key(t, "Return")
	w.settle(t)
	w.Screenshot(t, picture("window-4-edited"))
	w.press(t, primary, false) // apply
	waitFor(t, 20*time.Second, "the platform to have what was changed", func() bool {
		s := p.state(t)
		return s.Title == "On air through the window" && slices.Equal(s.Hashtags, []string{"window"}) &&
			strings.HasSuffix(s.Category.Number, "40066")
	})
}

// goOn answers the question about warnings, if going live asks one.
func (w *window) goOn(t *testing.T, big image.Point) {
	t.Helper()
	waitFor(t, 30*time.Second, "going live, or its question", func() bool {
		picture := w.Picture(t)
		if yes := question(picture, big); yes != (image.Point{}) {
			w.read(t)
			w.Click(t, yes)
			return true
		}
		return len(realparts.Patches(picture, red)) > 0
	})
}

// endStream presses the button that ends the stream, and confirms.
func (w *window) endStream(t *testing.T, button image.Point, behind *realparts.OBSClient) {
	t.Helper()
	var confirm image.Point
	var pressed time.Time
	waitFor(t, 40*time.Second, "the question whether to end", func() bool {
		for _, patch := range realparts.Patches(w.Picture(t), red) {
			confirm = realparts.Center(patch)
		}
		if confirm.Y > 200 { // the sign of being on air is further up
			return true
		}
		// Until the start is over, the button takes no press; a person presses
		// again.
		if time.Since(pressed) > 4*time.Second {
			pressed = time.Now()
			w.Click(t, button)
		}
		return false
	})
	w.read(t)
	w.Screenshot(t, picture("window-6-really-end"))
	if !behind.Streaming(t) {
		t.Error("the stream ended before the user confirmed")
	}
	w.Click(t, confirm)
	waitFor(t, 30*time.Second, "OBS to have stopped", func() bool { return !behind.Streaming(t) })
}

// atRest is how many points may still change in a window at rest: a caret
// blinks, on air the seconds go on and the numbers with them.
const atRest = 4000

// settle waits until the window has stopped moving.
func (w *window) settle(t *testing.T) {
	t.Helper()
	before, quiet := w.Picture(t), 0
	waitFor(t, 20*time.Second, "the window to come to rest", func() bool {
		now := w.Picture(t)
		quiet++
		if realparts.Changed(before, now) >= atRest {
			quiet = 0
		}
		before = now
		return quiet == 2 // it may not have begun to move at the first look
	})
}

// holdOff is for how long a button takes no press that has just changed or come up.
const holdOff = time.Second

// read waits as somebody does who reads a question.
func (w *window) read(t *testing.T) {
	t.Helper()
	time.Sleep(holdOff)
	w.settle(t)
}

// waitTokens waits until a sign-in has left tokens in the keyring.
func waitTokens(t *testing.T, k *realparts.Keyring) []secret {
	t.Helper()
	waitFor(t, 20*time.Second, "tokens in the keyring", func() bool {
		return slices.ContainsFunc(k.Items(t), func(i realparts.Item) bool { return tokenValue.MatchString(i.Value) })
	})
	return tokensIn(t, k)
}

// Where the fields are in a window of the size it opens with, on its screen.
var (
	titleField    = image.Pt(490, 216)
	categoryField = image.Pt(260, 329)
	hashtagField  = image.Pt(640, 329)
)
