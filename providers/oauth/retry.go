package oauth

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// rejectedTokenTTL is how long a token that was rejected although it was new is
// not replaced again. It keeps a polled call that is always rejected from
// refreshing the token each time.
const rejectedTokenTTL = 5 * time.Minute

// TokenSource supplies the access token of a call, such as a Source.
type TokenSource interface {
	Token(context.Context) (secret.Text, error)
	// Replace returns another token for one that the platform rejected, or the
	// reason there is none.
	Replace(ctx context.Context, used secret.Text) (secret.Text, error)
}

// Retrier makes calls with a token and repeats a call once with a new token where
// the platform rejects the first. Where the new token is rejected too, the call
// is not repeated again for a while. The zero value is ready.
type Retrier struct {
	mu       sync.Mutex // guards rejected
	rejected map[string]rejectedToken
}

// rejectedToken is a token that was rejected although it was new.
type rejectedToken struct {
	token secret.Text
	// retryAt is when replacing it may be tried again.
	retryAt time.Time
	err     error
}

// Do makes a call. An error of kind ErrSignIn from it is a rejection. Rejected
// tokens are remembered by op; it is the same for all calls of a platform where
// a token is valid for all of them or for none.
func (r *Retrier) Do(ctx context.Context, tokens TokenSource, op string, call func(token secret.Text) error) error {
	token, err := tokens.Token(ctx)
	if err != nil {
		return err
	}
	if err = call(token); !errors.Is(err, providers.ErrSignIn) {
		return err
	}
	if known := r.rejectionOf(op, token); known != nil {
		return known
	}
	token, replaceErr := tokens.Replace(ctx, token)
	if replaceErr != nil {
		return replaceErr
	}
	err = call(token)
	if errors.Is(err, providers.ErrSignIn) {
		r.remember(op, rejectedToken{token: token, retryAt: time.Now().Add(rejectedTokenTTL), err: err})
	}
	return err
}

// rejectionOf returns the error with which a new token was rejected; nil where it
// was not, or long ago.
func (r *Retrier) rejectionOf(op string, token secret.Text) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, found := r.rejected[op]
	if !found || !f.token.Equal(token) || time.Now().After(f.retryAt) {
		return nil
	}
	return f.err
}

func (r *Retrier) remember(op string, f rejectedToken) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rejected == nil {
		r.rejected = map[string]rejectedToken{}
	}
	r.rejected[op] = f
}

// Reset forgets the rejected tokens. It is called after a new sign-in.
func (r *Retrier) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rejected = nil
}
