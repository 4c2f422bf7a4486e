package tencent

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/ingeststore"
)

const (
	// keyLife is how long a stream key works: OBS holds on to it, and must be
	// able to reconnect with it. keyEarly is how long before its end Ingest
	// gives a new one.
	keyLife  = 30 * 24 * time.Hour
	keyEarly = 10 * 24 * time.Hour
	// maxUser is the longest name of a user, in bytes (Generating UserSig).
	maxUser = 32
	// pusherPrefix begins the name that OBS enters the room under.
	pusherPrefix = "obs_"
)

// streamable is the form of a RoomId that can be streamed into (Publishing over
// RTMP: at most 64 letters, digits and underscores); hyphens are in use.
var streamable = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Ingest implements providers.Ingester: OBS streams into the account's room
// over RTMP (Publishing over RTMP), signed in by the key.
//
// OBS enters as a user of its own, not as the administrator: OBS keeps the key
// in a plain file, and an administrator's signature would open the whole app.
// It also keeps a host who is in the room from being thrown out by their own
// OBS. The key stays the same until it nears its end.
func (s *session) Ingest(ctx context.Context) (providers.Ingest, error) {
	switch {
	case s.room == "":
		return providers.Ingest{}, usage("room", "room.none")
	case !streamable.MatchString(s.room):
		return providers.Ingest{}, usage("room", "room.not_streamable")
	}
	key, err := s.key(ctx)
	if err != nil {
		return providers.Ingest{}, err
	}
	kept, found, err := s.ingests.Get(ctx, s.room)
	if err != nil {
		return providers.Ingest{}, err
	}
	now, user := s.now(), pusher(s.identifier)
	head := s.room + "?sdkappid=" + strconv.FormatUint(uint64(s.app), 10) + "&userid=" + user + "&usersig="
	if found && kept.Ingest.Server == s.rtmp && s.sound(kept, head, key, now) {
		return kept.Ingest, nil
	}
	sig, err := s.signer.make(s.app, user, key, keyLife)
	if err != nil {
		return providers.Ingest{}, err
	}
	ingest := providers.Ingest{
		Server: s.rtmp,
		// The signature's alphabet (letters, digits, "*", "-" and "_") needs no
		// escaping.
		Key: secret.New(head + sig.Reveal()),
	}
	return ingest, s.ingests.Put(ctx, s.room, ingeststore.Kept{Ingest: ingest, Until: now.Add(keyLife)})
}

// sound reports whether a kept key is still this account's, signed with the
// present secret key, and good for a while.
func (s *session) sound(kept ingeststore.Kept, head string, key secret.Text, now time.Time) bool {
	sig, ours := strings.CutPrefix(kept.Ingest.Key.Reveal(), head)
	if left := kept.Until.Sub(now); !ours || left <= keyEarly || left > keyLife {
		return false
	}
	return tencentyun.VerifyUserSig(uint64(s.app), key.Reveal(), pusher(s.identifier), sig, now) == nil
}

var notInUser = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// pusher is the user that OBS enters a room as.
func pusher(identifier string) string {
	name := pusherPrefix + notInUser.ReplaceAllString(identifier, "_")
	return name[:min(len(name), maxUser)]
}
