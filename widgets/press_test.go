package widgets_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets"
	"cuelight/widgets/fakeclock"
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
		"button": widgets.NewButton("OBS 설정하기", nil, widgets.Primary, press),
		"big":    widgets.NewBigButton("방송 시작", widgets.Primary, press),
		"pill":   widgets.NewStatusPill(widgets.Good, "OBS", press),
		"chip":   widgets.NewChip("공개", press, nil),
		"cue":    widgets.NewCueLight(26, clock, press),
	}
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			w, _ := shown(t, container.NewCenter(part), fyne.NewSize(300, 200), clock)
			presses = 0
			test.Tap(part)
			w.Canvas().Focus(part)
			if w.Canvas().Focused() == nil {
				t.Fatal("Tab passes over it")
			}
			typeKeys(w, fyne.KeySpace, fyne.KeyReturn)
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
	button := widgets.NewButton("적용", nil, widgets.Primary, func() {})
	w, _ := shown(t, container.NewVBox(widgets.NewChip("공개", nil, nil), widgets.NewStatusPill(widgets.Good, "OBS", nil), button), fyne.NewSize(300, 200), clock)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(button) {
		t.Errorf("Tab goes to %T first", w.Canvas().Focused())
	}
}

func TestLongTextIsCutAndShownWholeOnHover(t *testing.T) {
	clock := fakeclock.New()
	const long = "닉네임이아주아주긴사람입니다그래도끝까지보여야합니다"
	line := widgets.NewFillingLine(long, widgets.Look{})
	w, layer := shown(t, container.NewWithoutLayout(line), fyne.NewSize(500, 200), clock)
	line.Resize(fyne.NewSize(120, 20))
	if m := markup(w); strings.Contains(m, long) || !strings.Contains(m, "…") {
		t.Error("the text is not cut")
	}
	line.MouseIn(&desktop.MouseEvent{})
	if layer.Tip() != "" {
		t.Error("the tip shows at once")
	}
	clock.Advance(time.Second)
	if layer.Tip() != long || !strings.Contains(markup(w), long) {
		t.Errorf("tip %q", layer.Tip())
	}
	line.MouseOut()
	if layer.Tip() != "" || clock.Pending() != 0 {
		t.Error("the tip stays")
	}
	line.Resize(fyne.NewSize(480, 20))
	line.MouseIn(&desktop.MouseEvent{})
	clock.Advance(time.Second)
	if layer.Tip() != "" {
		t.Error("a text that is seen whole has a tip")
	}
}

func TestLeavingBeforeTheTipTakesItBack(t *testing.T) {
	clock := fakeclock.New()
	b := widgets.NewIconButton(nil, "새로 고침", func() {})
	_, layer := shown(t, container.NewCenter(b), fyne.NewSize(200, 100), clock)
	b.MouseIn(&desktop.MouseEvent{})
	b.MouseOut()
	clock.Advance(time.Second)
	if layer.Tip() != "" {
		t.Error("a tip shows where the pointer no longer is")
	}
}

func TestNavRailSelectsAndMovesWithArrows(t *testing.T) {
	clock := fakeclock.New()
	var went []string
	rail := widgets.NewNavRail(nil, func(id string) { went = append(went, id) },
		widgets.NavItem{ID: "a", Label: "라이브"}, widgets.NavItem{ID: "b", Label: "설정"}, widgets.NavItem{ID: "c", Label: "계정"})
	w, _ := shown(t, rail, fyne.NewSize(76, 480), clock)
	if rail.Selected() != "a" {
		t.Error("nothing is selected at first")
	}
	w.Canvas().FocusNext()
	typeKeys(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn, fyne.KeyReturn)
	if len(went) != 1 || went[0] != "b" || rail.Selected() != "b" {
		t.Errorf("went to %q", went)
	}
	rail.Select("c")
	if len(went) != 1 || rail.Selected() != "c" {
		t.Error("Select from outside must not call back")
	}
}

func TestNavRailFitsALowWindow(t *testing.T) {
	items := make([]widgets.NavItem, 8)
	for i := range items {
		items[i] = widgets.NavItem{ID: string(rune('a' + i)), Label: "자리"}
	}
	clock := fakeclock.New()
	rail := widgets.NewNavRail(widgets.NewCueLight(26, clock, nil), nil, items...)
	shown(t, rail, fyne.NewSize(76, 480), clock)
	if h := rail.MinSize().Height; h > 480 {
		t.Errorf("needs %v of 480", h)
	}
}

func TestTilesChooseOne(t *testing.T) {
	clock := fakeclock.New()
	var chosen []string
	tiles := widgets.NewTiles(func(id string) { chosen = append(chosen, id) }, widgets.Tile{ID: "soop", Title: "SOOP"}, widgets.Tile{ID: "kollus", Title: "Kollus Live"})
	w, _ := shown(t, tiles, fyne.NewSize(400, 60), clock)
	w.Canvas().FocusNext()
	typeKeys(w, fyne.KeyRight, fyne.KeySpace, fyne.KeySpace)
	if len(chosen) != 1 || chosen[0] != "kollus" || tiles.Chosen() != "kollus" {
		t.Errorf("chosen %q", chosen)
	}
	wideHeight := tiles.MinSize().Height
	w.Resize(fyne.NewSize(150, 200))
	if tiles.MinSize().Height <= wideHeight {
		t.Error("tiles do not break in a narrow window")
	}
}
