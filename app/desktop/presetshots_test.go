package desktop

import (
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
)

// presetShots are the screen of presets, and what other places show of them.
var presetShots = []struct {
	name        string
	theme, lang string
	size        fyne.Size
	then        func(*rig)
}{
	{"presets", "dark", "ko", kit.WindowSize, openPresets},
	{"presets", "light", "en", fyne.NewSize(1600, 1000), openPresets},
	{"presets-narrow", "dark", "en", narrow, openPresets},
	{"presets-narrow", "light", "ko", narrow, openPresets},
	{"presets-save", "dark", "ko", kit.WindowSize, func(r *rig) { openPresets(r); r.tap(r.body(), "presets.save") }},
	{"presets-rule", "light", "ko", kit.WindowSize, func(r *rig) { openPresets(r); r.tap(r.body(), "rules.add") }},
	{"home-presets", "dark", "ko", kit.WindowSize, nil},
	{"home-rule", "light", "en", kit.WindowSize, func(r *rig) {
		title := "earlier"
		r.fake.Set(func(s *state.State) {
			s.Broadcast.Undo.Title = &title
			*s = state.Reduce(*s, state.RuleApplied{Action: state.RuleAction{Rule: s.Rules.Rules[0], At: r.clock.Now()}})
		})
	}},
}

func openPresets(r *rig) {
	r.shell.open(kit.ScreenPresets)
	r.until("what is asked", r.queue.Idle)
	r.render()
}

func TestPresetsLookAsTheyShould(t *testing.T) {
	for _, shot := range presetShots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, kittest.WithPresets(kittest.Streaming()), shot.theme, shot.lang)
			r.fakePresets.NoCategory = map[string]bool{"먹방": true}
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
