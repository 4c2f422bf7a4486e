package control_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/widgettest"
)

func TestAButtonWhoseActionHasJustChangedTakesNoPress(t *testing.T) {
	clock := fakeclock.New()
	var presses []string
	b := control.NewButton("OBS 설정하기", nil, control.Primary, nil)
	mean := func(id string) {
		b.OnTapped = func() { presses = append(presses, id) }
		b.SetAction(id, clock)
	}
	mean("setup")
	w, _ := widgettest.Show(t, container.NewCenter(b), fyne.NewSize(300, 200), clock)
	w.Canvas().Focus(b)
	press := func() {
		test.Tap(b)
		widgettest.TypeKeys(w, fyne.KeySpace, fyne.KeyReturn)
	}

	test.Tap(b)
	if len(presses) != 1 {
		t.Fatal("the first action there ever is waits")
	}
	mean("start")
	press()
	clock.Advance(control.HoldOffTime - time.Millisecond)
	mean("start") // the same again does not begin a new wait
	press()
	if len(presses) != 1 {
		t.Fatalf("pressed %v: the second half of a double-click", presses)
	}
	clock.Advance(time.Millisecond)
	if len(presses) != 1 {
		t.Fatal("a press that was dropped came later")
	}
	press()
	if len(presses) != 4 || presses[3] != "start" {
		t.Errorf("pressed %v once the action had stood for a second", presses)
	}
}
