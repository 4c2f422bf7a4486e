package input_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

func TestAStepperStaysInItsRange(t *testing.T) {
	var told []int
	s := input.NewStepper(1, 3, func(n int) string { return fmt.Sprintf("%d분", n) }, "줄이기", "늘리기", func(n int) { told = append(told, n) })
	w, _ := widgettest.Show(t, s, fyne.NewSize(140, 40), fakeclock.New())
	more, less := fyne.NewPos(120, 20), fyne.NewPos(20, 20)
	for range 4 {
		test.TapCanvas(w.Canvas(), more)
	}
	if fmt.Sprint(told) != "[2 3]" || s.Value() != 3 {
		t.Errorf("upwards: told %v, is %d", told, s.Value())
	}
	for range 4 {
		test.TapCanvas(w.Canvas(), less)
	}
	if fmt.Sprint(told) != "[2 3 2 1]" || s.Value() != 1 {
		t.Errorf("downwards: told %v, is %d", told, s.Value())
	}
	s.SetValue(99)
	if s.Value() != 3 || len(told) != 4 {
		t.Errorf("set from outside: is %d, told %v", s.Value(), told)
	}
	s.SetRange(1, 2)
	if s.Value() != 2 {
		t.Errorf("in a smaller range it is %d", s.Value())
	}
}
