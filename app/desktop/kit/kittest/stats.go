package kittest

import (
	"time"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// Counted is WithChannel on a platform that counts.
func Counted() state.State {
	s := WithChannel()
	s.Account.Has.Statistics = true
	return s
}

// SomeStats are an hour and a half, with twenty minutes that nobody watched.
func SomeStats() providers.Stats {
	began := fakeclock.New().Now().UTC().Truncate(time.Hour)
	stats := providers.Stats{Step: 5 * time.Minute, Numbers: []providers.StatNumber{
		{Key: "play_count", Value: 12840},
		{Key: "unique_viewers", Value: 3127},
		{Key: "peak_viewers", Value: 1284},
		{Key: "broadcast_seconds", Value: 5047},
		{Key: "watched_seconds", Value: 3_712_845},
	}}
	stats.Broadcast.Key, stats.Broadcast.Title, stats.Broadcast.Started = "b1", "저녁 수업 3강", began
	for i, n := range []int{12, 240, 610, 802, 1120, 1284, 1190, 950, 0, 0, 0, 0, 720, 1010, 1100, 860, 420, 96} {
		if n > 0 {
			stats.Viewers = append(stats.Viewers, providers.ViewerPoint{At: began.Add(time.Duration(i) * stats.Step), Count: n})
		}
	}
	return stats
}
