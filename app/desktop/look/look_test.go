package look

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	_ "fyne.io/fyne/v2/test" // an app for the theme to look colours up in
	"fyne.io/fyne/v2/theme"
	"github.com/BurntSushi/toml"
)

// Update is also read by the tests of the outer package.
var Update = flag.Bool("update", false, "write Icon.png and the golden pictures anew")

const root = "../../.."

func TestFyneAppTomlSaysWhatTheProgramSays(t *testing.T) {
	var file struct {
		Details struct {
			Icon, Name, ID, Version string
			Build                   int
		}
	}
	if _, err := toml.DecodeFile(filepath.Join(root, "FyneApp.toml"), &file); err != nil {
		t.Fatal(err)
	}
	m, d := Metadata(), file.Details
	if d.Name != AppName || d.ID != m.ID || d.Version != m.Version || d.Build != m.Build || d.Icon != "Icon.png" {
		t.Errorf("FyneApp.toml has %+v, the program %+v", d, m)
	}
	if m.Name != AppName || m.Icon == nil {
		t.Errorf("metadata lacks a name or an icon: %+v", m)
	}
}

func TestIconFileIsTheDrawnIcon(t *testing.T) {
	path, want := filepath.Join(root, "Icon.png"), encode(DrawAppIcon(IconPixels))
	if *Update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !samePixels(t, got, want) {
		t.Error("Icon.png is not what DrawAppIcon draws; run this test with -update")
	}
}

func samePixels(t *testing.T, a, b []byte) bool {
	t.Helper()
	p, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	q, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if p.Bounds() != q.Bounds() {
		return false
	}
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			if color.NRGBAModel.Convert(p.At(x, y)) != color.NRGBAModel.Convert(q.At(x, y)) {
				return false
			}
		}
	}
	return true
}

func TestTextKeepsItsContrast(t *testing.T) {
	for name, p := range map[string]palette{"dark": darkPalette, "light": lightPalette} {
		backgrounds := map[string]color.NRGBA{"background": p.background, "surface": p.surface, "raised": p.raised}
		for on, background := range backgrounds {
			for text, c := range map[string]color.NRGBA{"text": p.text, "muted": p.muted} {
				if got := contrast(c, background); got < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", name, text, on, got)
				}
			}
		}
		for text, c := range map[string]color.NRGBA{"links": p.primary, "errors": p.onAir} {
			if got := contrast(c, p.surface); got < 4.5 {
				t.Errorf("%s: %s on surface have a contrast of %.2f", name, text, got)
			}
		}
		for on, background := range map[string]color.NRGBA{"primary": p.primary, "on air": p.onAir} {
			if got := contrast(p.onBright, background); got < 4.5 {
				t.Errorf("%s: text on %s has a contrast of %.2f", name, on, got)
			}
		}
	}
}

// contrast is WCAG 2.2's ratio of relative luminances, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func TestModeDecidesOrFollowsTheSystem(t *testing.T) {
	darkBackground, lightBackground := darkPalette.background, lightPalette.background
	for _, c := range []struct {
		mode   Mode
		system fyne.ThemeVariant
		want   color.NRGBA
	}{
		{System, theme.VariantDark, darkBackground},
		{System, theme.VariantLight, lightBackground},
		{Dark, theme.VariantLight, darkBackground},
		{Light, theme.VariantDark, lightBackground},
		{"sepia", theme.VariantLight, lightBackground},
	} {
		if got := NewTheme(c.mode).Color(theme.ColorNameBackground, c.system); got != c.want {
			t.Errorf("mode %q on system %v: background %v, want %v", c.mode, c.system, got, c.want)
		}
	}
}

func TestEveryToolkitColourAndSizeIsThere(t *testing.T) {
	th := NewTheme(Dark)
	for _, name := range []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameButton, theme.ColorNameDisabled, theme.ColorNameDisabledButton,
		theme.ColorNameError, theme.ColorNameFocus, theme.ColorNameForeground, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnPrimary, theme.ColorNameHover, theme.ColorNameHyperlink,
		theme.ColorNameInputBackground, theme.ColorNameInputBorder, theme.ColorNameMenuBackground,
		theme.ColorNameOverlayBackground, theme.ColorNamePlaceHolder, theme.ColorNamePressed,
		theme.ColorNamePrimary, theme.ColorNameScrollBar, theme.ColorNameSelection, theme.ColorNameSeparator,
		theme.ColorNameShadow, theme.ColorNameSuccess, theme.ColorNameWarning,
	} {
		if _, _, _, a := th.Color(name, theme.VariantDark).RGBA(); a == 0 {
			t.Errorf("colour %s is not seen", name)
		}
	}
	for name := range sizes {
		if th.Size(name) <= 0 {
			t.Errorf("size %s is %v", name, th.Size(name))
		}
	}
	if th.Size(theme.SizeNameSeparatorThickness) <= 0 {
		t.Error("a size we leave to the toolkit is missing")
	}
}

func TestEveryIconIsThereAndIsDrawable(t *testing.T) {
	for _, i := range []Icon{
		IconLive, IconBroadcast, IconOverlays, IconDiscover, IconFilters, IconVOD, IconAccounts, IconSettings,
		IconCheck, IconWarn, IconCross, IconRing, IconSearch, IconClose, IconCopy, IconEye, IconRefresh,
		IconPlay, IconStop, IconKey, IconChevron, IconPlus, IconLink,
	} {
		res := i.Resource()
		if res == nil {
			t.Fatalf("icon %q is missing", i)
		}
		if !bytes.Contains(res.Content(), []byte("<svg")) {
			t.Errorf("icon %q is not a drawing", i)
		}
	}
	if Icon("no such icon").Resource() != nil {
		t.Error("an unknown icon must be nil")
	}
}

// At 16 pixels the states must differ in lightness and shape, not only in hue.
func TestCueStatesDifferAtTraySize(t *testing.T) {
	off, ready, onAir := DrawCue(CueOff, 16), DrawCue(CueReady, 16), DrawCue(CueOnAir, 16)
	if a := off.NRGBAAt(8, 8).A; a > 40 {
		t.Errorf("off is not hollow: alpha %d in the middle", a)
	}
	for name, img := range map[string]*image.NRGBA{"ready": ready, "on air": onAir} {
		if a := img.NRGBAAt(8, 8).A; a < 250 {
			t.Errorf("%s is not filled: alpha %d in the middle", name, a)
		}
	}
	if r, o := luminance(ready.NRGBAAt(8, 8)), luminance(onAir.NRGBAAt(8, 8)); r < o+0.2 {
		t.Errorf("ready (%.2f) is not clearly lighter than on air (%.2f)", r, o)
	}
}

func TestTrayIconIsPNGAndMadeOnce(t *testing.T) {
	for _, s := range []Cue{CueOff, CueReady, CueOnAir, CueDimmed} {
		res := TrayIcon(s)
		if _, err := png.Decode(bytes.NewReader(res.Content())); err != nil {
			t.Errorf("%s: %v", s, err)
		}
		if TrayIcon(s) != res {
			t.Errorf("%s is drawn again each time", s)
		}
	}
}

func TestFontsHoldKoreanAndLatin(t *testing.T) {
	th := NewTheme(Dark)
	if th.Font(fyne.TextStyle{}).Name() != "Pretendard-Regular.otf" || th.Font(fyne.TextStyle{Bold: true}).Name() != "Pretendard-Bold.otf" {
		t.Error("regular or bold is not our own font")
	}
	if th.Font(fyne.TextStyle{Symbol: true}) == nil {
		t.Error("symbols have no font")
	}
	if n := len(regularOTF); n < 1_500_000 {
		t.Errorf("the regular font holds %d bytes: it must be whole", n)
	}
}
