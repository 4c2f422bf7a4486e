package state

import (
	"testing"
	"time"

	"cuelight/providers"
)

var lossAt = time.Date(2026, 3, 1, 22, 58, 31, 0, time.UTC)

// sending is the State of somebody on air.
func sending(stream StreamState) State {
	s := inUse()
	s.OBS.Link, s.OBS.Stream, s.OBS.Since = LinkUp, stream, lossAt.Add(-time.Hour)
	s.Live = LiveState{Known: true, Live: providers.Live{OnAir: true}}
	return s
}

func broken() LinkChanged { return LinkChanged{Link: LinkWaiting, Err: errBad, At: lossAt} }

func TestAConnectionThatBreaksOnAirIsALossUntilOBSTellsAgain(t *testing.T) {
	for _, stream := range []StreamState{StreamStarting, StreamOn, StreamReconnecting} {
		s := Reduce(sending(stream), broken())
		for _, e := range []Event{
			LinkChanged{Link: LinkConnecting, At: lossAt.Add(time.Second)},
			LinkChanged{Link: LinkWaiting, Err: errBad, At: lossAt.Add(2 * time.Second)},
			LinkChanged{Link: LinkUp, At: lossAt.Add(3 * time.Second)},
			LiveRead{Account: "mine", Live: providers.Live{OnAir: true}, At: lossAt.Add(4 * time.Second)},
			LiveRead{Account: "mine", Err: errBad, At: lossAt.Add(5 * time.Second)},
		} {
			if s = Reduce(s, e); !s.OBS.LostOnAir.Equal(lossAt) {
				t.Errorf("stream %d: after %+v the loss is of %v", stream, e, s.OBS.LostOnAir)
			}
		}
		if s = Reduce(s, StreamChanged{Stream: StreamOff}); !s.OBS.LostOnAir.IsZero() {
			t.Errorf("stream %d: OBS has told what it does, and is lost all the same", stream)
		}
	}
}

func TestWhatEndsALoss(t *testing.T) {
	lost := Reduce(sending(StreamOn), broken())
	over := LiveRead{Account: "mine", At: lossAt.Add(time.Second)}
	for _, e := range []Event{over, LossDismissed{}, StreamChanged{Stream: StreamOn}} {
		if s := Reduce(lost, e); !s.OBS.LostOnAir.IsZero() {
			t.Errorf("%+v does not end it", e)
		}
	}
	over.At = lossAt.Add(-time.Second)
	if s := Reduce(lost, over); s.OBS.LostOnAir.IsZero() {
		t.Error("an answer of before the loss ends it")
	}
}

func TestWhatIsNoLoss(t *testing.T) {
	for _, stream := range []StreamState{StreamUnknown, StreamOff, StreamStopping} {
		if s := Reduce(sending(stream), broken()); !s.OBS.LostOnAir.IsZero() {
			t.Errorf("stream %d: nothing was sent, and the loss is told", stream)
		}
	}
	for _, link := range []LinkState{LinkKicked, LinkPassword, LinkUp} {
		e := broken()
		e.Link = link
		if s := Reduce(sending(StreamOn), e); !s.OBS.LostOnAir.IsZero() {
			t.Errorf("link %d: a connection that did not break is told as lost", link)
		}
	}
	s := Reduce(sending(StreamOn), TaskBegan{Task: TaskStop})
	if s = Reduce(s, broken()); !s.OBS.LostOnAir.IsZero() {
		t.Error("a stream that was being ended is told as lost")
	}
}

func TestTheChecklistSaysThatTheBroadcastBrokeOff(t *testing.T) {
	want := map[string]StepState{"obs": StepFailed, "send": StepFailed, "onair": StepWarned}
	s := sending(StreamOn)
	s.Account.Has.LiveStatus = true
	for _, c := range Checklist(Reduce(s, broken())) {
		if state, ok := want[c.ID]; ok && c.State != state {
			t.Errorf("%s stands at %d, not %d", c.ID, c.State, state)
		}
	}
}

func TestHowLongThePlatformKeepsABroadcastOpen(t *testing.T) {
	b := BroadcastState{Known: true, Confirmed: providers.Broadcast{Standby: true, StandbyMinutes: 5}}
	if left := b.StandbyLeft(lossAt, lossAt.Add(14*time.Second)); left != 4*time.Minute+46*time.Second {
		t.Errorf("%v are left", left)
	}
	if left := b.StandbyLeft(lossAt, lossAt.Add(time.Hour)); left != 0 {
		t.Errorf("%v are left after an hour", left)
	}
	b.Confirmed.Standby = false
	if left := b.StandbyLeft(lossAt, lossAt); left != 0 {
		t.Errorf("%v are left where nothing is kept open", left)
	}
}
