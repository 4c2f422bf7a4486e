//go:build linux || freebsd || openbsd || netbsd || dragonfly

package notify

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"github.com/godbus/dbus/v5"

	"cuelight/app/vault"
)

// urgencyCritical is the highest urgency of the Desktop Notifications
// Specification: such a message stays until the user has seen it.
const urgencyCritical = byte(2)

// System is the system's own way to reach the user.
type System struct{ appName, appID string }

// To gives the system's way for an application.
func To(app fyne.App) *System { return &System{app.Metadata().Name, app.UniqueID()} }

// Notify shows a notification that stays until it is seen, with a sound of the desktop's
// unless it is to be silent.
func (s *System) Notify(ctx context.Context, title, text string, silent bool) error {
	if err := vault.SessionBus(); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("notify: connect to the session bus: %w", err)
	}
	defer func() { _ = bus.Close() }()
	hints := map[string]dbus.Variant{
		"urgency":    dbus.MakeVariant(urgencyCritical),
		"sound-name": dbus.MakeVariant("dialog-warning"),
		// For a program that sounds by itself.
		"suppress-sound": dbus.MakeVariant(silent),
		"desktop-entry":  dbus.MakeVariant(s.appID),
	}
	const name = "org.freedesktop.Notifications"
	err = bus.Object(name, "/org/freedesktop/Notifications").CallWithContext(ctx, name+".Notify", 0,
		s.appName, uint32(0), "", title, text, []string{}, hints, int32(-1)).Err
	if err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}
