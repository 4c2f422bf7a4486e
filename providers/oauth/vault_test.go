package oauth

import (
	"context"
	"errors"
	"sync"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// memoryVault is what the keyring is to processes: one store, one lock.
type memoryVault struct {
	lock chan struct{}

	mu     sync.Mutex
	values map[string]secret.Text
	setErr error
	sets   int
}

func newVault() *memoryVault {
	v := &memoryVault{lock: make(chan struct{}, 1), values: map[string]secret.Text{}}
	v.values[providers.SecretClient] = secret.New("client-secret-value")
	return v
}

func (v *memoryVault) Get(_ context.Context, name string) (secret.Text, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, ok := v.values[name]
	if !ok {
		return secret.Text{}, providers.ErrNoSecret
	}
	return s, nil
}

func (v *memoryVault) Set(_ context.Context, name string, s secret.Text) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.setErr != nil {
		return v.setErr
	}
	v.sets++
	v.values[name] = s
	return nil
}

func (v *memoryVault) Delete(_ context.Context, name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.values, name)
	return nil
}

func (v *memoryVault) Lock(ctx context.Context) (func(), error) {
	select {
	case v.lock <- struct{}{}:
		return func() { <-v.lock }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (v *memoryVault) failSets(fail bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.setErr = nil
	if fail {
		v.setErr = errors.New("keyring is locked")
	}
}
