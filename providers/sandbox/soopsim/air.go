package soopsim

import (
	"context"
	"errors"
	"math"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/ingest"
)

// Reasons to refuse a publisher.
var (
	// ErrUnknownKey: nobody's present stream key.
	ErrUnknownKey = errors.New("not a present stream key")
	// ErrStandby: the key was reset while in standby, which is not over.
	ErrStandby = errors.New("in standby after a reset of the stream key")
	// ErrAlreadyLive: another publisher has the key.
	ErrAlreadyLive = errors.New("already on air from elsewhere")
)

// Begin puts the key's owner on air and returns who that is.
func (s *Service) Begin(ctx context.Context, key secret.Text, from ingest.Source) (string, error) {
	var user string
	err := s.State.Update(ctx, func(st *State) error {
		user = s.owner(st, key)
		if user == "" {
			return ErrUnknownKey
		}
		who, now := st.Streamers[user], s.Now()
		who.expire(now)
		if now.Before(who.Blocked) {
			return ErrStandby
		}
		// Only the built-in ingest reports every end; a callback whose end was
		// lost must not keep a publisher out for ever.
		if who.OnAir && who.Source == ingest.Own && from != ingest.Test {
			return ErrAlreadyLive
		}
		resumes := now.Before(who.Standby)
		who.OnAir, who.Source, who.Seen, who.Standby = true, from, now, time.Time{}
		if !resumes {
			st.Broadcasts++
			who.BroadNo, who.Started, who.Ended = st.Broadcasts, now, time.Time{}
		}
		return nil
	})
	return user, err
}

// StillAllowed records a heartbeat of the built-in ingest; it reports false where
// the key has become invalid.
func (s *Service) StillAllowed(ctx context.Context, user string, key secret.Text) (bool, error) {
	valid, due := false, false
	err := s.State.View(ctx, func(st *State) {
		who := st.Streamers[user]
		valid = who != nil && s.key(user, who.KeySerial).Equal(key)
		due = valid && s.Now().Sub(who.Seen) >= ingest.Heartbeat
	})
	if err != nil || !due {
		return valid, err
	}
	return valid, s.State.Update(ctx, func(st *State) error {
		st.Streamers[user].Seen = s.Now()
		return nil
	})
}

// Recover is for a source that has just started and is the only one of its kind:
// whatever an earlier one left on air has broken off.
func (s *Service) Recover(ctx context.Context, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		for _, who := range st.Streamers {
			if who.OnAir && who.Source == from {
				who.breakOff(who.Seen)
			}
		}
		return nil
	})
}

// End takes a broadcast off air. A broadcast that broke off (clean is false)
// is kept open when the streamer asked for standby. It does nothing when the
// broadcast is over already or belongs to another source.
func (s *Service) End(ctx context.Context, user string, from ingest.Source, clean bool) error {
	return s.State.Update(ctx, func(st *State) error {
		who := st.Streamers[user]
		if who == nil || !who.OnAir || (who.Source != from && from != ingest.Test) {
			return nil
		}
		if clean {
			who.end(s.Now())
			return nil
		}
		who.breakOff(s.Now())
		return nil
	})
}

// EndKey is End for a caller that knows the key only.
func (s *Service) EndKey(ctx context.Context, key secret.Text, from ingest.Source) error {
	var user string
	if err := s.State.View(ctx, func(st *State) { user = s.owner(st, key) }); err != nil {
		return err
	}
	if user == "" {
		return ErrUnknownKey
	}
	return s.End(ctx, user, from, true)
}

func (who *Streamer) end(now time.Time) {
	who.OnAir, who.Source, who.Ended, who.Standby = false, "", now, time.Time{}
}

func (who *Streamer) breakOff(at time.Time) {
	who.end(at)
	if who.Settings.Standby {
		who.Standby = at.Add(time.Duration(who.Settings.StandbyMinutes) * time.Minute)
	}
}

// expire ends a broadcast whose heartbeat has stopped.
func (who *Streamer) expire(now time.Time) {
	if who.OnAir && who.Source == ingest.Own && now.Sub(who.Seen) > ingest.LostAfter {
		who.breakOff(who.Seen)
	}
}

// visible reports whether viewers find a broadcast: on air or in standby.
func (who *Streamer) visible(now time.Time) bool {
	who.expire(now)
	return who.OnAir || now.Before(who.Standby)
}

// viewers ramp up over the first ten minutes and vary a little afterwards. They
// depend on the time alone, so that every process sees the same.
func viewers(p Person, broadNo int, since time.Duration) int {
	if since < 0 {
		return 0
	}
	peak := 12 + float64(p.Loyal)*0.031
	minutes := since.Minutes()
	ramp := 1 - math.Exp(-(minutes+0.3)/4)
	breath := 1 + 0.06*math.Sin(minutes*0.9+float64(broadNo%7)) + 0.03*math.Sin(minutes*3.1)
	return max(1, int(peak*ramp*breath))
}
