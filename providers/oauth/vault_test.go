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
	providers.MemoryVault

	mu     sync.Mutex
	setErr error
	// sets counts what was stored, tried what was to be.
	sets, tried int
}

func newVault() *memoryVault {
	v := &memoryVault{}
	v.Values = map[string]secret.Text{providers.SecretClient: secret.New("client-secret-value")}
	return v
}

func (v *memoryVault) Set(ctx context.Context, name string, s secret.Text) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.tried++
	if v.setErr != nil {
		return v.setErr
	}
	v.sets++
	return v.MemoryVault.Set(ctx, name, s)
}

func (v *memoryVault) failSets(fail bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.setErr = nil
	if fail {
		v.setErr = errors.New("keyring is locked")
	}
}
