package wire

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/andreykaipov/goobs/api/opcodes"

	"cuelight/internal/secret"
)

// Authentication answers a challenge: base64(sha256(base64(sha256(password +
// salt)) + challenge)) (protocol.md, "Creating an authentication string").
func Authentication(password secret.Text, a opcodes.Authentication) string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	return hash(hash(password.Reveal()+a.Salt) + a.Challenge)
}
