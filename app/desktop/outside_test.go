package desktop

import (
	"testing"

	"cuelight/app/desktop/kit/kittest"
)

// A link from outside changes nothing by itself: it is asked about, and only the
// answer does it.
func TestALinkFromOutsideIsAskedAboutFirst(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "en")
	if r.Sheet() != nil {
		t.Fatal("something is open before the link")
	}
	r.openLink("cuelight://title?text=Hello%20there")
	if r.Sheet() == nil || r.fake.State().Broadcast.Draft.Title != nil {
		t.Fatal("not asked about, or done before the answer")
	}
	r.openLink("cuelight://title?text=Another")
	r.press(r.button("Fill in"))
	if got := r.fake.State().Broadcast.Draft.Title; got == nil || *got != "Hello there" {
		t.Errorf("the draft's title is %v", got)
	}
	r.openLink("cuelight://title?text=Something%20else")
	r.press(r.button("No"))
	if got := r.fake.State().Broadcast.Draft.Title; *got != "Hello there" || r.Sheet() != nil {
		t.Errorf("refused, and the title is %q", *got)
	}
	for _, wrong := range []string{"cuelight://start", "cuelight://title"} {
		if r.openLink(wrong); r.Sheet() != nil {
			t.Errorf("asks about %s", wrong)
		}
	}
}
