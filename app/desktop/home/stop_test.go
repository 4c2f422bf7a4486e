package home

import (
	"strings"
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
)

// The question used to name the platform of the account in use, also where OBS sent for
// another one.
func TestEndingNamesTheBroadcastThatEnds(t *testing.T) {
	_, h := opened(t, kittest.OnAir())
	for name, c := range map[string]struct {
		change func(*state.State)
		want   string
	}{
		"this account": {func(*state.State) {}, "SOOP 방송이 종료됩니다"},
		"another one":  {func(s *state.State) { s.OBS.SendsFor = "둘째" }, "“둘째” 계정"},
		"elsewhere": {func(s *state.State) {
			s.OBS.SendsFor, s.OBS.Matches, s.OBS.ServiceName, s.Live = "", state.MatchNo, "Twitch", state.LiveState{}
		}, "Twitch 송출"},
		"nobody knows": {func(s *state.State) {
			s.OBS.SendsFor, s.OBS.Matches, s.Live = "", state.MatchUnknown, state.LiveState{}
		}, "OBS 송출이 중단됩니다."},
	} {
		s := kittest.OnAir()
		s.OBS.SendsFor = s.Account.Name
		c.change(&s)
		got := h.Broadcaster.whatEnds(s)
		if !strings.Contains(got, c.want) || (name != "this account" && strings.Contains(got, "SOOP")) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
