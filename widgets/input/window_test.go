package input_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
)

func TestEscapeReachesTheWindowFromWhateverHasTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	field := input.NewTextField("제목", "", 0, nil, fakeclock.New())
	button := control.NewButton("적용", nil, control.Primary, nil)
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
	field := input.NewConcealedField("비밀번호", fakeclock.New())
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
