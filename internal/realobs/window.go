//go:build linux

package realobs

import (
	"context"
	"fmt"
	"os/exec"
	"time"
)

// mainWindow and settingsWindow are the titles of OBS's windows in English.
const (
	mainWindow     = "^OBS [0-9]"
	settingsWindow = "^Settings$"
)

// xdo runs xdotool on OBS's display.
func (o *OBS) xdo(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, "xdotool", args...)
	cmd.Env = o.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool %v: %w: %s", args, err, out)
	}
	return nil
}

// press sends a key to the main window.
func (o *OBS) press(ctx context.Context, key string) error {
	return o.xdo(ctx, "search", "--onlyvisible", "--name", mainWindow, "windowactivate", "--sync", "key", "--clearmodifiers", key)
}

// CloseWindow closes OBS's window as its user does, and waits for its end.
func (o *OBS) CloseWindow(ctx context.Context) error {
	return o.retry(ctx, "OBS does not close", func(ctx context.Context) (bool, error) {
		err := o.press(ctx, "alt+F4")
		select {
		case <-o.obs.ended:
			return true, nil
		case <-time.After(time.Second):
			return false, err
		}
	})
}

// OpenSettings opens OBS's settings dialog, and waits until it shows.
func (o *OBS) OpenSettings(ctx context.Context) error {
	return o.retry(ctx, "OBS's settings do not open", func(ctx context.Context) (bool, error) {
		if err := o.press(ctx, "alt+f"); err != nil {
			return false, err
		}
		if err := o.xdo(ctx, "sleep", "0.3", "key", "s", "sleep", "1"); err != nil {
			return false, err
		}
		err := o.xdo(ctx, "search", "--onlyvisible", "--name", settingsWindow)
		return err == nil, err
	})
}

// retry repeats a step until it is done, for half a minute: a window takes
// keys only once it has come up.
func (o *OBS) retry(ctx context.Context, what string, step func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		done, err := step(ctx)
		if done {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w (%v)", what, ctx.Err(), err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
