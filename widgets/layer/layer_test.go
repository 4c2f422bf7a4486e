package layer_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
)

func TestMessagesKeepClearOfTheCorner(t *testing.T) {
	test.NewTempApp(t)
	over := layer.NewLayer(label.NewLine("", label.Style{}), fakeclock.New())
	w := test.NewTempWindow(t, over)
	corner := fyne.NewSize(380, 90)
	for _, size := range []fyne.Size{fyne.NewSize(1120, 720), fyne.NewSize(720, 480)} {
		w.Resize(size)
		over.KeepClear(corner)
		dismiss := over.Toast(layer.Toast{Text: "OBS를 설정했습니다."})
		objects := test.WidgetRenderer(over).Objects()
		toast := objects[len(objects)-1]
		right, lower := toast.Position().X+toast.Size().Width, toast.Position().Y+toast.Size().Height
		if right > over.Size().Width-corner.Width && lower > over.Size().Height-corner.Height {
			t.Errorf("at %v a message reaches %v, %v: into the corner", size, right, lower)
		}
		dismiss()
	}
}
