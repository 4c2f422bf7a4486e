package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// keyringPatience bounds one keyring call. A desktop keyring answers within
// milliseconds, unless it waits for the user to unlock it.
const keyringPatience = 15 * time.Second

// keyringItem is the largest value stored as one item: Windows takes 2560
// bytes in UTF-16 a secret, and macOS about 3000 after encoding.
const keyringItem = 1200

// vault keeps secrets in the system keyring, each call with a deadline, off
// the caller's goroutine. When the keyring fails it goes on in memory for the
// rest of the run and says so; it never writes a plain file.
type vault struct {
	ring     Keyring
	service  string
	patience time.Duration

	// turn lets one call at a time at the keyring: a hanging one must not pile
	// up goroutines behind it.
	turn chan struct{}

	mu     sync.Mutex
	memory map[string]string
	// concealed are secrets that are masked although they are kept nowhere.
	concealed map[string]bool
	// failed is why the keyring is not used any more; nil while it is.
	failed error
	// onFail is told once, when the vault goes over to memory.
	onFail func(error)
}

func newVault(ring Keyring, service string) *vault {
	return &vault{
		ring: ring, service: service, patience: keyringPatience,
		turn: make(chan struct{}, 1), memory: make(map[string]string), concealed: make(map[string]bool),
	}
}

// Durable reports whether secrets outlive this run, and why not.
func (v *vault) Durable() (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.failed == nil, v.failed
}

// probe makes one harmless call, so that the answer of Durable is known.
func (v *vault) probe(ctx context.Context) (bool, error) {
	_, _ = v.get(ctx, "probe")
	return v.Durable()
}

func (v *vault) getItem(ctx context.Context, name string) (string, error) {
	value, err := v.call(ctx,
		func() (string, error) { return v.ring.Get(v.service, name) },
		func() (string, error) {
			known, ok := v.memory[name]
			if !ok {
				return "", ErrNotInKeyring
			}
			return known, nil
		})
	if errors.Is(err, ErrNotInKeyring) {
		return "", providers.ErrNoSecret
	}
	if err == nil {
		v.remember(name, value)
	}
	return value, err
}

func (v *vault) setItem(ctx context.Context, name, value string) error {
	v.remember(name, value)
	_, err := v.call(ctx,
		func() (string, error) { return "", v.ring.Set(v.service, name, value) },
		func() (string, error) { return "", nil })
	return err
}

func (v *vault) deleteItem(ctx context.Context, name string) error {
	v.mu.Lock()
	delete(v.memory, name)
	v.mu.Unlock()
	_, err := v.call(ctx,
		func() (string, error) { return "", v.ring.Delete(v.service, name) },
		func() (string, error) { return "", nil })
	return err
}

// remember keeps what the keyring holds, for when it stops answering.
func (v *vault) remember(name, value string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.memory[name] = value
}

// call asks the keyring, or memory once the keyring has failed.
func (v *vault) call(ctx context.Context, ring, memory func() (string, error)) (string, error) {
	if ok, _ := v.Durable(); ok {
		value, err := v.ask(ctx, ring)
		if err == nil || errors.Is(err, ErrNotInKeyring) || ctx.Err() != nil {
			return value, err
		}
		v.fail(err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return memory()
}

// errKeyringSilent: the keyring did not answer in time.
var errKeyringSilent = errors.New("the keyring does not answer; it may be locked")

func (v *vault) ask(ctx context.Context, do func() (string, error)) (string, error) {
	patience := time.NewTimer(v.patience)
	defer patience.Stop()
	select {
	case v.turn <- struct{}{}:
	case <-patience.C:
		return "", errKeyringSilent
	case <-ctx.Done():
		return "", fmt.Errorf("wait for the keyring: %w", ctx.Err())
	}
	type result struct {
		value string
		err   error
	}
	answer := make(chan result, 1) // the goroutine may outlive this call
	go func() {
		value, err := do()
		<-v.turn
		answer <- result{value, err}
	}()
	select {
	case r := <-answer:
		return r.value, r.err
	case <-patience.C:
		return "", errKeyringSilent
	case <-ctx.Done():
		return "", fmt.Errorf("wait for the keyring: %w", ctx.Err())
	}
}

func (v *vault) fail(err error) {
	v.mu.Lock()
	first := v.failed == nil
	if first {
		v.failed = err
	}
	tell := v.onFail
	v.mu.Unlock()
	if first && tell != nil {
		tell(err)
	}
}

// accountVault is the part of the vault that one account sees.
type accountVault struct {
	vault *vault
	locks *storage.Locks
	name  string
}

var _ providers.Vault = accountVault{}

func (a accountVault) item(name string) string { return "account/" + a.name + "/" + name }

// Get implements providers.Vault.
func (a accountVault) Get(ctx context.Context, name string) (secret.Text, error) {
	return a.vault.get(ctx, a.item(name))
}

// Set implements providers.Vault.
func (a accountVault) Set(ctx context.Context, name string, value secret.Text) error {
	return a.vault.set(ctx, a.item(name), value)
}

// Delete implements providers.Vault.
func (a accountVault) Delete(ctx context.Context, name string) error {
	return a.vault.delete(ctx, a.item(name))
}

// Lock implements providers.Vault.
func (a accountVault) Lock(ctx context.Context) (func(), error) {
	return a.locks.Lock(ctx, "account/"+a.name)
}

// MemoryOnlyError tells that secrets do not outlive this run, and why.
type MemoryOnlyError struct{ Err error }

// Error says so in English.
func (e *MemoryOnlyError) Error() string {
	return fmt.Sprintf("secrets are kept in memory for this run only: %v", e.Err)
}

// Unwrap gives what is wrong with the keyring.
func (e *MemoryOnlyError) Unwrap() error { return e.Err }

// conceal has a secret masked in logs and bundles although it is not kept here,
// such as a stream key that the platform gives when asked.
func (v *vault) conceal(s secret.Text) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.concealed[s.Reveal()] = true
}

// shortestMasked keeps the masker from eating ordinary words.
const shortestMasked = 5

// masker replaces every secret that the vault has seen, and each part of one,
// by the mask.
func (v *vault) masker() *strings.Replacer {
	v.mu.Lock()
	defer v.mu.Unlock()
	var pairs []string
	add := func(s string) {
		if len(s) >= shortestMasked {
			pairs = append(pairs, s, secret.Mask)
		}
	}
	for _, stored := range v.memory {
		plain := strings.TrimPrefix(stored, "whole:")
		// Secrets are stored alone, or as the values of a JSON object or lines.
		for _, value := range strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune("\"\n{},", r) }) {
			// Addresses and times stand beside secrets and are none: masked, they
			// would make holes in every line of a log.
			if _, err := time.Parse(time.RFC3339Nano, value); err == nil || strings.Contains(value, "//") {
				continue
			}
			for part := range strings.SplitSeq(value, ":") {
				if strings.ContainsAny(part, "0123456789") {
					add(part)
				}
			}
		}
		add(plain)
	}
	for plain := range v.concealed {
		add(plain)
	}
	return strings.NewReplacer(pairs...)
}
