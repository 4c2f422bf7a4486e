package desktop

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/desktop/shortcuts"
	"cuelight/app/state"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
)

// shortcut presses keys; the toolkit's test driver knows no shortcuts of a canvas.
func (r *rig) shortcut(k shortcuts.Keys) {
	r.t.Helper()
	r.shortcuts.Press(k, r.Sheet() != nil)
	r.render()
}

// key presses a key without modifiers.
func (r *rig) key(name fyne.KeyName) {
	r.t.Helper()
	e := &fyne.KeyEvent{Name: name}
	if f := r.win.Canvas().Focused(); f != nil {
		f.TypedKey(e)
	} else {
		r.win.Canvas().OnTypedKey()(e)
	}
	r.clock.Advance(kit.InputDelay)
	r.render()
}

// find opens the palette, types and presses Enter.
func (r *rig) find(text string) {
	r.t.Helper()
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	r.settle()
	test.Type(r.win.Canvas().Focused(), text)
	r.key(fyne.KeyReturn)
	r.settle()
}

func TestThePaletteReachesPresetsScenesScreensAndSettings(t *testing.T) {
	r := newRig(t, kittest.WithPresets(kittest.Streaming()), "dark", "ko")
	for _, c := range []struct {
		typed string
		holds func() bool
	}{
		{"ㅂㄱ", func() bool { return slices.Contains(r.fake.Calls, "apply preset 배그 솔로") }},
		{"대기 화", func() bool { return r.fake.Times("scene 대기 화면") == 1 }},
		{"방송 설", func() bool { return r.shell.at == kit.ScreenBroadcast }},
		{"기록", func() bool { return r.shell.at == kit.ScreenRecords }},
		{"라이트", func() bool { return r.fake.Configuration.Theme == "light" }},
		{"단축", func() bool { return r.Sheet() != nil }},
	} {
		r.find(c.typed)
		if !c.holds() {
			t.Errorf("%q and Enter do something else: %q, at %s", c.typed, r.fake.Calls, r.shell.at)
		}
	}
}

func TestThePaletteClosesByEscapeAndByItsKeyAndRunsNothing(t *testing.T) {
	r := newRig(t, kittest.WithPresets(kittest.Streaming()), "dark", "en")
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	test.Type(r.win.Canvas().Focused(), "quit")
	r.key(fyne.KeyEscape)
	if r.Sheet() != nil {
		t.Fatal("Escape leaves the palette open")
	}
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	if r.Sheet() != nil {
		t.Fatal("the same key leaves the palette open")
	}
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	test.Type(r.win.Canvas().Focused(), "nothing that there is")
	r.key(fyne.KeyReturn)
	if r.Sheet() == nil {
		t.Fatal("Enter on nothing closes the palette")
	}
}

func TestAQuestionIsNotCoveredByThePalette(t *testing.T) {
	r := newRig(t, kittest.Streaming(), "dark", "en")
	r.confirmQuit()
	asked := r.Sheet()
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	if r.Sheet() != asked {
		t.Error("the palette took the place of a question")
	}
}

// What is bound is what is shown: every shortcut has a sentence on the sheet, and no
// keys do two things.
func TestShortcutsAreOneListWithASentenceForEach(t *testing.T) {
	for _, lang := range []string{"ko", "en"} {
		r := newRig(t, kittest.Streaming(), "dark", lang)
		taken := make(map[string]string)
		for _, row := range r.shortcuts.Rows() {
			for _, keys := range strings.Split(row.Keys, ", ") {
				if taken[keys] != "" {
					t.Errorf("%s is for %s and %s", keys, taken[keys], row.ID)
				}
				taken[keys] = row.ID
			}
		}
		for _, row := range r.shortcuts.Rows() {
			if !r.HasText("shortcut."+row.ID) || row.Keys == "" {
				t.Errorf("%s: %+v is told badly", lang, row)
			}
		}
		r.key(fyne.KeyF1)
		if r.Sheet() == nil {
			t.Fatal("F1 shows nothing")
		}
		var shown []string
		for _, line := range kittest.Find[*label.Line](r.Sheet()) {
			shown = append(shown, line.Text())
		}
		for _, want := range []string{"Ctrl+K", "F1", "Ctrl+Enter, Ctrl+S", "Ctrl+1…9", "Alt+1…9", "Esc"} {
			if !slices.Contains(shown, want) {
				t.Errorf("the sheet lacks %s: %s", want, strings.Join(shown, " | "))
			}
		}
		r.key(fyne.KeyEscape)
		if r.Sheet() != nil {
			t.Error("Escape leaves the sheet open")
		}
	}
}

func TestF1WorksWhileAFieldHasTheKeyboard(t *testing.T) {
	r := newRig(t, kittest.Streaming(), "dark", "ko")
	r.shell.open(kit.ScreenBroadcast)
	r.render()
	fields := kittest.Find[*input.TextField](r.body())
	if len(fields) == 0 {
		t.Fatal("the screen has no field")
	}
	fields[0].Focus()
	if r.win.Canvas().Focused() == nil {
		t.Fatal("the field has not got the keyboard")
	}
	r.key(fyne.KeyF1)
	if r.Sheet() == nil {
		t.Error("F1 shows nothing")
	}
}

var paletteShots = []struct {
	name, theme, lang string
	size              fyne.Size
	then              func(*rig)
}{
	{"palette", "dark", "ko", kit.WindowSize, func(r *rig) { r.typeInPalette("ㅂㄱ") }},
	{"palette", "light", "en", kit.WindowSize, func(r *rig) { r.typeInPalette("") }},
	{"palette-narrow", "dark", "en", narrow, func(r *rig) { r.typeInPalette("set") }},
	{"palette-narrow", "light", "ko", narrow, func(r *rig) { r.typeInPalette("") }},
	{"shortcuts", "dark", "ko", kit.WindowSize, func(r *rig) { r.key(fyne.KeyF1) }},
	{"shortcuts-narrow", "light", "en", narrow, func(r *rig) { r.key(fyne.KeyF1) }},
}

func (r *rig) typeInPalette(text string) {
	r.shortcut(shortcuts.Ctrl(fyne.KeyK))
	r.settle()
	test.Type(r.win.Canvas().Focused(), text)
}

func TestThePaletteLooksAsItShould(t *testing.T) {
	for _, shot := range paletteShots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			s := kittest.WithPresets(kittest.Streaming())
			s.OBS.Link = state.LinkUp
			r := newRig(t, s, shot.theme, shot.lang)
			r.win.Resize(shot.size)
			r.render()
			shot.then(r)
			r.render()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}
