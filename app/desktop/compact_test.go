package desktop

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/rowlist"
)

// at is where an object is in the window.
func (r *rig) at(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

func TestWhatIsTypedCanBeSentInTheSmallestWindow(t *testing.T) {
	for _, lang := range []string{"ko", "en"} {
		r := newRig(t, kittest.WithPresets(kittest.Streaming()), "dark", lang)
		r.win.Resize(kit.WindowMin)
		r.render()
		big := r.bigButton()
		before := r.at(big)
		title := kittest.Find[*input.TextField](r.body())[0]
		title.Focus()
		test.Type(r.win.Canvas().Focused(), "!")
		r.render()
		apply := kittest.ButtonIn(t, r.body(), r.Count("apply.n", 1))
		if apply.Disabled() {
			t.Errorf("%s: what was typed cannot be sent", lang)
		}
		at := r.at(apply)
		if at.Y+apply.Size().Height > kit.WindowMin.Height || at.X+apply.Size().Width > r.at(big).X {
			t.Errorf("%s: the button to send is at %v, %v large", lang, at, apply.Size())
		}
		if now := r.at(big); now != before {
			t.Errorf("%s: typing has moved the big button from %v to %v", lang, before, now)
		}
		chips := kittest.Find[*control.Chip](r.body())
		if at := r.at(chips[0]); at.Y > before.Y {
			t.Errorf("%s: the presets are below the fold, at %v", lang, at)
		}
	}
}

func TestAPresetOnTheHomeScreenIsOnePressAway(t *testing.T) {
	r := newRig(t, kittest.WithPresets(kittest.Streaming()), "light", "ko")
	for _, list := range kittest.Find[*rowlist.List](r.body()) {
		if list.Visible() && list.OnChosen != nil {
			list.OnChosen(1, fyne.Position{})
		}
	}
	r.settle()
	if !r.fake.Called("apply preset 소통") {
		t.Error("the second preset was not applied")
	}
	r.tap(r.body(), "presets.save")
	if r.Sheet() == nil {
		t.Error("saving what is set now asks for nothing")
	}
}

func TestWhereNothingIsKnownNothingIsSaved(t *testing.T) {
	r := newRig(t, kittest.WithPresets(kittest.Streaming()), "light", "ko")
	r.fake.Set(func(s *state.State) { s.Broadcast = state.BroadcastState{} })
	r.render()
	if !kittest.ButtonIn(t, r.body(), r.Text("presets.save")).Disabled() {
		t.Error("settings that nobody knows can be saved")
	}
}
