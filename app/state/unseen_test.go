package state

import (
	"testing"
	"time"
)

// An OBS that closes the session goes on sending: it used to be shown as off air.
func TestAnOBSThatShutsCuelightOutGoesOnUnseen(t *testing.T) {
	for _, link := range []LinkState{LinkKicked, LinkPassword} {
		e := broken()
		e.Link = link
		s := Reduce(sending(StreamOn), e)
		if !s.OBS.UnseenSince.Equal(lossAt) || !s.OBS.LostOnAir.IsZero() || !s.OBS.AlarmAt().IsZero() || !s.OBS.OutOfSight() {
			t.Errorf("link %d: %+v", link, s.OBS)
		}
		for _, c := range Checklist(s) {
			if c.ID == "send" && c.State != StepWarned {
				t.Errorf("link %d: sending stands at %d", link, c.State)
			}
		}
		s = Reduce(s, LinkChanged{Link: LinkConnecting, At: lossAt.Add(time.Second)})
		if s.OBS.UnseenSince.IsZero() {
			t.Errorf("link %d: trying again tells nothing of the stream yet", link)
		}
		if s := Reduce(s, StreamChanged{Stream: StreamOn}); s.OBS.OutOfSight() {
			t.Errorf("link %d: OBS has told what it does", link)
		}
		gone := LinkChanged{Link: LinkWaiting, Err: errBad, At: lossAt.Add(2 * time.Second)}
		if s := Reduce(s, gone); s.OBS.LostOnAir.IsZero() || !s.OBS.UnseenSince.IsZero() {
			t.Errorf("link %d: an OBS that is gone as well is no loss: %+v", link, s.OBS)
		}
	}
	if s := Reduce(sending(StreamOff), LinkChanged{Link: LinkKicked, At: lossAt}); s.OBS.OutOfSight() {
		t.Error("an OBS that sent nothing goes on unseen")
	}
}

// A changed password closes the server first and is refused then.
func TestALossThatTurnsOutToBeAPasswordIsNone(t *testing.T) {
	closed := broken()
	closed.Transient = true
	s := Reduce(sending(StreamOn), closed)
	s = Reduce(s, LinkChanged{Link: LinkPassword, At: lossAt.Add(time.Second)})
	if !s.OBS.LostOnAir.IsZero() || !s.OBS.UnseenSince.Equal(lossAt) {
		t.Errorf("%+v", s.OBS)
	}
}

func TestALossIsToldAtOnceUnlessOBSMayBeBack(t *testing.T) {
	if at := Reduce(sending(StreamOn), broken()).OBS.AlarmAt(); !at.Equal(lossAt) {
		t.Errorf("an OBS that died is told of at %v", at)
	}
	silent := broken()
	silent.Transient = true
	s := Reduce(sending(StreamOn), silent)
	if at := s.OBS.AlarmAt(); !at.Equal(lossAt.Add(LossGrace)) {
		t.Errorf("an OBS that fell silent is told of at %v", at)
	}
	dead := LinkChanged{Link: LinkWaiting, Err: errBad, At: lossAt.Add(time.Second)}
	if at := Reduce(s, dead).OBS.AlarmAt(); !at.Equal(lossAt) {
		t.Errorf("an OBS that turns out to be dead is told of at %v", at)
	}
	if at := Reduce(s, StreamChanged{Stream: StreamOn}).OBS.AlarmAt(); !at.IsZero() {
		t.Errorf("an OBS that is back is told of at %v", at)
	}
}
