package alarm

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/app/config"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/sound"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
)

// sounds notes what is played.
type sounds struct {
	played []sound.Tone
	volume int
	broken error
}

func (s *sounds) Play(_ context.Context, tone sound.Tone, percent int) error {
	s.played, s.volume = append(s.played, tone), percent
	return s.broken
}

// gone are States on air in which one kind of alarm holds at the clock's time.
func gone(now time.Time) map[state.AlarmKind]state.State {
	with := func(change func(*state.State)) state.State {
		s := kittest.Streaming()
		change(&s)
		return s
	}
	return map[state.AlarmKind]state.State{
		state.AlarmOBSLost: kittest.LostOnAir(),
		state.AlarmOffAir: with(func(s *state.State) {
			s.Live.Known, s.Live.OnAir, s.Live.OffSince, s.Live.At = true, false, now.Add(-2*time.Minute), now
			s.OBS.Matches = state.MatchYes
		}),
		state.AlarmReconnecting: with(func(s *state.State) {
			s.OBS.Stream, s.OBS.ReconnectingSince = state.StreamReconnecting, now.Add(-state.ReconnectGrace)
		}),
		state.AlarmFramesDropped: with(func(s *state.State) { s.Health.Last.RecentDroppedPercent, s.Health.DroppingSince = 9, now }),
		state.AlarmPictureFrozen: with(func(s *state.State) {
			s.Health.Frozen, s.Health.FrozenSince = time.Minute, now.Add(-time.Minute)
		}),
		state.AlarmMicrophoneSilent: with(func(s *state.State) {
			s.Health.Quiet, s.Health.QuietSince, s.Health.Microphone = 2*time.Minute, now.Add(-2*time.Minute), "Secret Mic"
		}),
		state.AlarmSignInLost: with(func(s *state.State) {
			*s = state.Reduce(*s, state.SignInChanged{Account: s.Account.Name, State: state.SignedOut, Err: providers.ErrSignIn})
		}),
	}
}

func TestEachKindIsToldInTheWindowAndOutsideIt(t *testing.T) {
	for _, kind := range state.AlarmKinds() {
		r := kittest.NewRig(t, kittest.OnAir())
		s, holds := gone(r.Clock.Now())[kind]
		if !holds {
			t.Fatalf("no State in which %s holds", kind)
		}
		n, heard := &told{}, &sounds{}
		w, b := NewWatch(r.UI, Outside{Notifier: n, Sounds: heard}), NewBanner(r.UI, r.Fake)
		for range 3 {
			w.Update(s)
			b.Update(s)
		}
		r.Settle()
		want := []string{r.Text("alarm."+string(kind)+".title") + " / " + r.Text("alarm."+string(kind))}
		if !slices.Equal(n.said, want) || n.attracts != 1 || n.bells != 0 || !n.silent {
			t.Errorf("%s: said %q, silent %v, attracted %d times, rang %d times", kind, n.said, n.silent, n.attracts, n.bells)
		}
		if len(heard.played) != 1 || heard.volume != 70 {
			t.Errorf("%s: played %q at %d %%", kind, heard.played, heard.volume)
		}
		if !b.Object.Visible() || b.Object.Title() == "" {
			t.Errorf("%s: no strip", kind)
		}
		for _, private := range []string{s.Account.Nick, s.Broadcast.Confirmed.Title, s.Account.PlatformName, s.Health.Microphone} {
			if private != "" && strings.Contains(strings.Join(n.said, ""), private) {
				t.Errorf("%s: %q leaves the window", kind, private)
			}
		}
	}
}

func TestNothingRingsWhileTheWindowIsInFront(t *testing.T) {
	for kind := range gone(time.Time{}) {
		r := kittest.NewRig(t, kittest.OnAir())
		front, n, heard := true, &told{}, &sounds{}
		w := NewWatch(r.UI, Outside{Notifier: n, Sounds: heard, InFront: func() bool { return front }})
		s := gone(r.Clock.Now())[kind]
		w.Update(s)
		front = false
		w.Update(s)
		r.Settle()
		if len(n.said) != 0 || n.attracts != 0 || len(heard.played) != 0 {
			t.Errorf("%s: said %q, attracted %d times, played %q", kind, n.said, n.attracts, heard.played)
		}
	}
}

func TestWhatIsSwitchedOffIsLeftOut(t *testing.T) {
	for name, c := range map[string]struct {
		settings              config.Alarms
		says, marks, plays    bool
		silent, showsTheStrip bool
	}{
		"the kind":         {config.Alarms{Off: []string{string(state.AlarmPictureFrozen)}}, false, false, false, false, false},
		"another kind":     {config.Alarms{Off: []string{string(state.AlarmOBSLost)}}, true, true, true, true, true},
		"the sound":        {config.Alarms{Sound: config.SoundOff}, true, true, false, true, true},
		"the notification": {config.Alarms{NoNotification: true}, false, true, true, false, true},
	} {
		r := kittest.NewRig(t, kittest.OnAir())
		r.Fake.Configuration.Alarms = c.settings
		n, heard := &told{}, &sounds{}
		w := NewWatch(r.UI, Outside{Notifier: n, Sounds: heard, Settings: func() config.Alarms { return c.settings }})
		b, s := NewBanner(r.UI, r.Fake), gone(r.Clock.Now())[state.AlarmPictureFrozen]
		w.Update(s)
		b.Update(s)
		r.Settle()
		if (len(n.said) > 0) != c.says || (n.attracts > 0) != c.marks || (len(heard.played) > 0) != c.plays || n.silent != c.silent || n.bells != 0 {
			t.Errorf("%s off: %+v, played %q", name, n, heard.played)
		}
		if b.Object.Visible() != c.showsTheStrip {
			t.Errorf("%s off: the strip is there: %v", name, b.Object.Visible())
		}
	}
}

func TestASoundThatCannotBePlayedIsReplacedByTheBell(t *testing.T) {
	for name, outside := range map[string]Outside{"no player": {}, "a player that fails": {Sounds: &sounds{broken: errors.New("no sound server")}}} {
		r := kittest.NewRig(t, kittest.OnAir())
		n := &told{}
		outside.Notifier = n
		NewWatch(r.UI, outside).Update(kittest.LostOnAir())
		r.Settle()
		if n.bells != 1 || n.silent != (outside.Sounds != nil) {
			t.Errorf("%s: the bell rang %d times, the notification is silent: %v", name, n.bells, n.silent)
		}
	}
}

func TestAReconnectIsToldWhenItsTimeHasCome(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	n := &told{}
	w, b := NewWatch(r.UI, Outside{Notifier: n}), NewBanner(r.UI, r.Fake)
	s := kittest.OnAir()
	s.OBS.Stream, s.OBS.ReconnectingSince = state.StreamReconnecting, r.Clock.Now()
	r.Fake.Set(func(now *state.State) { *now = s })
	w.Update(s)
	if b.Update(s); b.Object.Visible() {
		t.Error("a strip for a short break")
	}
	r.Clock.Advance(state.ReconnectGrace)
	b.Update(r.Latest())
	r.Settle()
	if len(n.said) != 1 || !b.Object.Visible() {
		t.Errorf("after ten seconds: said %q, a strip: %v", n.said, b.Object.Visible())
	}
}

func TestTheStripOfALostSignInLeadsToSigningIn(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	s := gone(r.Clock.Now())[state.AlarmSignInLost]
	b := NewBanner(r.UI, r.Fake)
	b.Update(s)
	r.Press(kittest.ButtonIn(t, b.Object, r.Text("action.sign_in")))
	if !r.Fake.Called("action SignIn") {
		t.Errorf("it leads to %v", r.Fake.Calls)
	}
}

func TestAStripThatWasDismissedComesBackForTheNextAlarm(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	s := gone(r.Clock.Now())[state.AlarmPictureFrozen]
	s.Health.Quiet, s.Health.QuietSince = 2*time.Minute, r.Clock.Now()
	b := NewBanner(r.UI, r.Fake)
	b.Update(s)
	frozen, silent := r.Text("alarm.picture_frozen.title"), r.Text("alarm.microphone_silent.title")
	if b.Object.Title() != frozen || !strings.Contains(b.Object.Detail(), "외 1건") {
		t.Fatalf("says %q, %q", b.Object.Title(), b.Object.Detail())
	}
	for _, next := range []string{silent, ""} {
		r.Press(kittest.ButtonIn(t, b.Object, r.Text("alarm.dismiss")))
		if b.Update(s); b.Object.Visible() != (next != "") || next != "" && b.Object.Title() != next {
			t.Errorf("dismissed: says %q", b.Object.Title())
		}
	}
	if r.Fake.Called("dismiss loss") {
		t.Error("a loss is dismissed that there is not")
	}
	s.Health.FrozenSince = r.Clock.Now().Add(time.Hour)
	r.Clock.Advance(2 * time.Hour)
	if b.Update(s); !b.Object.Visible() || b.Object.Title() != frozen {
		t.Error("a picture that freezes again is not told")
	}
	for _, button := range kittest.Find[*control.Button](b.Object) {
		if button.Visible() && button.Text() != r.Text("alarm.dismiss") {
			t.Errorf("offers %q", button.Text())
		}
	}
}
