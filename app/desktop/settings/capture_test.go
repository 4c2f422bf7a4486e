package settings

import (
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/widgets/control"
)

func TestTheWindowIsKeptOutOfCapturesWhereTheSystemCan(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	if newCaptureCard(r.UI, r.Fake, nil).Visible() {
		t.Error("offered where the system cannot")
	}
	works, asked := true, []bool{}
	card := newCaptureCard(r.UI, r.Fake, func(on bool) bool {
		asked = append(asked, on)
		return works
	})
	one := kittest.Find[*control.Switch](card)[0]
	if one.OnTapped(); !one.On() || !r.Fake.Config().Privacy.KeepOut || len(asked) != 1 || !asked[0] {
		t.Errorf("on: %v, kept %v, asked %v", one.On(), r.Fake.Config().Privacy.KeepOut, asked)
	}
	works = false
	if one.OnTapped(); !one.On() || !r.Fake.Config().Privacy.KeepOut || len(r.Layer.Toasts()) != 1 {
		t.Errorf("refused: shown %v, kept %v, %d messages", one.On(), r.Fake.Config().Privacy.KeepOut, len(r.Layer.Toasts()))
	}
}
