//go:build linux

package realparts

import (
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	notificationsName = "org.freedesktop.Notifications"
	notificationsPath = "/org/freedesktop/Notifications"
)

// Notifications is the desktop's place for notifications, which keeps what it was
// asked to show.
type Notifications struct {
	// mu guards shown, which the bus's goroutine fills.
	mu    sync.Mutex
	shown []Notification
}

// Notification is one that was to be shown.
type Notification struct {
	App, Title, Text string
	// Hints are the hints that came with it, such as its urgency.
	Hints map[string]any
}

// StartNotifications offers a place for notifications on a session's bus.
func StartNotifications(t testing.TB, s *Session) *Notifications {
	t.Helper()
	n := &Notifications{}
	conn := s.connect(t)
	err := conn.ExportMethodTable(map[string]any{"Notify": n.notify}, notificationsPath, notificationsName)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := conn.RequestName(notificationsName, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("own %s: %v, %v", notificationsName, reply, err)
	}
	return n
}

// notify is the service's method Notify.
func (n *Notifications) notify(app string, _ uint32, _, title, text string, _ []string,
	hints map[string]dbus.Variant, _ int32,
) (uint32, *dbus.Error) {
	one := Notification{App: app, Title: title, Text: text, Hints: make(map[string]any)}
	for name, hint := range hints {
		one.Hints[name] = hint.Value()
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.shown = append(n.shown, one)
	return uint32(len(n.shown)), nil
}

// Shown are the notifications so far.
func (n *Notifications) Shown() []Notification {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]Notification(nil), n.shown...)
}
