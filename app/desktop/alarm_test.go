package desktop

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/status"
)

func TestALossOnAirIsRedOnEveryScreen(t *testing.T) {
	r := newRig(t, kittest.OnAir(), "dark", "ko")
	r.fake.Set(func(s *state.State) { *s = kittest.LostOnAir() })
	r.render()
	if r.shell.cue.State() != status.CueLost {
		t.Errorf("the cue light shows %d", r.shell.cue.State())
	}
	if !r.shell.bar.air.Visible() || r.shell.bar.off.Visible() || r.shell.bar.air.Text() != r.Text("air.lost") || r.shell.bar.air.Time() != "00:00:14" {
		t.Errorf("the bar says %q %s", r.shell.bar.air.Text(), r.shell.bar.air.Time())
	}
	for _, id := range r.shell.offered {
		r.shell.open(id)
		r.render()
		if a := r.shell.alarm.Object; !a.Visible() || a.Size().Height < 50 || r.shell.holder.Position().Y < a.Position().Y+a.Size().Height {
			t.Errorf("no strip on %s", id)
		}
	}
	r.shell.open(kit.ScreenHome)
	r.render()
	for _, row := range r.rows() {
		if strings.Contains(row.Title, "방송 중") && row.State == status.CheckDone {
			t.Errorf("%q is told as done", row.Title)
		}
	}
	r.press(kittest.ButtonIn(t, r.shell.alarm.Object, r.Text("alarm.dismiss")))
	if r.shell.alarm.Object.Visible() || r.shell.cue.State() == status.CueLost {
		t.Error("dismissing it does not end the alarm")
	}
}

// lostShots are the pictures of an OBS that was lost on air.
var lostShots = []struct {
	name, theme, lang string
	size              fyne.Size
	screen            kit.ScreenID
}{
	{"lost", "dark", "ko", kit.WindowSize, kit.ScreenHome},
	{"lost", "light", "en", kit.WindowSize, kit.ScreenBroadcast},
	{"lost-narrow", "light", "ko", narrow, kit.ScreenHome},
	{"lost-narrow", "dark", "en", narrow, kit.ScreenSettings},
}

func TestALossLooksAsItShould(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	for _, shot := range lostShots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, kittest.LostOnAir(), shot.theme, shot.lang)
			r.win.Resize(shot.size)
			r.shell.open(shot.screen)
			r.render()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

// conflictShots are the pictures of fields changed elsewhere, and of a password that
// is switched on and missing.
var conflictShots = []struct {
	name, theme, lang string
	size              fyne.Size
	state             func() state.State
	then              func(*rig)
}{
	{"home-conflict", "dark", "ko", kit.WindowSize, inConflict, nil},
	{"home-conflict-narrow", "light", "en", narrow, inConflict, nil},
	{"password-missing", "dark", "ko", fyne.NewSize(1120, 1100), kittest.Complete, turnPasswordOn},
	{"password-missing", "light", "en", fyne.NewSize(720, 1100), kittest.Complete, turnPasswordOn},
}

// inConflict is Ready with a title and hashtags that were changed elsewhere as well.
func inConflict() state.State {
	s := kittest.Ready()
	title, tags := "[생] 딱 한 판만 더", []string{"게임"}
	s.Broadcast.Draft = providers.Patch{Title: &title, Hashtags: &tags}
	s.Broadcast.Confirmed.Hashtags = nil
	s.Broadcast.Conflicts = []providers.FieldID{providers.FieldTitle, providers.FieldHashtags}
	return s
}

func turnPasswordOn(r *rig) {
	r.shell.open(kit.ScreenBroadcast)
	r.render()
	r.settle()
	for _, turn := range kittest.Find[*control.Switch](r.body()) {
		if turn.Title() == r.Text("password.ask") {
			r.press(turn)
		}
	}
}

func TestConflictsAndWhatIsMissingLookAsTheyShould(t *testing.T) {
	for _, shot := range conflictShots {
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
