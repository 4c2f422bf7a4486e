package control_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/widgettest"
)

func TestASwitchTurnsByPointerAndSpaceAndSaysSo(t *testing.T) {
	var told []bool
	s := control.NewSwitch("목록에서 숨기기", "주소를 아는 사람만 들어옵니다.", func(on bool) { told = append(told, on) })
	w, _ := widgettest.Show(t, s, fyne.NewSize(400, 80), fakeclock.New())
	test.Tap(s)
	w.Canvas().Focus(s)
	widgettest.TypeKeys(w, fyne.KeySpace)
	if fmt.Sprint(told) != "[true false]" || s.On() {
		t.Errorf("told %v, is on: %v", told, s.On())
	}
	s.SetOn(true)
	if len(told) != 2 || !s.On() {
		t.Error("setting it from outside is told as the person's doing")
	}
	s.Disable()
	test.Tap(s)
	if len(told) != 2 {
		t.Error("it turns while disabled")
	}
}

func TestALongSwitchGrowsInsteadOfRunningIntoItsKnob(t *testing.T) {
	s := control.NewSwitch("짧은 제목", "아주 긴 설명은 좁은 곳에서 여러 줄로 나뉘어 끝까지 보여야 합니다. 그래서 높이가 늘어납니다.", nil)
	widgettest.Show(t, s, fyne.NewSize(800, 80), fakeclock.New())
	wide := s.MinSize().Height
	s.Resize(fyne.NewSize(220, 80))
	if s.MinSize().Height <= wide {
		t.Errorf("%v high in a narrow place, %v in a wide one", s.MinSize().Height, wide)
	}
}

func TestPlacesAreChosenByPointerAndArrows(t *testing.T) {
	var told []int
	p := control.NewPositionPicker([6]string{"1", "2", "3", "4", "5", "6"}, func(place int) { told = append(told, place) })
	w, _ := widgettest.Show(t, p, fyne.NewSize(208, 117), fakeclock.New())
	test.TapCanvas(w.Canvas(), fyne.NewPos(180, 20)) // upper right
	test.TapCanvas(w.Canvas(), fyne.NewPos(104, 95)) // lower middle
	if fmt.Sprint(told) != "[3 5]" || p.Chosen() != 5 {
		t.Fatalf("told %v, chosen %d", told, p.Chosen())
	}
	w.Canvas().FocusNext() // the first place
	widgettest.TypeKeys(w, fyne.KeyRight, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeySpace)
	if p.Chosen() != 6 {
		t.Errorf("the arrows led to %d", p.Chosen())
	}
	p.SetChosen(1)
	if len(told) != 3 {
		t.Errorf("told %v", told)
	}
}
