package vod

import (
	"strings"
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// opened opens the screen.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (*kittest.Rig, *VOD) {
	t.Helper()
	r := kittest.NewRig(t, s)
	given(r.Fake)
	v := New(r.UI, r.Fake)
	r.Show(v)
	return r, v
}

// embed asks for a video and waits for the answer.
func embed(r *kittest.Rig, v *VOD) {
	v.address.SetText("https://vod.sooplive.co.kr/player/71021072")
	v.send()
	r.Settle()
}

func TestAVideoKeepsItsShape(t *testing.T) {
	for width, height := range map[int]int{640: 360, 1280: 720, 1920: 1080, 641: 361, 160: 90} {
		if got := heightFor(width); got != height {
			t.Errorf("%d wide is %d high, want %d", width, got, height)
		}
	}
	_, v := opened(t, kittest.Complete(), kittest.WithVOD)
	v.width.SetText("99")
	v.measure("99")
	v.address.SetText("https://vod.sooplive.co.kr/player/71021072")
	v.send()
	if v.request.Running() {
		t.Error("too small a width is asked for")
	}
}

func TestTheHTMLOfAVideoIsShownAndCopiedAsText(t *testing.T) {
	r, v := opened(t, kittest.Complete(), kittest.WithVOD)
	embed(r, v)
	if !strings.HasSuffix(v.html.Text, "<script>alert(1)</script>") || v.embed.Width != 640 || v.embed.Height != 360 {
		t.Errorf("shows %q", v.html.Text)
	}
	v.html.SetText("changed")
	if v.html.Text != v.embed.HTML {
		t.Error("it can be changed by hand")
	}
	buttons := kittest.Find[*control.Button](v.pane.Object)
	r.Press(buttons[len(buttons)-1])
	if r.Clipboard().Content() != v.embed.HTML {
		t.Errorf("copied %q", r.Clipboard().Content())
	}
}

func TestAnAddressThatIsNoVideoIsSaidAtTheField(t *testing.T) {
	r, v := opened(t, kittest.Complete(), kittest.WithoutVOD)
	embed(r, v)
	if v.pane.HasContent() || v.embed.HTML != "" {
		t.Error("shows a video")
	}
}
