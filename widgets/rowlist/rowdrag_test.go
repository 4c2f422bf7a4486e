package rowlist_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/rowlist"
)

func TestARowIsDraggedToAnotherPlace(t *testing.T) {
	test.NewTempApp(t)
	var moved []string
	list := rowlist.New(func() int { return 5 }, rowData)
	win := test.NewTempWindow(t, list)
	win.Resize(rowsInSight)
	// 20 and 140 are in the first row and in the third.
	at := func(y float32) fyne.Position { return fyne.NewPos(200, y) }
	drag := func(from, by float32) { test.Drag(win.Canvas(), at(from), 0, by) }
	drag(20, 120)
	if len(moved) != 0 {
		t.Errorf("rows that stay were moved: %v", moved)
	}
	list.OnMoved = func(from, to int) { moved = append(moved, fmt.Sprintf("%d>%d", from, to)) }
	drag(20, 120)   // two rows down
	drag(140, -60)  // one up
	drag(140, 4000) // beyond the end
	drag(140, -900) // beyond the beginning
	drag(140, 8)    // not at all
	if got := fmt.Sprint(moved); got != "[0>2 2>1 2>4 2>0]" {
		t.Errorf("moved %s", got)
	}
}
