package channels

import (
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/providers"
	"cuelight/widgets/control"
)

func TestACreatorIsAskedForByName(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	r.Fake.Offers = []providers.Creator{
		{Key: "cr-1", Name: "김하늘", HasKey: true}, {Key: "cr-2", Name: "이서준", HasKey: true}, {Key: "cr-3", Name: "박지유"},
	}
	went := false
	sheet := NewCreatorSheet(r.UI, r.Fake)
	sheet.Ask(func() { went = true })
	r.Settle()
	if got := len(kittest.Find[*control.Button](r.Sheet())); got != 3 { // two of them, and to leave it
		t.Errorf("%d choices: a creator without a key is offered", got)
	}
	r.Press(r.Button("이서준"))
	r.Settle()
	if r.Fake.Creator != "cr-2" || !went {
		t.Errorf("chose %q, went on: %v", r.Fake.Creator, went)
	}
}
