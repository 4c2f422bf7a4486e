//go:build linux || freebsd || openbsd || netbsd || dragonfly

package app

import (
	"context"
	"time"

	"cuelight/app/vault"

	"github.com/godbus/dbus/v5"
)

// TrayAvailable reports whether the desktop shows tray icons. On these systems
// trays are a D-Bus service that may be missing, which nothing else would
// tell: the icon would just never appear.
func TrayAvailable(ctx context.Context) bool {
	if vault.SessionBus() != nil { // no session bus
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
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
