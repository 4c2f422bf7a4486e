package overlays

import (
	"strings"
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/features"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/widgets/input"
)

// opened opens the screen and waits for its answers.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (*kittest.Rig, *Overlays) {
	t.Helper()
	r := kittest.NewRig(t, s)
	if given != nil {
		given(r.Fake)
	}
	o := New(r.UI, r.Fake)
	r.Show(o)
	r.Settle()
	return r, o
}

func TestAnOverlayIsAddedToTheSceneChosen(t *testing.T) {
	r, o := opened(t, kittest.Complete(), func(e *kittest.Engine) {
		e.PlaceFunc = func(_, _, _, source string) (features.OverlayPlaced, error) {
			return features.OverlayPlaced{Source: source, Added: true}, nil
		}
	})
	o.scene.SetPicked(input.PickItem{ID: "게임", Name: "게임"})
	card := o.cards[1]
	r.Press(card.add)
	r.Until("it is added", func() bool { return card.result.Object.Visible() })
	if r.Fake.Times("add notice pc 게임") != 1 || !strings.Contains(card.result.Text(), "게임 장면에 “SOOP 알림” 소스") {
		t.Errorf("asked %v; says %q", r.Fake.Asked, card.result.Text())
	}
}

func TestAnOverlaysAddressIsMaskedAndForgotten(t *testing.T) {
	r, o := opened(t, kittest.Complete(), nil)
	card := o.cards[0]
	if card.field.Revealed() || card.address.Empty() {
		t.Fatal("the address is shown, or missing")
	}
	r.Press(card.preview)
	r.Until("the preview", func() bool { return r.Fake.Called("open https://overlay.example/chat") })
	r.Leave()
	if !card.address.Empty() {
		t.Error("the address is still held")
	}
}

func TestOverlaysNeedOBSOnlyToBeAdded(t *testing.T) {
	r, o := opened(t, kittest.CompleteNoOBS(), nil)
	if card := o.cards[0]; !card.add.Disabled() || card.preview.Disabled() || !o.hint.Visible() {
		t.Error("without OBS it can be added, or not even looked at")
	}
	r.Fake.Set(func(s *state.State) { s.OBS.Link = state.LinkUp })
	r.Render()
	if o.cards[0].add.Disabled() {
		t.Error("with OBS back it cannot be added")
	}
}

func TestAnOBSWithoutBrowserSourcesIsSaidInWords(t *testing.T) {
	r, o := opened(t, kittest.Complete(), kittest.WithoutBrowserSource)
	card := o.cards[0]
	card.place()
	r.Until("the failure", func() bool { return card.result.Object.Visible() })
	if want := r.Explain(&obs.Error{Kind: obs.ErrNoKind}).Line(); card.result.Text() != want || !strings.Contains(want, "브라우저 소스") {
		t.Errorf("says %q", card.result.Text())
	}
}
