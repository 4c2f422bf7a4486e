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
	if err := system.Notify(ctx, "a title", "a text", false); err != nil {
		t.Fatal(err)
	}
	shown := desk.Shown()
	if len(shown) != 1 || shown[0].Title != "a title" || shown[0].Text != "a text" {
		t.Fatalf("shown is %+v", shown)
	}
	if err := system.Notify(ctx, "a title", "a text", true); err != nil || desk.Shown()[1].Hints["suppress-sound"] != true {
		t.Errorf("a silent one: %v, %v", err, desk.Shown()[1].Hints)
	}
	if h := shown[0].Hints; h["suppress-sound"] != false {
		t.Errorf("one with a sound suppresses it: %v", h)
	}
	if h := shown[0].Hints; h["urgency"] != urgencyCritical || h["sound-name"] != "dialog-warning" {
		t.Errorf("the hints are %v", h)
	}
}

func TestRealNotificationDaemonShowsAnAlarmUntilItIsSeen(t *testing.T) {
	session := realparts.BareSession(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Bus)
	daemon := realparts.StartNotificationDaemon(t, session, realparts.StartScreen(t, session))
	system := To(test.NewTempApp(t))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := system.Notify(ctx, "제목", "내용", true); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); daemon.Displayed(t) == 0 && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	if n := daemon.Displayed(t); n == 0 {
		t.Error("nothing is on the screen")
	}
	took := daemon.History(t)
	if len(took) == 0 || took[0].Title != "제목" || took[0].Text != "내용" || !took[0].Stays {
		t.Errorf("the daemon took %+v", took)
	}
}

func TestWithoutADesktopThereIsAnErrorAndNoWait(t *testing.T) {
	session := realparts.BareSession(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Bus)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	system, began := To(test.NewTempApp(t)), time.Now()
	if err := system.Notify(ctx, "a title", "a text", false); err == nil {
		t.Error("nobody shows it, and nothing is told")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	system.Attract(test.NewTempWindow(t, nil)) // no window of a screen: nothing to mark
}
