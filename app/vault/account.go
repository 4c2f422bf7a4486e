package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// Locker gives locks by name that hold between goroutines and between
// processes.
type Locker interface {
	// Lock waits for a name until the context ends.
	Lock(ctx context.Context, name string) (unlock func(), err error)
}

// Account gives the part of the Vault that one account sees: its own secrets,
// and the lock that keeps every other process out of them.
func (v *Vault) Account(name string) providers.Vault { return account{vault: v, name: name} }

type account struct {
	vault *Vault
	name  string
}

func (a account) item(name string) string { return "account/" + a.name + "/" + name }

// Get implements providers.Vault.
func (a account) Get(ctx context.Context, name string) (secret.Text, error) {
	return a.vault.Get(ctx, a.item(name))
}

// Set implements providers.Vault.
func (a account) Set(ctx context.Context, name string, value secret.Text) error {
	return a.vault.Set(ctx, a.item(name), value)
}

// Delete implements providers.Vault.
func (a account) Delete(ctx context.Context, name string) error {
	return a.vault.Delete(ctx, a.item(name))
}

// Lock implements providers.Vault.
func (a account) Lock(ctx context.Context) (func(), error) {
	return a.vault.opt.Locks.Lock(ctx, "account/"+a.name)
}

// ServiceName gives the name that the items of a configuration folder are
// stored under. A folder that is not the user's ordinary one (of the sandbox,
// inside the sandbox) has items of its own, so that two of them never share
// secrets. ordinary is empty where that folder is not known.
func ServiceName(dir, ordinary string, sandbox bool) string {
	name := "cuelight"
	if sandbox {
		name += "-sandbox"
	}
	if ordinary == "" || dir != ordinary {
		sum := sha256.Sum256([]byte(dir))
		name += "-" + hex.EncodeToString(sum[:6])
	}
	return name
}
