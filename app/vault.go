package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// keyringPatience bounds one keyring call. A desktop keyring answers within
// milliseconds, unless it waits for the user to unlock it.
const keyringPatience = 15 * time.Second

// keyringItem is the largest value stored as one item: Windows takes 2560
// bytes in UTF-16 a secret, and macOS about 3000 after encoding.
const keyringItem = 1200

// maxParts bounds how many items one value may take.
const maxParts = 64

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
	// failed is why the keyring is not used any more; nil while it is.
	failed error
	// onFail is told once, when the vault goes over to memory.
	onFail func(error)
}

func newVault(ring Keyring, service string) *vault {
	return &vault{
		ring: ring, service: service, patience: keyringPatience,
		turn: make(chan struct{}, 1), memory: make(map[string]string),
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

func (v *vault) get(ctx context.Context, name string) (secret.Text, error) {
	value, err := v.getItem(ctx, name)
	if err != nil {
		return secret.Text{}, err
	}
	count, split := strings.CutPrefix(value, "parts:")
	if !split {
		return secret.New(strings.TrimPrefix(value, "whole:")), nil
	}
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > maxParts {
		return secret.Text{}, fmt.Errorf("read %s from the keyring: not written by Cuelight", name)
	}
	var whole strings.Builder
	for i := range n {
		part, err := v.getItem(ctx, partName(name, i))
		if err != nil {
			return secret.Text{}, err
		}
		whole.WriteString(part)
	}
	return secret.New(whole.String()), nil
}

// set stores the parts first and what points at them last, so that a process
// killed between leaves the old value readable or the new one, never a mix of
// lengths that passes for whole.
func (v *vault) set(ctx context.Context, name string, value secret.Text) error {
	before := v.partsOf(ctx, name)
	plain, n := value.Reveal(), 0
	head := "whole:" + plain
	if len(plain) > keyringItem {
		for ; len(plain) > 0; n++ {
			cut := min(keyringItem, len(plain))
			if err := v.setItem(ctx, partName(name, n), plain[:cut]); err != nil {
				return err
			}
			plain = plain[cut:]
		}
		head = "parts:" + strconv.Itoa(n)
	}
	if err := v.setItem(ctx, name, head); err != nil {
		return err
	}
	return v.deleteParts(ctx, name, n, before)
}

func (v *vault) delete(ctx context.Context, name string) error {
	if err := v.deleteParts(ctx, name, 0, v.partsOf(ctx, name)); err != nil {
		return err
	}
	return v.deleteItem(ctx, name)
}

// partsOf gives how many parts a value has; 0 for one that is whole, or none.
func (v *vault) partsOf(ctx context.Context, name string) int {
	value, err := v.getItem(ctx, name)
	count, split := strings.CutPrefix(value, "parts:")
	if err != nil || !split {
		return 0
	}
	n, _ := strconv.Atoi(count)
	return min(n, maxParts)
}

// deleteParts removes the parts that a shorter value does not use any more: a
// secret that was replaced must not lie on in the keyring.
func (v *vault) deleteParts(ctx context.Context, name string, from, to int) error {
	for i := from; i < to; i++ {
		if err := v.deleteItem(ctx, partName(name, i)); err != nil {
			return err
		}
	}
	return nil
}

func partName(name string, i int) string { return name + "#" + strconv.Itoa(i+1) }

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
	locks *locks
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
	return a.locks.lock(ctx, "account/"+a.name)
}

// MemoryOnlyError tells that secrets do not outlive this run, and why.
type MemoryOnlyError struct{ Err error }

// Error says so in English.
func (e *MemoryOnlyError) Error() string {
	return fmt.Sprintf("secrets are kept in memory for this run only: %v", e.Err)
}

// Unwrap gives what is wrong with the keyring.
func (e *MemoryOnlyError) Unwrap() error { return e.Err }

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
		for _, part := range strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune("\"\n{},:", r) }) {
			if strings.ContainsAny(part, "0123456789") && !strings.Contains(part, "//") {
				add(part)
			}
		}
		add(plain)
	}
	return strings.NewReplacer(pairs...)
}
