package label_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/label"
	"cuelight/widgets/widgettest"
)

func TestNumbersDoNotShake(t *testing.T) {
	clock := fakeclock.New()
	n := label.NewTabularText("01:11:11", label.Style{})
	widgettest.Show(t, n, fyne.NewSize(200, 40), clock)
	narrow := n.MinSize()
	n.SetText("04:44:44")
	if n.MinSize() != narrow {
		t.Errorf("width %v with ones, %v with fours", narrow, n.MinSize())
	}
	if one, four := fyne.MeasureText("1", 14, fyne.TextStyle{}), fyne.MeasureText("4", 14, fyne.TextStyle{}); one.Width == four.Width {
		t.Error("the typeface has equal digits: this widget would not be needed")
	}
}
