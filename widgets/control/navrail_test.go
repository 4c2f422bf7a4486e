package control_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/status"
	"cuelight/widgets/widgettest"
)

func TestNavRailSelectsAndMovesWithArrows(t *testing.T) {
	clock := fakeclock.New()
	var went []string
	rail := control.NewNavRail(nil, func(id string) { went = append(went, id) },
		control.NavItem{ID: "a", Label: "라이브"}, control.NavItem{ID: "b", Label: "설정"}, control.NavItem{ID: "c", Label: "계정"})
	w, _ := widgettest.Show(t, rail, fyne.NewSize(76, 480), clock)
	if rail.Selected() != "a" {
		t.Error("nothing is selected at first")
	}
	w.Canvas().FocusNext()
	widgettest.TypeKeys(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn, fyne.KeyReturn)
	if len(went) != 1 || went[0] != "b" || rail.Selected() != "b" {
		t.Errorf("went to %q", went)
	}
	rail.Select("c")
	if len(went) != 1 || rail.Selected() != "c" {
		t.Error("Select from outside must not call back")
	}
}

func TestNavRailFitsALowWindow(t *testing.T) {
	items := make([]control.NavItem, 8)
	for i := range items {
		items[i] = control.NavItem{ID: string(rune('a' + i)), Label: "자리"}
	}
	clock := fakeclock.New()
	rail := control.NewNavRail(status.NewCueLight(26, clock, nil), nil, items...)
	widgettest.Show(t, rail, fyne.NewSize(76, 480), clock)
	if h := rail.MinSize().Height; h > 480 {
		t.Errorf("needs %v of 480", h)
	}
}
