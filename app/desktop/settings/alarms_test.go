package settings

import (
	"slices"
	"testing"

	"cuelight/app/config"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

func TestAlarmsAreSwitchedByKind(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	r.Fake.Configuration.Alarms.Off = []string{string(state.AlarmFramesDropped)}
	card := newAlarmsCard(r.UI, r.Fake, Sounds{})
	alarms := func() config.Alarms { return r.Fake.Config().Alarms }
	switches := kittest.Find[*control.Switch](card)
	if len(switches) != 1+len(state.AlarmKinds()) {
		t.Fatalf("%d switches", len(switches))
	}
	for i, kind := range state.AlarmKinds() {
		one := switches[i+1]
		if one.Title() != r.Text("settings.alarms."+string(kind)) || one.On() != (kind != state.AlarmFramesDropped) {
			t.Errorf("%s: %q is on: %v", kind, one.Title(), one.On())
		}
		was := alarms().Wants(string(kind))
		if one.OnTapped(); alarms().Wants(string(kind)) == was {
			t.Errorf("%s: nothing changes", kind)
		}
	}
	if off := alarms().Off; len(off) != len(state.AlarmKinds())-1 || slices.Contains(off, string(state.AlarmFramesDropped)) {
		t.Errorf("off are %v", off)
	}
	if switches[0].OnTapped(); !alarms().NoNotification {
		t.Error("the notification stays on")
	}
}

func TestTheSoundOfAlarmsIsChosenAndTried(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	tried := 0
	card := newAlarmsCard(r.UI, r.Fake, Sounds{Try: func() { tried++ }})
	tiles, volume := kittest.Find[*control.Tiles](card)[0], kittest.Find[*input.Stepper](card)[0]
	volume.OnChanged(4)
	if a := r.Fake.Config().Alarms; a.Loudness() != 40 {
		t.Errorf("the volume is %d %%", a.Loudness())
	}
	r.Press(kittest.ButtonIn(t, card, r.Text("settings.alarms.try")))
	if tried != 1 {
		t.Error("nothing is played")
	}
	tiles.OnChosen(config.SoundOff)
	if a := r.Fake.Config().Alarms; a.Sound != config.SoundOff {
		t.Errorf("the sound is %q", a.Sound)
	}
}
