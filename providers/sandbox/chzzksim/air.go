package chzzksim

import (
	"context"
	"errors"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/ingest"
)

// Reasons to refuse a publisher.
var (
	// ErrUnknownKey: no streamer's stream key.
	ErrUnknownKey = errors.New("not a stream key of a CHZZK streamer")
	// ErrAlreadyLive: another publisher has the channel.
	ErrAlreadyLive = errors.New("already on air from elsewhere")
)

// Begin starts the broadcast of the channel that a stream key belongs to, and
// gives the channel. from names who says so.
func (s *Service) Begin(ctx context.Context, key secret.Text, from ingest.Source) (string, error) {
	channel, ok := s.owner(key)
	if !ok {
		return "", ErrUnknownKey
	}
	return channel, s.State.Update(ctx, func(st *State) error {
		now, who := s.Now(), st.Streamers[channel]
		who.expire(now)
		// Only the built-in ingest reports every end; a callback whose end was lost
		// must not keep a publisher out for ever.
		if who.OnAir && who.Source == ingest.Own && from != ingest.Test {
			return ErrAlreadyLive
		}
		who.OnAir, who.Source, who.Seen, who.Started, who.Ended = true, from, now, now.UTC(), time.Time{}
		return nil
	})
}

// StillAllowed records a heartbeat of the built-in ingest. No call replaces a
// stream key, so a stream may always go on.
func (s *Service) StillAllowed(ctx context.Context, channel string) (bool, error) {
	due := false
	err := s.State.View(ctx, func(st *State) {
		who := st.Streamers[channel]
		due = who != nil && who.OnAir && who.Source == ingest.Own && s.Now().Sub(who.Seen) >= ingest.Heartbeat
	})
	if err != nil || !due {
		return true, err
	}
	return true, s.State.Update(ctx, func(st *State) error {
		st.Streamers[channel].Seen = s.Now()
		return nil
	})
}

// Recover is for a source that has just started and is the only one of its kind:
// whatever an earlier one left on air has broken off.
func (s *Service) Recover(ctx context.Context, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		for _, who := range st.Streamers {
			if who.OnAir && who.Source == from {
				who.end(who.Seen)
			}
		}
		return nil
	})
}

// End ends a channel's broadcast, if from began it or is ingest.Test.
func (s *Service) End(ctx context.Context, channel string, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		if who := st.Streamers[channel]; who != nil && who.OnAir && (who.Source == from || from == ingest.Test) {
			who.end(s.Now())
		}
		return nil
	})
}

// EndKey is End for a caller that knows the stream key only.
func (s *Service) EndKey(ctx context.Context, key secret.Text, from ingest.Source) error {
	channel, ok := s.owner(key)
	if !ok {
		return ErrUnknownKey
	}
	return s.End(ctx, channel, from)
}

// owner finds the channel of a stream key.
func (s *Service) owner(key secret.Text) (channel string, ok bool) {
	for _, p := range People {
		if secret.New(s.derive(32, "stream key", p.ID)).Equal(key) {
			return p.ID, true
		}
	}
	return "", false
}

func (who *Streamer) end(at time.Time) { who.OnAir, who.Source, who.Ended = false, "", at.UTC() }

// expire ends a broadcast whose heartbeat has stopped.
func (who *Streamer) expire(now time.Time) {
	if who.OnAir && who.Source == ingest.Own && now.Sub(who.Seen) > ingest.LostAfter {
		who.end(who.Seen)
	}
}
