package kollussim

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/ingest"
)

// Reasons to refuse a publisher.
var (
	// ErrUnknownKey: no creator's stream key.
	ErrUnknownKey = errors.New("not a stream key of a creator")
	// ErrAlreadyLive: another publisher has the channel.
	ErrAlreadyLive = errors.New("already on air from elsewhere")
)

// Begin starts a broadcast of the channel that a stream key belongs to, and
// gives its key. from names who says so; "ingest" says it again while it lasts
// (StillAllowed).
func (s *Service) Begin(ctx context.Context, key secret.Text, from ingest.Source) (string, error) {
	c, ok := s.owner(key)
	if !ok {
		return "", ErrUnknownKey
	}
	return c.Key, s.State.Update(ctx, func(st *State) error {
		now, channel := s.Now(), st.Channels[c.Key]
		channel.expire(now)
		// Only the built-in ingest reports every end; a callback whose end was
		// lost must not keep a publisher out for ever.
		if channel.OnAir && channel.Source == ingest.Own && from != ingest.Test {
			return ErrAlreadyLive
		}
		if channel.OnAir {
			channel.end(now)
		}
		n := len(channel.Broadcasts) + 1
		channel.Broadcasts = append(channel.Broadcasts, Broadcast{
			Key: fmt.Sprintf("bc%02d%04d", c.number, n), Title: fmt.Sprintf("%s %d회", c.Title, n), Started: now.UTC(),
		})
		channel.OnAir, channel.Source, channel.Seen = true, from, now
		return nil
	})
}

// StillAllowed records a heartbeat of the built-in ingest. A creator's key does not change, so a stream may always go on.
func (s *Service) StillAllowed(ctx context.Context, channel string) (bool, error) {
	due := false
	err := s.State.View(ctx, func(st *State) {
		c := st.Channels[channel]
		due = c != nil && c.OnAir && c.Source == ingest.Own && s.Now().Sub(c.Seen) >= ingest.Heartbeat
	})
	if err != nil || !due {
		return true, err
	}
	return true, s.State.Update(ctx, func(st *State) error {
		st.Channels[channel].Seen = s.Now()
		return nil
	})
}

// Recover is for a source that has just started and is the only one of its kind:
// whatever an earlier one left on air has broken off.
func (s *Service) Recover(ctx context.Context, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		for _, c := range st.Channels {
			if c.OnAir && c.Source == from {
				c.end(c.Seen)
			}
		}
		return nil
	})
}

// End ends a channel's broadcast, if from began it or is "test".
func (s *Service) End(ctx context.Context, channel string, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		if c := st.Channels[channel]; c != nil && c.OnAir && (c.Source == from || from == ingest.Test) {
			c.end(s.Now())
		}
		return nil
	})
}

// EndKey is End for a caller that knows the stream key only.
func (s *Service) EndKey(ctx context.Context, key secret.Text, from ingest.Source) error {
	c, ok := s.owner(key)
	if !ok {
		return ErrUnknownKey
	}
	return s.End(ctx, c.Key, from)
}

// owner finds the channel of a stream key.
func (s *Service) owner(key secret.Text) (channelInfo, bool) {
	for _, c := range catalogue() {
		for _, creator := range c.Creators {
			if secret.New(s.streamKey(c.Key, creator)).Equal(key) {
				return c, true
			}
		}
	}
	return channelInfo{}, false
}

// Key returns the stream key of a channel's first creator, also where the API
// does not tell it; empty where there is nobody.
func (s *Service) Key(channel string) secret.Text {
	c, ok := infoOf(channel)
	if !ok || len(c.Creators) == 0 {
		return secret.Text{}
	}
	return secret.New(s.streamKey(c.Key, c.Creators[0]))
}

// HiddenKeys returns, by channel, the stream keys that the API does not tell: what
// the console shows to whoever looks there.
func (s *Service) HiddenKeys() map[string]secret.Text {
	keys := map[string]secret.Text{}
	for _, c := range catalogue() {
		if key := s.Key(c.Key); !c.HasKeys && !key.Empty() {
			keys[c.Key] = key
		}
	}
	return keys
}

func (c *Channel) end(at time.Time) {
	c.OnAir, c.Source = false, ""
	if n := len(c.Broadcasts); n > 0 {
		c.Broadcasts[n-1].Ended = at.UTC()
	}
}

// expire ends a broadcast whose heartbeat has stopped.
func (c *Channel) expire(now time.Time) {
	if c.OnAir && c.Source == ingest.Own && now.Sub(c.Seen) > ingest.LostAfter {
		c.end(c.Seen)
	}
}

// Snapshot is the platform as it is now, for demonstrations and tests, without
// tokens and keys.
type Snapshot struct {
	// Calls counts the calls of the API, TooMany those that came too soon.
	Calls    int    `json:"calls"`
	TooMany  int    `json:"too_many"`
	SignedIn string `json:"signed_in"`
	// OnAir are the channels somebody streams to, with the title viewers see.
	OnAir map[string]string `json:"on_air"`
	// Titles are those of the channels' latest broadcasts.
	Titles map[string]string `json:"titles"`
}

// Snapshot returns the present state.
func (s *Service) Snapshot(ctx context.Context) (Snapshot, error) {
	shot := Snapshot{OnAir: map[string]string{}, Titles: map[string]string{}}
	err := s.State.View(ctx, func(st *State) {
		shot.Calls, shot.TooMany, shot.SignedIn = st.Total, st.TooMany, st.SignedIn
		for key, channel := range st.Channels {
			channel.expire(s.Now())
			n := len(channel.Broadcasts)
			if n == 0 {
				continue
			}
			shot.Titles[key] = channel.Broadcasts[n-1].Title
			if channel.OnAir {
				shot.OnAir[key] = channel.Broadcasts[n-1].Title
			}
		}
	})
	return shot, err
}
