//go:build linux

package realobs

import (
	"context"
	"encoding/json"
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
func (o *OBS) click(ctx context.Context, title string, at place) error {
	cmd := exec.CommandContext(ctx, "xdotool", "search", "--onlyvisible", "--name", title, "getwindowgeometry", "--shell")
	cmd.Env = o.env()
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
	return o.xdo(ctx, "windowactivate", "--sync", values["WINDOW"],
		"mousemove", "--sync", "--window", values["WINDOW"], strconv.Itoa(at.right), strconv.Itoa(height-at.up),
		"sleep", "0.2", "click", "1", "sleep", "0.3")
}

// openWebSocketSettings opens obs-websocket's dialog, the last of the tools.
func (o *OBS) openWebSocketSettings(ctx context.Context) error {
	return o.choose(ctx, "alt+t", "Up Return", websocketWindow)
}

// closedByKick is how obs-websocket logs the end of a session that was kicked.
var closedByKick = regexp.MustCompile("with code `4011`")

// KickSession ends the oldest session in OBS's own dialog, as its user does.
func (o *OBS) KickSession(ctx context.Context) error {
	before := o.kicks()
	return o.settleIn(ctx, "kick a session", func() bool { return o.kicks() > before }, kickFirstSession, okButton)
}

func (o *OBS) kicks() int {
	raw, _ := os.ReadFile(o.logFile)
	return len(closedByKick.FindAll(raw, -1))
}

// NewPassword has OBS make itself another password in its own dialog, as its
// user does, and gives it; o.Password stays the old one.
func (o *OBS) NewPassword(ctx context.Context) (string, error) {
	var password string
	err := o.settleIn(ctx, "change the password", func() bool {
		kept, err := o.kept("server_password", "ServerPassword")
		password = kept
		return err == nil && kept != o.Password && kept != ""
	}, generatePassword, okButton)
	return password, err
}

// SwitchServer switches the websocket server off or on in OBS's own dialog, as
// its user does.
func (o *OBS) SwitchServer(ctx context.Context, on bool) error {
	box := enableServer
	if slices.Compare(numbers(o.Version), numbers("30")) < 0 {
		box = enableServer29
	}
	return o.settleIn(ctx, "switch the server", func() bool {
		kept, err := o.kept("server_enabled", "ServerEnabled")
		return err == nil && kept == strconv.FormatBool(on)
	}, box, okButton)
}

// settleIn clicks in obs-websocket's dialog until what is wanted has come about,
// and leaves it closed. A click can go astray: the list of sessions is made anew
// each second, and a busy machine is late. Escape then drops what was half done.
func (o *OBS) settleIn(ctx context.Context, what string, done func() bool, clicks ...place) error {
	return o.retry(ctx, "it cannot be made to "+what, func(ctx context.Context) (bool, error) {
		if err := o.openWebSocketSettings(ctx); err != nil {
			return false, err
		}
		var err error
		for _, at := range clicks {
			if err = o.click(ctx, websocketWindow, at); err != nil {
				break
			}
		}
		came := waitUntil(ctx, 2*time.Second, done)
		if o.Shows(ctx, websocketWindow) {
			err = errors.Join(err, o.xdo(ctx, "key", "Escape"))
		}
		return came, err
	})
}

// kept is what OBS's settings say, by the name in config.json or that in
// global.ini.
func (o *OBS) kept(inJSON, inINI string) (string, error) {
	raw, err := os.ReadFile(o.ConfigJSON())
	if errors.Is(err, os.ErrNotExist) {
		return o.keptINI(inINI)
	}
	var kept map[string]any
	if err == nil {
		err = json.Unmarshal(raw, &kept)
	}
	return fmt.Sprint(kept[inJSON]), err
}

func (o *OBS) keptINI(name string) (string, error) {
	raw, err := os.ReadFile(o.GlobalINI())
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+"="); ok {
			return value, err
		}
	}
	return "", err
}

// Opened counts the connections that obs-websocket has taken in this run.
func (o *OBS) Opened() int {
	raw, _ := os.ReadFile(o.logFile)
	return strings.Count(string(raw), "New WebSocket client has connected")
}
