package tencentsim

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/ingest"
)

// ErrUnknownKey: not a room of this app, or a signature that does not hold.
var ErrUnknownKey = errors.New("not a room of this app, or not signed for it")

// Begin lets a stream in whose key is "<RoomId>?sdkappid=…&userid=…&usersig=…"
// and returns the room.
func (s *Service) Begin(ctx context.Context, key secret.Text, from ingest.Source) (string, error) {
	id, err := s.roomOf(key)
	if err != nil {
		return "", err
	}
	return id, s.State.Update(ctx, func(st *State) error {
		room := st.find(id)
		if room == nil {
			return ErrUnknownKey
		}
		room.Source, room.Seen = from, s.Now()
		return nil
	})
}

// roomOf reads a key.
func (s *Service) roomOf(key secret.Text) (string, error) {
	id, rest, found := strings.Cut(key.Reveal(), "?")
	query, err := url.ParseQuery(rest)
	if !found || err != nil || !s.authenticatePublisher(query) {
		return "", ErrUnknownKey
	}
	return id, nil
}

// StillAllowed records a heartbeat of the built-in ingest.
// A signature is checked when a stream begins; the stream may then go on.
func (s *Service) StillAllowed(ctx context.Context, id string) (bool, error) {
	due := false
	err := s.State.View(ctx, func(st *State) {
		room := st.find(id)
		due = room != nil && room.Source == ingest.Own && s.Now().Sub(room.Seen) >= ingest.Heartbeat
	})
	if err != nil || !due {
		return true, err
	}
	return true, s.State.Update(ctx, func(st *State) error {
		st.find(id).Seen = s.Now()
		return nil
	})
}

// Recover is for a source that has just started and is the only one of its kind:
// whatever an earlier one left streaming has broken off.
func (s *Service) Recover(ctx context.Context, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		for i := range st.Rooms {
			if st.Rooms[i].Source == from {
				st.Rooms[i].Source = ""
			}
		}
		return nil
	})
}

// End ends the stream into a room, if from began it or is "test".
func (s *Service) End(ctx context.Context, id string, from ingest.Source) error {
	return s.State.Update(ctx, func(st *State) error {
		if room := st.find(id); room != nil && (room.Source == from || from == ingest.Test) {
			room.Source = ""
		}
		return nil
	})
}

// EndKey is End for a caller that knows the key only.
func (s *Service) EndKey(ctx context.Context, key secret.Text, from ingest.Source) error {
	id, err := s.roomOf(key)
	if err != nil {
		return err
	}
	return s.End(ctx, id, from)
}

// streaming reports whether somebody streams into the room.
func (r Room) streaming(now time.Time) bool {
	return r.Source != "" && (r.Source != ingest.Own || now.Sub(r.Seen) <= ingest.LostAfter)
}
