package state

// Change names what is different between two States, for `cuelight watch` and
// the session log.
type Change string

// The changes, with the names that scripts see.
const (
	ChangeLink    Change = "obs"
	ChangeStream  Change = "stream"
	ChangeService Change = "service"
	ChangeOnAir   Change = "on_air"
	ChangeAccount Change = "account"
	ChangeHealth  Change = "health"
	ChangeDetails Change = "broadcast"
	ChangeMic     Change = "microphone"
	ChangePicture Change = "picture"
	ChangeRule    Change = "rule"
)

// Changes tells what is different in next, in a fixed order. It is pure.
func Changes(prev, next State) []Change {
	var found []Change
	note := func(changed bool, c Change) {
		if changed {
			found = append(found, c)
		}
	}
	a, b := prev.Account, next.Account
	note(a.Name != b.Name || a.SignedIn != b.SignedIn || a.Nick != b.Nick, ChangeAccount)
	note(settled(prev.OBS.Link) != settled(next.OBS.Link) || prev.OBS.Version != next.OBS.Version, ChangeLink)
	note(prev.OBS.Stream != next.OBS.Stream, ChangeStream)
	note(prev.OBS.Matches != next.OBS.Matches || prev.OBS.Server != next.OBS.Server, ChangeService)
	note(prev.Live.OnAir != next.Live.OnAir || prev.Live.Known != next.Live.Known, ChangeOnAir)
	p, n := prev.Broadcast.Confirmed, next.Broadcast.Confirmed
	note(prev.Broadcast.Known && (p.Title != n.Title || p.Category.Number != n.Category.Number), ChangeDetails)
	note((prev.Health.Quiet > 0) != (next.Health.Quiet > 0), ChangeMic)
	note((prev.Health.Frozen > 0) != (next.Health.Frozen > 0), ChangePicture)
	note(prev.Rules.Applied != next.Rules.Applied && next.Rules.Applied != RuleAction{} ||
		prev.Rules.Proposed != next.Rules.Proposed && next.Rules.Proposed != RuleAction{}, ChangeRule)
	note(next.Health.Known && prev.Health.Last.Time != next.Health.Last.Time, ChangeHealth)
	return found
}

// settled leaves the quiet attempts between waiting and waiting out.
func settled(l LinkState) LinkState {
	if l == LinkConnecting {
		return LinkWaiting
	}
	return l
}
