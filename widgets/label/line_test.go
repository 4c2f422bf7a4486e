package label_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/label"
	"cuelight/widgets/widgettest"
)

func TestLongTextIsCutAndShownWholeOnHover(t *testing.T) {
	clock := fakeclock.New()
	const long = "닉네임이아주아주긴사람입니다그래도끝까지보여야합니다"
	line := label.NewFillingLine(long, label.Style{})
	w, layer := widgettest.Show(t, container.NewWithoutLayout(line), fyne.NewSize(500, 200), clock)
	line.Resize(fyne.NewSize(120, 20))
	if m := widgettest.Markup(w); strings.Contains(m, long) || !strings.Contains(m, "…") {
		t.Error("the text is not cut")
	}
	line.MouseIn(&desktop.MouseEvent{})
	if layer.Tip() != "" {
		t.Error("the tip shows at once")
	}
	clock.Advance(time.Second)
	if layer.Tip() != long || !strings.Contains(widgettest.Markup(w), long) {
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
