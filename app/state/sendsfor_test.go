package state

import (
	"testing"

	"cuelight/providers"
)

// The lamp belongs to where OBS sends: another account chosen meanwhile is not on air.
func TestTheBroadcastStaysWithTheAccountThatOBSSendsFor(t *testing.T) {
	use := func(name string) Event { return AccountSelected{Account: providers.Account{Name: name}} }
	s := State{}
	for _, e := range []Event{
		use("a"),
		LinkChanged{Link: LinkUp},
		ServiceRead{Account: "a", Match: MatchYes},
		StreamChanged{Stream: StreamOn},
		LiveRead{Account: "a", Live: providers.Live{OnAir: true}},
	} {
		s = Reduce(s, e)
	}
	if s.OnAirElsewhere() != "" || !s.LeavesBroadcast() {
		t.Fatalf("on air at its own: %q, %v", s.OnAirElsewhere(), s.LeavesBroadcast())
	}
	s = Reduce(Reduce(s, use("b")), ServiceRead{Account: "b", Match: MatchNo})
	if s.OnAirElsewhere() != "a" || s.LeavesBroadcast() {
		t.Errorf("after the switch: %q, asks again: %v", s.OnAirElsewhere(), s.LeavesBroadcast())
	}
	// What was found out about one account says nothing of another.
	if late := Reduce(s, ServiceRead{Account: "a", Match: MatchYes}); late.OnAirElsewhere() != "a" {
		t.Error("an answer that came late gives the broadcast to the wrong account")
	}
	s = Reduce(s, StreamChanged{Stream: StreamOff})
	if s.OnAirElsewhere() != "" || s.LeavesBroadcast() {
		t.Error("on air after the end")
	}
	s = Reduce(s, StreamChanged{Stream: StreamOn})
	s = Reduce(s, SenderRead{})
	if s.OnAirElsewhere() != "" || !s.LeavesBroadcast() {
		t.Error("where nobody knows for whom OBS sends, leaving is not asked about")
	}
	if (State{OBS: OBSState{Stream: StreamOn}}).LeavesBroadcast() {
		t.Error("no account leaves something")
	}
}
