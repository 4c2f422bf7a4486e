package control_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/widgettest"
)

func TestPressedByPointerSpaceAndEnterUnlessDisabled(t *testing.T) {
	clock := fakeclock.New()
	presses := 0
	press := func() { presses++ }
	parts := map[string]interface {
		fyne.Focusable
		fyne.Tappable
		fyne.Disableable
		fyne.CanvasObject
	}{
		"button": control.NewButton("OBS 설정하기", nil, control.Primary, press),
		"big":    control.NewBigButton("방송 시작", control.Primary, press),
		"pill":   status.NewPill(paint.ToneGood, "OBS", press),
		"chip":   control.NewChip("공개", press, nil),
		"cue":    status.NewCueLight(26, clock, press),
	}
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			w, _ := widgettest.Show(t, container.NewCenter(part), fyne.NewSize(300, 200), clock)
			presses = 0
			test.Tap(part)
			w.Canvas().Focus(part)
			if w.Canvas().Focused() == nil {
				t.Fatal("Tab passes over it")
			}
			widgettest.TypeKeys(w, fyne.KeySpace, fyne.KeyReturn)
			if presses != 3 {
				t.Errorf("%d presses of 3", presses)
			}
			part.Disable()
			test.Tap(part)
			if presses != 3 {
				t.Error("it can be pressed while disabled")
			}
			w.Canvas().Unfocus()
			w.Canvas().Focus(part)
			if w.Canvas().Focused() != nil {
				t.Error("Tab stops at it while disabled")
			}
		})
	}
}

func TestWhatDoesNothingIsPassedOverByTab(t *testing.T) {
	clock := fakeclock.New()
	button := control.NewButton("적용", nil, control.Primary, func() {})
	w, _ := widgettest.Show(t, container.NewVBox(control.NewChip("공개", nil, nil), status.NewPill(paint.ToneGood, "OBS", nil), button), fyne.NewSize(300, 200), clock)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(button) {
		t.Errorf("Tab goes to %T first", w.Canvas().Focused())
	}
}

func TestLeavingBeforeTheTipTakesItBack(t *testing.T) {
	clock := fakeclock.New()
	b := control.NewIconButton(nil, "새로 고침", func() {})
	_, layer := widgettest.Show(t, container.NewCenter(b), fyne.NewSize(200, 100), clock)
	b.MouseIn(&desktop.MouseEvent{})
	b.MouseOut()
	clock.Advance(time.Second)
	if layer.Tip() != "" {
		t.Error("a tip shows where the pointer no longer is")
	}
}

func TestTilesChooseOne(t *testing.T) {
	clock := fakeclock.New()
	var chosen []string
	tiles := control.NewTiles(func(id string) { chosen = append(chosen, id) }, control.Tile{ID: "soop", Title: "SOOP"}, control.Tile{ID: "kollus", Title: "Kollus Live"})
	w, _ := widgettest.Show(t, tiles, fyne.NewSize(400, 60), clock)
	w.Canvas().FocusNext()
	widgettest.TypeKeys(w, fyne.KeyRight, fyne.KeySpace, fyne.KeySpace)
	if len(chosen) != 1 || chosen[0] != "kollus" || tiles.Chosen() != "kollus" {
		t.Errorf("chosen %q", chosen)
	}
	wideHeight := tiles.MinSize().Height
	w.Resize(fyne.NewSize(150, 200))
	if tiles.MinSize().Height <= wideHeight {
		t.Error("tiles do not break in a narrow window")
	}
}
