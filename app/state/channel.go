package state

// ChannelChanged: another channel of the account is in use; what was the other
// channel's is forgotten.
type ChannelChanged struct{}

func (ChannelChanged) apply(s State) State {
	s.Broadcast = BroadcastState{Limits: s.Broadcast.Limits}
	s.Live = LiveState{}
	s.OBS.Matches = MatchUnknown
	return s
}
