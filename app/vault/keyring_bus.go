//go:build linux || freebsd || openbsd || netbsd || dragonfly

package vault

import (
	"fmt"
	"os"
)

// SessionBus tells at once when there is no D-Bus session bus, with
// ErrNoSessionBus. Without one the D-Bus library would try to start a bus of its
// own and hang.
func SessionBus() error {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		return nil
	}
	return ErrNoSessionBus
}
