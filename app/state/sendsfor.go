package state

// SenderRead: OBS sends, or would send, for this account, as far as Cuelight wrote
// that; empty where it did not.
type SenderRead struct{ Account string }

func (e SenderRead) apply(s State) State {
	s.OBS.SendsFor = e.Account
	return s
}

// OnAirElsewhere names the account that OBS is sending for where that is not the one
// in use; empty otherwise, also where nobody knows.
func (s State) OnAirElsewhere() string {
	if !s.OBS.Stream.Running() || s.OBS.SendsFor == s.Account.Name {
		return ""
	}
	return s.OBS.SendsFor
}

// LeavesBroadcast reports whether using another account would leave a broadcast of the
// one in use: OBS sends for it, or the platform says that it is on air. Where nobody
// knows for whom OBS sends, it may be for this one.
func (s State) LeavesBroadcast() bool {
	if s.Account.Name == "" {
		return false
	}
	return s.Live.Known && s.Live.OnAir || s.OBS.Stream.Running() && s.OnAirElsewhere() == ""
}
