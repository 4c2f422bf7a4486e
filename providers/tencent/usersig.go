package tencent

import (
	"sync"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"cuelight/internal/secret"
	"cuelight/providers"
)

const (
	// sigLife is how long the signature of API calls is valid, sigRenewBefore how
	// long before its expiry it is renewed.
	sigLife        = 12 * time.Hour
	sigRenewBefore = time.Hour
)

// userSig makes a UserSig with the vendor's module (Generating UserSig).
func userSig(app uint32, user string, key secret.Text, life time.Duration) (secret.Text, error) {
	sig, err := tencentyun.GenUserSig(int(app), key.Reveal(), user, int(life/time.Second))
	if err != nil {
		// It compresses into memory, which cannot fail.
		return secret.Text{}, &providers.Error{Kind: providers.ErrUsage, Op: "usersig", Field: FieldSecretKey, Reason: "secret_key.wrong"}
	}
	return secret.New(sig), nil
}

// signer caches a user's signature until shortly before it expires.
type signer struct {
	app  uint32
	now  func() time.Time
	make func(app uint32, user string, key secret.Text, life time.Duration) (secret.Text, error)

	mu              sync.Mutex  // guards what follows
	sig, signedWith secret.Text // signedWith is the key it was made with
	expires         time.Time
}

// get returns a signature that is not about to expire, other than the one that
// the platform has rejected.
func (s *signer) get(user string, key, rejected secret.Text) (secret.Text, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	stale := s.sig.Empty() || !s.signedWith.Equal(key) || !now.Before(s.expires.Add(-sigRenewBefore))
	// A clock that was set back would make an expired one look valid.
	stale = stale || now.Before(s.expires.Add(-sigLife))
	if !stale && (rejected.Empty() || !s.sig.Equal(rejected)) {
		return s.sig, nil
	}
	sig, err := s.make(s.app, user, key, sigLife)
	if err != nil {
		return secret.Text{}, err
	}
	s.sig, s.signedWith, s.expires = sig, key, now.Add(sigLife)
	return sig, nil
}
