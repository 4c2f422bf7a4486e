package state

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cuelight/obs/streamhealth"
)

func TestEachChangeHasItsNameOnce(t *testing.T) {
	base := State{OBS: OBSState{Link: LinkUp, Stream: StreamOff}}
	base.Broadcast.Known = true
	for _, c := range []struct {
		change func(*State)
		want   []Change
	}{
		{func(*State) {}, nil},
		{func(s *State) { s.Account.Nick = "n" }, []Change{ChangeAccount}},
		{func(s *State) { s.Account.SignedIn = SignedIn }, []Change{ChangeAccount}},
		{func(s *State) { s.OBS.Link = LinkWaiting }, []Change{ChangeLink}},
		{func(s *State) { s.OBS.Version = "30" }, []Change{ChangeLink}},
		{func(s *State) { s.OBS.Stream = StreamReconnecting }, []Change{ChangeStream}},
		{func(s *State) { s.OBS.Matches = MatchNo }, []Change{ChangeService}},
		{func(s *State) { s.OBS.Server = "x" }, []Change{ChangeService}},
		{func(s *State) { s.Live.OnAir = true }, []Change{ChangeOnAir}},
		{func(s *State) { s.Live.Viewers = 3 }, nil},
		{func(s *State) { s.Broadcast.Confirmed.Title = "x" }, []Change{ChangeDetails}},
		{func(s *State) { s.Broadcast.Confirmed.Category.Number = "2" }, []Change{ChangeDetails}},
		{func(s *State) { s.Broadcast.Draft.Title = ptr("x") }, nil},
		{func(s *State) { s.Health.Quiet = time.Minute }, []Change{ChangeMic}},
		{func(s *State) { s.Health.Frozen = time.Minute }, []Change{ChangePicture}},
		{func(s *State) { s.Health = HealthState{Known: true, Last: streamhealth.Health{Time: noon}} }, []Change{ChangeHealth}},
		{func(s *State) {
			s.OBS.Link, s.OBS.Stream, s.Account.Name = LinkKicked, StreamUnknown, "x"
		}, []Change{ChangeAccount, ChangeLink, ChangeStream}},
	} {
		next := base
		c.change(&next)
		if got := Changes(base, next); !slices.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	waiting, trying := base, base
	waiting.OBS.Link, trying.OBS.Link = LinkWaiting, LinkConnecting
	if got := Changes(waiting, trying); got != nil {
		t.Errorf("a quiet attempt is told as %v", fmt.Sprint(got))
	}
}
