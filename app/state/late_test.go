package state

import (
	"testing"
	"time"

	"cuelight/providers"
)

// What the platform was asked about one channel is answered when another of the
// same account is worked on.
func TestALateAnswerIsNotShownForAnotherChannel(t *testing.T) {
	use := func(channel string) AccountSelected {
		return AccountSelected{Account: providers.Account{Name: "mine", Channel: channel}}
	}
	at := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	before := Reduce(Reduce(State{}, use("a")), use("b"))
	for name, e := range map[string]Event{
		"settings":         BroadcastRead{Account: "mine", Channel: "a", Confirmed: providers.Broadcast{Title: "of a"}, At: at},
		"settings, failed": BroadcastRead{Account: "mine", Channel: "a", Err: providers.ErrNoSecret, At: at},
		"on air":           LiveRead{Account: "mine", Channel: "a", Live: providers.Live{OnAir: true}, At: at},
		"OBS":              ServiceRead{Account: "mine", Channel: "a", Match: MatchYes},
	} {
		after := Reduce(before, e)
		if after.Broadcast.Known || after.Broadcast.Err != nil || after.Live.Known || after.OBS.Matches != MatchUnknown {
			t.Errorf("%s of the other channel: %+v", name, after)
		}
	}
	after := before
	for _, e := range []Event{
		BroadcastRead{Account: "mine", Channel: "b", Confirmed: providers.Broadcast{Title: "of b"}, At: at},
		LiveRead{Account: "mine", Channel: "b", Live: providers.Live{OnAir: true}, At: at},
		ServiceRead{Account: "mine", Channel: "b", Match: MatchYes},
	} {
		after = Reduce(after, e)
	}
	if after.Broadcast.Confirmed.Title != "of b" || !after.Live.OnAir || after.OBS.Matches != MatchYes {
		t.Errorf("its own: %+v", after)
	}
}
