package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets"
	"cuelight/widgets/fakeclock"
)

func TestEscapeReachesTheWindowFromWhateverHasTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	field := widgets.NewTextField("제목", "", 0, nil, fakeclock.New())
	button := widgets.NewButton("적용", nil, widgets.Primary, nil)
	w := test.NewTempWindow(t, container.NewVBox(field, button))
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, e.Name) })
	field.Focus()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.Canvas().Focus(button)
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(got) != 2 || got[0] != fyne.KeyEscape || got[1] != fyne.KeyEscape {
		t.Errorf("the window got %q", got)
	}
}

func TestConcealedFieldKeepsTheSecretAsTyped(t *testing.T) {
	test.NewTempApp(t)
	field := widgets.NewConcealedField("비밀번호", fakeclock.New())
	w := test.NewTempWindow(t, field)
	field.Focus()
	const decomposed = "\u1100\u1161" // NFD: a secret is not made into NFC
	test.Type(w.Canvas().Focused(), decomposed)
	if field.Text() != decomposed {
		t.Errorf("the secret became %q", field.Text())
	}
	if markup := test.RenderToMarkup(w.Canvas()); strings.Contains(markup, decomposed) {
		t.Error("the secret is drawn")
	}
}

func TestMessagesKeepClearOfTheCorner(t *testing.T) {
	test.NewTempApp(t)
	layer := widgets.NewLayer(widgets.NewLine("", widgets.Look{}), fakeclock.New())
	w := test.NewTempWindow(t, layer)
	corner := fyne.NewSize(380, 90)
	for _, size := range []fyne.Size{fyne.NewSize(1120, 720), fyne.NewSize(720, 480)} {
		w.Resize(size)
		layer.KeepClear(corner)
		dismiss := layer.Toast(widgets.Toast{Text: "OBS를 설정했습니다."})
		objects := test.WidgetRenderer(layer).Objects()
		toast := objects[len(objects)-1]
		right, lower := toast.Position().X+toast.Size().Width, toast.Position().Y+toast.Size().Height
		if right > layer.Size().Width-corner.Width && lower > layer.Size().Height-corner.Height {
			t.Errorf("at %v a message reaches %v, %v: into the corner", size, right, lower)
		}
		dismiss()
	}
}
