//go:build linux

package realobs

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// These are the titles of OBS's windows in English.
const (
	mainWindow      = "^OBS [0-9]"
	settingsWindow  = "^Settings$"
	wizardWindow    = "^Auto-Configuration Wizard$"
	websocketWindow = "^WebSocket Server Settings$"
)

// UI is what the user of an OBS sees of it and does there, with keys and clicks.
type UI struct{ obs *OBS }

// xdo runs xdotool on OBS's display.
func (u *UI) xdo(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, "xdotool", args...)
	cmd.Env = u.obs.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool %v: %w: %s", args, err, out)
	}
	return nil
}

// titles are those of the windows on OBS's display: what it waits with.
func (u *UI) titles() []string {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "xdotool", "search", "--onlyvisible", "--name", ".+", "getwindowname", "%@")
	cmd.Env = u.obs.env()
	out, _ := cmd.Output() // none is an answer, too
	return slices.Compact(strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' }))
}

// press sends a key to the main window.
func (u *UI) press(ctx context.Context, key string) error {
	return u.xdo(ctx, "search", "--onlyvisible", "--name", mainWindow, "windowactivate", "--sync", "key", "--clearmodifiers", key)
}

// CloseWindow closes OBS's window as its user does, and waits for its end.
func (u *UI) CloseWindow(ctx context.Context) error {
	return u.retry(ctx, "OBS does not close", func(ctx context.Context) (bool, error) {
		err := u.press(ctx, "alt+F4")
		select {
		case <-u.obs.obs.ended:
			return true, nil
		case <-time.After(time.Second):
			return false, err
		}
	})
}

// OpenSettings opens OBS's settings dialog, and waits until it shows.
func (u *UI) OpenSettings(ctx context.Context) error {
	return u.choose(ctx, "alt+f", "s", settingsWindow)
}

// OpenWizard opens the auto-configuration wizard, the first of the tools, and
// waits until it shows.
func (u *UI) OpenWizard(ctx context.Context) error {
	// Up goes to the last entry, whether or not a menu opens on its first.
	return u.choose(ctx, "alt+t", "Up Down Return", wizardWindow)
}

// Shows reports whether OBS shows a window of that title, a regular expression.
func (u *UI) Shows(ctx context.Context, title string) bool {
	return u.xdo(ctx, "search", "--onlyvisible", "--name", title) == nil
}

// choose opens a menu, picks an entry by its keys, and waits for the window
// that comes.
func (u *UI) choose(ctx context.Context, menu, keys, title string) error {
	return u.retry(ctx, "no window "+title+" of OBS opens", func(ctx context.Context) (bool, error) {
		if u.Shows(ctx, title) {
			return true, nil
		}
		if err := u.press(ctx, menu); err != nil {
			return false, err
		}
		steps := []string{"sleep", "0.5"}
		for key := range strings.FieldsSeq(keys) {
			steps = append(steps, "key", key, "sleep", "0.3")
		}
		if err := u.xdo(ctx, steps...); err != nil {
			return false, err
		}
		if u.Appears(ctx, title, 3*time.Second) {
			return true, nil
		}
		// A menu that came up late would swallow the next try.
		return false, u.xdo(ctx, "key", "Escape", "key", "Escape")
	})
}

// Appears waits for a window, and reports whether it came.
func (u *UI) Appears(ctx context.Context, title string, timeout time.Duration) bool {
	return waitUntil(ctx, timeout, func() bool { return u.Shows(ctx, title) })
}

// waitUntil waits for what is told by no event.
func waitUntil(ctx context.Context, timeout time.Duration, done func() bool) bool {
	for end := time.Now().Add(timeout); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		if done() {
			return true
		}
	}
	return false
}

// retry repeats a step until it is done, for a minute: a window takes keys only
// once it has come up.
func (u *UI) retry(ctx context.Context, what string, step func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	try := func() (bool, error) {
		// xdotool waits for a window's answer for ever where none comes.
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		return step(ctx)
	}
	for {
		done, err := try()
		if done {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w (%v); it shows %q", what, ctx.Err(), err, u.titles())
		case <-time.After(200 * time.Millisecond):
		}
	}
}
