package providers

import (
	"context"
	"sync"

	"cuelight/internal/secret"
)

// MemoryVault is a Vault in memory: for an account that is verified before
// anything of it is stored, and for tests. The zero value is an empty one.
type MemoryVault struct {
	// Values may be set and read while nobody else uses the vault.
	Values map[string]secret.Text

	mu sync.Mutex // guards Values
	// lock is Lock's semaphore, made by the first call.
	once sync.Once
	lock chan struct{}
}

// NewMemoryVault makes a vault that holds the secrets that are not empty.
func NewMemoryVault(secrets map[string]secret.Text) *MemoryVault {
	v := &MemoryVault{Values: make(map[string]secret.Text, len(secrets))}
	for name, value := range secrets {
		if !value.Empty() {
			v.Values[name] = value
		}
	}
	return v
}

// Get implements Vault.
func (v *MemoryVault) Get(_ context.Context, name string) (secret.Text, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if value, ok := v.Values[name]; ok {
		return value, nil
	}
	return secret.Text{}, ErrNoSecret
}

// Set implements Vault.
func (v *MemoryVault) Set(_ context.Context, name string, value secret.Text) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.Values == nil {
		v.Values = map[string]secret.Text{}
	}
	v.Values[name] = value
	return nil
}

// Delete implements Vault.
func (v *MemoryVault) Delete(_ context.Context, name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.Values, name)
	return nil
}

// Lock implements Vault.
func (v *MemoryVault) Lock(ctx context.Context) (func(), error) {
	v.once.Do(func() { v.lock = make(chan struct{}, 1) })
	select {
	case v.lock <- struct{}{}:
		return sync.OnceFunc(func() { <-v.lock }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
