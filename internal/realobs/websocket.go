//go:build linux

package realobs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// place is a spot in a dialog: from its left edge, and up from its lower one.
type place struct{ right, up int }

// These are where the buttons of obs-websocket's dialog are, in every release
// from 29 to 32 but for the box at the top: rows of 29 are higher.
var (
	enableServer     = place{183, 546}
	enableServer29   = place{183, 582}
	kickFirstSession = place{573, 169}
	generatePassword = place{573, 340}
	okButton         = place{430, 31}
)

// click presses a spot of a window.
func (u *UI) click(ctx context.Context, title string, at place) error {
	cmd := exec.CommandContext(ctx, "xdotool", "search", "--onlyvisible", "--name", title, "getwindowgeometry", "--shell")
	cmd.Env = u.obs.env()
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("window %s: %w", title, err)
	}
	values := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		values[name] = value
	}
	height, err := strconv.Atoi(values["HEIGHT"])
	if err != nil {
		return fmt.Errorf("window %s: %q", title, out)
	}
	return u.xdo(ctx, "windowactivate", "--sync", values["WINDOW"],
		"mousemove", "--sync", "--window", values["WINDOW"], strconv.Itoa(at.right), strconv.Itoa(height-at.up),
		"sleep", "0.2", "click", "1", "sleep", "0.3")
}

// openWebSocketSettings opens obs-websocket's dialog, the last of the tools.
func (u *UI) openWebSocketSettings(ctx context.Context) error {
	return u.choose(ctx, "alt+t", "Up Return", websocketWindow)
}

// closedByKick is how obs-websocket logs the end of a session that was kicked.
var closedByKick = regexp.MustCompile("with code `4011`")

// KickSession ends the oldest session in OBS's own dialog, as its user does.
func (u *UI) KickSession(ctx context.Context) error {
	before := u.kicks()
	return u.settleIn(ctx, "kick a session", func() bool { return u.kicks() > before }, kickFirstSession, okButton)
}

func (u *UI) kicks() int {
	raw, _ := os.ReadFile(u.obs.logFile)
	return len(closedByKick.FindAll(raw, -1))
}

// NewPassword has OBS make itself another password in its own dialog, as its
// user does, and gives it; OBS.Password stays the old one.
func (u *UI) NewPassword(ctx context.Context) (string, error) {
	var password string
	err := u.settleIn(ctx, "change the password", func() bool {
		kept, err := u.obs.Settings.kept("server_password", "ServerPassword")
		password = kept
		return err == nil && kept != u.obs.Password && kept != ""
	}, generatePassword, okButton)
	return password, err
}

// SwitchServer switches the websocket server off or on in OBS's own dialog, as
// its user does.
func (u *UI) SwitchServer(ctx context.Context, on bool) error {
	box := enableServer
	if slices.Compare(numbers(u.obs.Version), numbers("30")) < 0 {
		box = enableServer29
	}
	return u.settleIn(ctx, "switch the server", func() bool {
		kept, err := u.obs.Settings.kept("server_enabled", "ServerEnabled")
		return err == nil && kept == strconv.FormatBool(on)
	}, box, okButton)
}

// settleIn clicks in obs-websocket's dialog until what is wanted has come about,
// and leaves it closed. A click can go astray: the list of sessions is made anew
// each second, and a busy machine is late. Escape then drops what was half done.
func (u *UI) settleIn(ctx context.Context, what string, done func() bool, clicks ...place) error {
	return u.retry(ctx, "it cannot be made to "+what, func(ctx context.Context) (bool, error) {
		if err := u.openWebSocketSettings(ctx); err != nil {
			return false, err
		}
		var err error
		for _, at := range clicks {
			if err = u.click(ctx, websocketWindow, at); err != nil {
				break
			}
		}
		came := waitUntil(ctx, 2*time.Second, done)
		if u.Shows(ctx, websocketWindow) {
			err = errors.Join(err, u.xdo(ctx, "key", "Escape"))
		}
		return came, err
	})
}
