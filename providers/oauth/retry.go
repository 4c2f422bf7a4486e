package oauth

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// rejectedTokenTTL keeps a call that is polled and always rejected from asking for
// a new token each time.
const rejectedTokenTTL = 5 * time.Minute

// TokenSource is where the token of a call comes from, such as a Source.
type TokenSource interface {
	Token(context.Context) (secret.Text, error)
	// Replace gives another token for one that the platform did not take, or
	// the reason there is none.
	Replace(ctx context.Context, used secret.Text) (secret.Text, error)
}

// Retrier makes calls with a token, and makes them again with another where the
// platform did not take it: once, and not again and again where that other one,
// brand new, is not taken either. The zero value is ready.
type Retrier struct {
	mu       sync.Mutex
	rejected map[string]rejectedToken
}

// rejectedToken is a token that was rejected although it was brand new.
type rejectedToken struct {
	token secret.Text
	// retryAt is when replacing it may be tried again.
	retryAt time.Time
	err     error
}

// Do makes a call. An error of kind ErrSignIn from it is a rejection. What is
// known to be fruitless is kept by op: the same for all calls where a token is
// taken by all of them or by none.
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

// rejectionOf gives the error of a token that was rejected when it was new.
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

// Reset lets every token be replaced again: the user has signed in anew.
func (r *Retrier) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rejected = nil
}
