package state

import (
	"errors"
	"testing"
	"time"

	"cuelight/providers"
)

var alarmNoon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func onAirWith(events ...Event) State {
	s := State{Account: AccountState{Name: "a", SignedIn: SignedIn}, OBS: OBSState{Link: LinkUp, Matches: MatchYes}}
	s = Reduce(s, StreamChanged{Stream: StreamOn, Since: alarmNoon, At: alarmNoon})
	for _, e := range events {
		s = Reduce(s, e)
	}
	return s
}

func kindsAt(s State, now time.Time) (kinds []AlarmKind) {
	for _, a := range s.Alarms() {
		if !now.Before(a.Due) {
			kinds = append(kinds, a.Kind)
		}
	}
	return kinds
}

func is(kinds []AlarmKind, want AlarmKind) bool { return len(kinds) == 1 && kinds[0] == want }

func TestAReconnectIsAnAlarmOnceItTakesLong(t *testing.T) {
	s := onAirWith(StreamChanged{Stream: StreamReconnecting, Since: alarmNoon, At: alarmNoon.Add(time.Hour)},
		StreamChanged{Stream: StreamReconnecting, Since: alarmNoon, At: alarmNoon.Add(time.Hour + 8*time.Second)})
	if got := kindsAt(s, alarmNoon.Add(time.Hour+9*time.Second)); len(got) != 0 {
		t.Errorf("after 9 seconds: %v", got)
	}
	if got := kindsAt(s, alarmNoon.Add(time.Hour+10*time.Second)); !is(got, AlarmReconnecting) {
		t.Errorf("after 10 seconds: %v", got)
	}
	if s = Reduce(s, StreamChanged{Stream: StreamOn, Since: alarmNoon}); len(s.Alarms()) != 0 || !s.OBS.ReconnectingSince.IsZero() {
		t.Errorf("back on air: %v", s.Alarms())
	}
}

func TestWhatIsMeasuredIsAnAlarmFromTheMomentItBegan(t *testing.T) {
	at := func(seconds int) time.Time { return alarmNoon.Add(time.Duration(seconds) * time.Second) }
	quiet := HealthSampled{Known: true, At: at(200), Quiet: 2 * time.Minute, Microphone: "mic"}
	dropping := HealthSampled{Known: true, At: at(200)}
	dropping.Health.RecentDroppedPercent = 5.5
	for kind, e := range map[AlarmKind]HealthSampled{
		AlarmMicrophoneSilent: quiet, AlarmFramesDropped: dropping,
		AlarmPictureFrozen: {Known: true, At: at(200), Frozen: time.Minute},
	} {
		s := onAirWith(e)
		if got := kindsAt(s, at(200)); !is(got, kind) {
			t.Errorf("%s: %v", kind, got)
			continue
		}
		began := s.Alarms()[0].Since
		e.At = at(201)
		if later := Reduce(s, e).Alarms(); len(later) != 1 || !later[0].Since.Equal(began) {
			t.Errorf("%s: a second later it is another one: %v", kind, later)
		}
		if s = Reduce(s, HealthSampled{Known: true, At: at(202)}); len(s.Alarms()) != 0 {
			t.Errorf("%s: stays when it is over", kind)
		}
	}
	if got := onAirWith(quiet).Alarms()[0].Since; !got.Equal(at(80)) {
		t.Errorf("silent since %v", got)
	}
}

func TestAPlatformThatSaysOffAirIsBelievedAfterAMinute(t *testing.T) {
	read := func(seconds int, on bool) LiveRead {
		return LiveRead{Account: "a", Live: providers.Live{OnAir: on}, At: alarmNoon.Add(time.Duration(seconds) * time.Second)}
	}
	if got := onAirWith(read(20, false), read(40, false)).Alarms(); len(got) != 0 {
		t.Errorf("right after the start: %v", got)
	}
	s := onAirWith(read(-600, false), read(20, true), read(3600, true), read(3620, false))
	if len(s.Alarms()) != 0 {
		t.Errorf("at one answer: %v", s.Alarms())
	}
	s = Reduce(s, read(3680, false))
	if got := kindsAt(s, alarmNoon.Add(3680*time.Second)); !is(got, AlarmOffAir) {
		t.Fatalf("after a minute: %v", got)
	}
	elsewhere := s
	elsewhere.OBS.Matches = MatchNo
	failed := Reduce(s, LiveRead{Account: "a", At: alarmNoon.Add(3700 * time.Second), Err: errors.New("no answer")})
	stopping := Reduce(s, TaskBegan{Task: TaskStop})
	for name, other := range map[string]State{"OBS sends to elsewhere": elsewhere, "the platform does not answer": failed, "it is being ended": stopping} {
		if got := other.Alarms(); len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if s = Reduce(s, read(3700, true)); len(s.Alarms()) != 0 {
		t.Errorf("on air again: %v", s.Alarms())
	}
}

func TestALostSignInIsAnAlarmOnlyOnAir(t *testing.T) {
	lost := SignInChanged{Account: "a", State: SignedOut, Err: providers.ErrSignIn}
	if got := kindsAt(onAirWith(lost), alarmNoon); !is(got, AlarmSignInLost) {
		t.Errorf("on air: %v", got)
	}
	if got := onAirWith(lost, StreamChanged{Stream: StreamOff}).Alarms(); len(got) != 0 {
		t.Errorf("off air: %v", got)
	}
	if got := onAirWith(SignInChanged{Account: "a", State: SignedOut}).Alarms(); len(got) != 0 {
		t.Errorf("signed out by the user: %v", got)
	}
}
