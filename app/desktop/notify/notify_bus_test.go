//go:build linux

package notify

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"cuelight/internal/realparts"
)

func TestANotificationIsUrgentAndAsksForASound(t *testing.T) {
	session := realparts.BareSession(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Bus)
	desk := realparts.StartNotifications(t, session)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	system := To(test.NewTempApp(t))
	if err := system.Notify(ctx, "a title", "a text"); err != nil {
		t.Fatal(err)
	}
	shown := desk.Shown()
	if len(shown) != 1 || shown[0].Title != "a title" || shown[0].Text != "a text" {
		t.Fatalf("shown is %+v", shown)
	}
	if h := shown[0].Hints; h["urgency"] != urgencyCritical || h["sound-name"] != "dialog-warning" {
		t.Errorf("the hints are %v", h)
	}
}

func TestWithoutADesktopThereIsAnErrorAndNoWait(t *testing.T) {
	session := realparts.BareSession(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Bus)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	system, began := To(test.NewTempApp(t)), time.Now()
	if err := system.Notify(ctx, "a title", "a text"); err == nil {
		t.Error("nobody shows it, and nothing is told")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	system.Attract(test.NewTempWindow(t, nil)) // no window of a screen: nothing to mark
}
