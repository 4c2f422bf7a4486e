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
	// keyLife is how long a stream key is valid: OBS stores it, and must be able to
	// reconnect with it. keyRenewBefore is how long before its expiry Ingest
	// returns a new one.
	keyLife        = 30 * 24 * time.Hour
	keyRenewBefore = 10 * 24 * time.Hour
	// maxUser is the longest name of a user, in bytes (Generating UserSig).
	maxUser = 32
	// publisherPrefix begins the name that OBS enters the room under.
	publisherPrefix = "obs_"
)

// streamableRoom is the form of a RoomId that can be streamed into (Publishing over
// RTMP: at most 64 letters, digits and underscores); hyphens are in use.
var streamableRoom = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

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
	case !streamableRoom.MatchString(s.room):
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
	now, user := s.now(), publisherUser(s.identifier)
	head := s.room + "?sdkappid=" + strconv.FormatUint(uint64(s.app), 10) + "&userid=" + user + "&usersig="
	if found && kept.Ingest.Server == s.rtmpServer && s.usable(kept, head, key, now) {
		return kept.Ingest, nil
	}
	sig, err := s.signer.make(s.app, user, key, keyLife)
	if err != nil {
		return providers.Ingest{}, err
	}
	ingest := providers.Ingest{
		Server: s.rtmpServer,
		// The signature's alphabet (letters, digits, "*", "-" and "_") needs no
		// escaping.
		Key: secret.New(head + sig.Reveal()),
	}
	return ingest, s.ingests.Put(ctx, s.room, ingeststore.Entry{Ingest: ingest, Expires: now.Add(keyLife)})
}

// usable reports whether a stored key is still this account's, signed with the
// present secret key, and not about to expire.
func (s *session) usable(kept ingeststore.Entry, head string, key secret.Text, now time.Time) bool {
	sig, ours := strings.CutPrefix(kept.Ingest.Key.Reveal(), head)
	if left := kept.Expires.Sub(now); !ours || left <= keyRenewBefore || left > keyLife {
		return false
	}
	return tencentyun.VerifyUserSig(uint64(s.app), key.Reveal(), publisherUser(s.identifier), sig, now) == nil
}

var invalidUserChars = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// publisherUser is the user that OBS enters a room as.
func publisherUser(identifier string) string {
	name := publisherPrefix + invalidUserChars.ReplaceAllString(identifier, "_")
	return name[:min(len(name), maxUser)]
}
