//go:build linux

package realparts

import (
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// NotificationDaemon is dunst, a real daemon for notifications, on a screen of its own.
type NotificationDaemon struct{ bus dbus.BusObject }

// StartNotificationDaemon starts it on a session's bus.
func StartNotificationDaemon(t testing.TB, s *Session, x *Screen) *NotificationDaemon {
	t.Helper()
	Need(t, "dunst")
	Run(t, Command{Name: "dunst", Args: []string{"-config", "/dev/null"}, Env: append(s.Env(), x.Env()...)})
	s.waitName(t, notificationsName, 20*time.Second)
	return &NotificationDaemon{s.connect(t).Object(notificationsName, notificationsPath)}
}

// Displayed is how many notifications are on the screen now.
func (d *NotificationDaemon) Displayed(t testing.TB) int {
	t.Helper()
	value, err := d.bus.GetProperty("org.dunstproject.cmd0.displayedLength")
	if err != nil {
		t.Fatal(err)
	}
	n, _ := value.Value().(uint32)
	return int(n)
}

// Took is a notification as the daemon has it.
type Took struct {
	App, Title, Text string
	// Stays: it stays until the user has seen it.
	Stays bool
}

// History closes what is displayed and gives all notifications, the latest first.
func (d *NotificationDaemon) History(t testing.TB) []Took {
	t.Helper()
	const command = "org.dunstproject.cmd0."
	if err := d.bus.Call(command+"NotificationCloseAll", 0).Err; err != nil {
		t.Fatal(err)
	}
	var history []map[string]dbus.Variant
	if err := d.bus.Call(command+"NotificationListHistory", 0).Store(&history); err != nil {
		t.Fatal(err)
	}
	var all []Took
	for _, one := range history {
		text := func(name string) string { s, _ := one[name].Value().(string); return s }
		timeout, _ := one["timeout"].Value().(int64)
		all = append(all, Took{text("appname"), text("summary"), text("body"), timeout == 0})
	}
	return all
}
