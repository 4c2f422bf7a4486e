package layer_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
	"cuelight/widgets/widgettest"
)

func TestToastsComeAndGo(t *testing.T) {
	clock := fakeclock.New()
	_, over := widgettest.Show(t, label.NewLine("창", label.Style{}), fyne.NewSize(700, 400), clock)
	undone := false
	over.Toast(layer.Toast{Tone: paint.ToneGood, Text: "제목을 바꿨습니다", Action: "되돌리기", OnAction: func() { undone = true }})
	dismiss := over.Toast(layer.Toast{Text: "둘"})
	over.Toast(layer.Toast{Text: "셋"})
	over.Toast(layer.Toast{Text: "넷"})
	if got := over.Toasts(); len(got) != 3 || got[0].Text != "둘" {
		t.Errorf("toasts %v, want the last three", got)
	}
	dismiss()
	dismiss()
	if len(over.Toasts()) != 2 {
		t.Error("dismissing twice takes two")
	}
	clock.Advance(6 * time.Second)
	if len(over.Toasts()) != 0 || clock.Pending() != 0 {
		t.Errorf("%d toasts and %d timers after their time", len(over.Toasts()), clock.Pending())
	}
	over.Toast(layer.Toast{Text: "하나", Action: "되돌리기", OnAction: func() { undone = true }})
	widgettest.TapText(t, over, "되돌리기")
	if !undone || len(over.Toasts()) != 0 {
		t.Error("the action does not act and close")
	}
}

func TestToastStaysWhileThePointerIsOnIt(t *testing.T) {
	clock := fakeclock.New()
	_, over := widgettest.Show(t, label.NewLine("창", label.Style{}), fyne.NewSize(700, 400), clock)
	over.Toast(layer.Toast{Text: "읽는 중"})
	for _, o := range test.LaidOutObjects(over) {
		if h, ok := o.(desktop.Hoverable); ok && o.Size().Width == 400 { // the widest a toast is
			h.MouseIn(&desktop.MouseEvent{})
			clock.Advance(time.Minute)
			if len(over.Toasts()) != 1 {
				t.Fatal("it goes while it is being read")
			}
			h.MouseOut()
		}
	}
	clock.Advance(time.Minute)
	if len(over.Toasts()) != 0 {
		t.Error("it stays after the pointer has left")
	}
}
