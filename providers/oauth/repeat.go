package oauth

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// fruitlessFor keeps a call that is polled and always rejected from asking for
// a new token each time.
const fruitlessFor = 5 * time.Minute

// Tokens is where the token of a call comes from, such as a Source.
type Tokens interface {
	Token(context.Context) (secret.Text, error)
	// Expired gives another token for one that the platform did not take, or
	// the reason there is none.
	Expired(ctx context.Context, used secret.Text) (secret.Text, error)
}

// Repeats makes calls with a token, and makes them again with another where the
// platform did not take it: once, and not again and again where that other one,
// brand new, is not taken either. The zero value is ready.
type Repeats struct {
	mu        sync.Mutex
	fruitless map[string]fruitless
}

// fruitless is a token that was rejected although it was brand new.
type fruitless struct {
	token secret.Text
	// until is when replacing it may be tried again.
	until time.Time
	err   error
}

// Do makes a call. An error of kind ErrSignIn from it is a rejection. What is
// known to be fruitless is kept by op: the same for all calls where a token is
// taken by all of them or by none.
func (r *Repeats) Do(ctx context.Context, tokens Tokens, op string, call func(token secret.Text) error) error {
	token, err := tokens.Token(ctx)
	if err != nil {
		return err
	}
	if err = call(token); !errors.Is(err, providers.ErrSignIn) {
		return err
	}
	if known := r.known(op, token); known != nil {
		return known
	}
	token, replaceErr := tokens.Expired(ctx, token)
	if replaceErr != nil {
		return replaceErr
	}
	err = call(token)
	if errors.Is(err, providers.ErrSignIn) {
		r.note(op, fruitless{token: token, until: time.Now().Add(fruitlessFor), err: err})
	}
	return err
}

// known gives the error of a token that was rejected when it was new.
func (r *Repeats) known(op string, token secret.Text) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, found := r.fruitless[op]
	if !found || !f.token.Equal(token) || time.Now().After(f.until) {
		return nil
	}
	return f.err
}

func (r *Repeats) note(op string, f fruitless) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fruitless == nil {
		r.fruitless = map[string]fruitless{}
	}
	r.fruitless[op] = f
}

// Forget lets every token be replaced again: the user has signed in anew.
func (r *Repeats) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fruitless = nil
}
