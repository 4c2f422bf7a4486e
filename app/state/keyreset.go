package state

// KeyResetMeans tells what a reset of the stream key would do now: "live" ends the
// broadcast, "standby" lets it resume only after the standby time, "off" harms
// nothing (SOOP Open API, broad/rtmp/reset). Standby is when the platform is on
// air and OBS does not send.
func KeyResetMeans(s State) string {
	sending := s.OBS.Stream.Running()
	switch {
	case s.Live.Known && s.Live.OnAir && !sending && s.OBS.Link == LinkUp && s.Broadcast.Confirmed.Standby:
		return "standby"
	case sending, s.Live.Known && s.Live.OnAir:
		return "live"
	}
	return "off"
}
