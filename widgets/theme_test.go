package widgets_test

import (
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets"
	"cuelight/widgets/fakeclock"
)

// testTheme sets widgets in the real typeface, which is what pictures depend on, and
// in plain colours.
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

func font(t *testing.T, weight string) fyne.Resource {
	t.Helper()
	path := filepath.Join("..", "app", "desktop", "look", "fonts", "Pretendard-"+weight+".otf")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fyne.NewStaticResource(filepath.Base(path), data)
}

// shown puts an object into a window of a size, under a layer, with a clock moved by
// hand.
func shown(t *testing.T, o fyne.CanvasObject, size fyne.Size, clock *fakeclock.Clock) (fyne.Window, *widgets.Layer) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(testTheme{theme.DefaultTheme(), font(t, "Regular"), font(t, "Bold")})
	layer := widgets.NewLayer(o, clock)
	w := test.NewTempWindow(t, layer)
	w.SetPadded(false)
	w.Resize(size)
	return w, layer
}

// typeKeys sends keys to what has the keyboard.
func typeKeys(w fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func typeText(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}
