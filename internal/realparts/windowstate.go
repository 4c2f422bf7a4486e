//go:build linux

package realparts

import (
	"bytes"
	"strings"
	"testing"
)

// windowID finds a window by its title, visible or not.
func (x *Screen) windowID(t testing.TB, title string) string {
	t.Helper()
	ids := bytes.Fields(x.do(t, "xdotool", "search", "--name", title))
	if len(ids) == 0 {
		t.Fatalf("no window named %q", title)
	}
	return string(ids[0])
}

// Minimize puts a window out of sight, as its button in the frame does.
func (x *Screen) Minimize(t testing.TB, title string) {
	t.Helper()
	x.do(t, "xdotool", "windowminimize", x.windowID(t, title))
}

// Activate brings a window back to the front.
func (x *Screen) Activate(t testing.TB, title string) {
	t.Helper()
	x.do(t, "xdotool", "windowactivate", "--sync", x.windowID(t, title))
}

// DemandsAttention reports whether the window manager shows that a window wants to
// be looked at.
func (x *Screen) DemandsAttention(t testing.TB, title string) bool {
	t.Helper()
	Need(t, "xprop")
	state := string(x.do(t, "xprop", "-id", x.windowID(t, title), "_NET_WM_STATE"))
	return strings.Contains(state, "_NET_WM_STATE_DEMANDS_ATTENTION")
}

// Scroll turns the wheel down over the pointer, some notches.
func (x *Screen) Scroll(t testing.TB, notches int) {
	t.Helper()
	for range notches {
		x.do(t, "xdotool", "click", "5")
	}
}
