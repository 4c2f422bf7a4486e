package desktop

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

var narrow = fyne.NewSize(720, 480)

// shots are the states of the screens that are held as pictures.
var shots = []struct {
	name        string
	theme, lang string
	size        fyne.Size
	state       func() state.State
	then        func(*rig)
}{
	{"home-ready", "light", "ko", kit.WindowSize, kittest.ToFix, nil},
	{"home-live", "dark", "ko", kit.WindowSize, kittest.OnAir, nil},
	{"home-live", "light", "en", kit.WindowSize, kittest.OnAir, nil},
	{"home-loading", "dark", "ko", kit.WindowSize, kittest.Loading, nil},
	{"home-failing", "dark", "en", kit.WindowSize, kittest.Failing, nil},
	{"home-failing", "light", "ko", kit.WindowSize, kittest.Failing, nil},
	{"home-reconnecting", "dark", "ko", kit.WindowSize, kittest.Reconnecting, nil},
	{"home-long", "dark", "ko", kit.WindowSize, kittest.LongTexts, nil},
	{"home-long-narrow", "light", "ko", narrow, kittest.LongTexts, nil},
	{"home-narrow", "dark", "ko", narrow, kittest.ToFix, nil},
	{"home-end", "dark", "ko", kit.WindowSize, kittest.OnAir, func(r *rig) { r.Actions.Stop() }},
	{"welcome-empty", "dark", "ko", kit.WindowSize, kittest.NoAccount, nil},
	{"welcome-empty", "light", "en", kit.WindowSize, kittest.NoAccount, nil},
	{"welcome-narrow", "dark", "en", narrow, kittest.NoAccount, nil},
	{"welcome-signin", "dark", "ko", kit.WindowSize, kittest.SigningIn, func(r *rig) { r.tap(r.welcome.Body(), "signin.other"); r.render() }},
	{"welcome-whose", "dark", "ko", kit.WindowSize, kittest.SigningIn, func(r *rig) {
		r.fake.Set(func(s *state.State) { *s = kittest.Ready() })
		r.render()
	}},
	{"accounts", "dark", "ko", kit.WindowSize, kittest.SeveralAccounts, func(r *rig) { r.shell.open(kit.ScreenAccounts) }},
	{"settings", "light", "ko", kit.WindowSize, kittest.Ready, func(r *rig) { r.shell.open(kit.ScreenSettings) }},
	{"settings-memory", "dark", "en", fyne.NewSize(1120, 1000), kittest.MemoryOnly, func(r *rig) { r.shell.open(kit.ScreenSettings) }},
	{"obs-help", "dark", "ko", kit.WindowSize, kittest.NoOBS, func(r *rig) { r.Actions.HelpOBS() }},
	{"obs-password", "light", "en", kit.WindowSize, kittest.WrongPassword, func(r *rig) { r.Actions.AskOBSPassword() }},
	{"sandbox", "dark", "en", kit.WindowSize, kittest.InSandbox, nil},
}

func TestScreensLookAsTheyShould(t *testing.T) {
	for _, shot := range shots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.theme, shot.lang)
			r.win.Resize(shot.size)
			r.render()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

func assertPicture(t *testing.T, got image.Image, name string) {
	t.Helper()
	path := filepath.Join("..", "..", "testdata", "desktop", name+".png")
	var data bytes.Buffer
	if err := png.Encode(&data, got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, data.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if n := differing(got, want); n > 0 {
		failed := filepath.Join(t.TempDir(), name+".png")
		if dir := os.Getenv("CUELIGHT_PICTURES"); dir != "" {
			failed = filepath.Join(dir, name+".png")
		}
		_ = os.WriteFile(failed, data.Bytes(), 0o644)
		t.Errorf("%d pixels differ from %s; set CUELIGHT_PICTURES to a folder to keep what was drawn", n, path)
	}
}

// differing counts pixels that a person would see as another colour: the last
// bits of blending differ between processors.
func differing(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return max(a.Bounds().Dx()*a.Bounds().Dy(), 1)
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			p, q := color.NRGBAModel.Convert(a.At(x, y)).(color.NRGBA), color.NRGBAModel.Convert(b.At(x, y)).(color.NRGBA)
			if far(p.R, q.R) || far(p.G, q.G) || far(p.B, q.B) {
				n++
			}
		}
	}
	return n
}

func far(a, b uint8) bool { return max(a, b)-min(a, b) > 6 }
