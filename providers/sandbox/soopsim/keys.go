package soopsim

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"cuelight/internal/secret"
)

// key returns a streamer's present stream key, in the form seen on the service:
// the login id, a hyphen and ten digits.
func (p *platform) key(user string, serial int) secret.Text {
	mac := hmac.New(sha256.New, []byte(p.Seed.Reveal()))
	mac.Write([]byte("stream key\x00" + user + "\x00" + strconv.Itoa(serial)))
	number := binary.BigEndian.Uint64(mac.Sum(nil)) % 9_000_000_000
	return secret.New(fmt.Sprintf("%s-%d", user, 1_000_000_000+number))
}

// Key returns a simulated streamer's present stream key; empty for nobody's.
func (s *Service) Key(ctx context.Context, user string) (secret.Text, error) {
	var key secret.Text
	err := s.State.View(ctx, func(st *State) {
		if who, ok := st.Streamers[user]; ok {
			key = s.key(user, who.KeySerial)
		}
	})
	return key, err
}

// owner finds whose present key it is; "" for nobody's.
func (p *platform) owner(st *State, key secret.Text) string {
	for user, who := range st.Streamers {
		if p.key(user, who.KeySerial).Equal(key) {
			return user
		}
	}
	return ""
}
