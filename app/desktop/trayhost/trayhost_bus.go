//go:build linux || freebsd || openbsd || netbsd || dragonfly

package trayhost

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"

	"cuelight/app/vault"
)

// busTimeout bounds the question to the session bus.
const busTimeout = 2 * time.Second

// Available reports whether the desktop shows tray icons. On these systems
// trays are a D-Bus service that may be missing, which nothing else would
// tell: the icon would just never appear.
func Available(ctx context.Context) bool {
	if vault.SessionBus() != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, busTimeout)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer func() { _ = bus.Close() }()
	var has bool
	err = bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0,
		"org.kde.StatusNotifierWatcher").Store(&has)
	return err == nil && has
}
