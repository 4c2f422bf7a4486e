// Package widgettest shows widgets in a window of the toolkit's test driver, for
// the tests of all widget packages.
package widgettest

import (
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/layer"
)

// Show puts an object into a window of a size, under a layer, with a clock moved by
// hand.
func Show(t *testing.T, o fyne.CanvasObject, size fyne.Size, clock *fakeclock.Clock) (fyne.Window, *layer.Layer) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(testTheme{theme.DefaultTheme(), font(t, "Regular"), font(t, "Bold")})
	over := layer.NewLayer(o, clock)
	w := test.NewTempWindow(t, over)
	w.SetPadded(false)
	w.Resize(size)
	return w, over
}

// TypeKeys sends keys to what has the keyboard.
func TypeKeys(w fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// TypeText types into what has the keyboard.
func TypeText(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

// Markup says in words what is drawn where.
func Markup(w fyne.Window) string { return test.RenderToMarkup(w.Canvas()) }

// TapText presses the button that says something.
func TapText(t *testing.T, root fyne.CanvasObject, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(root) {
		if b, ok := o.(*control.Button); ok && b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button says %q", text)
}

// testTheme sets widgets in the real typeface, which is what sizes depend on, and in
// plain colours.
type testTheme struct {
	fyne.Theme
	regular, bold fyne.Resource
}

func (t testTheme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return t.Theme.Font(s)
	case s.Bold:
		return t.bold
	default:
		return t.regular
	}
}

func (t testTheme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return t.Theme.Color(name, theme.VariantDark)
}

// font reads the program's own typeface.
func font(t *testing.T, weight string) fyne.Resource {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	path := filepath.Join(filepath.Dir(here), "..", "..", "app", "desktop", "look", "fonts", "Pretendard-"+weight+".otf")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fyne.NewStaticResource(filepath.Base(path), data)
}
