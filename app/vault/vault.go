package vault

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
)

// keyringTimeout bounds one call of the keyring. A desktop keyring answers
// within milliseconds, unless it waits for the user to unlock it.
const keyringTimeout = 15 * time.Second

// Options are what a Vault is made of.
type Options struct {
	// Keyring stores the items; nil means the system's.
	Keyring Keyring
	// Service is the name that all items are stored under; see ServiceName.
	Service string
	// Locks keep other processes out of one account's secrets.
	Locks Locker
	// Timeout bounds one call of the keyring; 0 means 15 seconds.
	Timeout time.Duration
	// Emit is told once, when the Vault goes over to memory. It may be nil.
	Emit func(...state.Event)
	// Log may be nil.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Vault keeps secrets in a keyring. Its methods may be called from any
// goroutine.
type Vault struct {
	opt Options

	// turn holds a token while a call of the keyring runs: one at a time, so
	// that a hanging one does not pile up goroutines behind it. It is waited for
	// with the call's deadline.
	turn chan struct{}

	// mu guards the fields below. It is never held while the keyring is called
	// or an event emitted.
	mu sync.Mutex
	// memory holds what is known to be in the keyring, for when that stops
	// answering, by item.
	memory map[string]string
	// concealed are secrets that are masked although they are kept nowhere.
	concealed map[string]bool
	// failed is why the keyring is not used any more; nil while it is.
	failed error
}

// New makes a Vault. It does not call the keyring.
func New(opt Options) *Vault {
	if opt.Keyring == nil {
		opt.Keyring = SystemKeyring{}
	}
	if opt.Timeout == 0 {
		opt.Timeout = keyringTimeout
	}
	if opt.Emit == nil {
		opt.Emit = func(...state.Event) {}
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Vault{opt: opt, turn: make(chan struct{}, 1), memory: make(map[string]string), concealed: make(map[string]bool)}
}

// Durable reports whether secrets outlive this run, and why not. Before the
// first call of the keyring it is true.
func (v *Vault) Durable() (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.failed == nil, v.failed
}

// Probe makes one harmless call of the keyring and gives what Durable says
// then.
func (v *Vault) Probe(ctx context.Context) (bool, error) {
	_, _ = v.Get(ctx, "probe")
	return v.Durable()
}

// getItem reads one item; providers.ErrNoSecret when there is none.
func (v *Vault) getItem(ctx context.Context, name string) (string, error) {
	value, durable, err := v.call(ctx, func() (string, error) {
		value, err := v.opt.Keyring.Get(v.opt.Service, name)
		if err == nil {
			v.remember(name, value)
		}
		return value, err
	})
	if durable {
		if errors.Is(err, ErrNotInKeyring) {
			return "", providers.ErrNoSecret
		}
		return value, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	value, known := v.memory[name]
	if !known {
		return "", providers.ErrNoSecret
	}
	return value, nil
}

func (v *Vault) setItem(ctx context.Context, name, value string) error {
	_, durable, err := v.call(ctx, func() (string, error) {
		v.remember(name, value) // first: a keyring that fails now is replaced by memory
		return "", v.opt.Keyring.Set(v.opt.Service, name, value)
	})
	if durable {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.memory[name] = value
	return nil
}

func (v *Vault) deleteItem(ctx context.Context, name string) error {
	_, durable, err := v.call(ctx, func() (string, error) {
		err := v.opt.Keyring.Delete(v.opt.Service, name)
		if err == nil {
			v.forget(name)
		}
		return "", err
	})
	if durable {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.memory, name)
	return nil
}

// remember notes what the keyring holds. A call that returns after the keyring
// was given up changes nothing: what memory holds then is newer.
func (v *Vault) remember(name, value string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.failed == nil {
		v.memory[name] = value
	}
}

func (v *Vault) forget(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.failed == nil {
		delete(v.memory, name)
	}
}

// call runs one call of the keyring, while it holds the turn. durable is false
// where memory is to be used instead, because the keyring has failed, now or
// earlier.
func (v *Vault) call(ctx context.Context, do func() (string, error)) (value string, durable bool, err error) {
	if err := ctx.Err(); err != nil {
		return "", true, fmt.Errorf("wait for the keyring: %w", err)
	}
	if ok, _ := v.Durable(); !ok {
		return "", false, nil
	}
	value, err = v.callInTime(ctx, do)
	if err == nil || errors.Is(err, ErrNotInKeyring) || ctx.Err() != nil {
		return value, true, err
	}
	v.fail(err)
	return "", false, nil
}

// errKeyringTimeout: the keyring did not answer in time.
var errKeyringTimeout = errors.New("the keyring does not answer; it may be locked")

// callInTime runs do on a goroutine of its own, because keyrings take no
// context: one that hangs keeps that goroutine, and the turn, until it returns.
func (v *Vault) callInTime(ctx context.Context, do func() (string, error)) (string, error) {
	timeout := time.NewTimer(v.opt.Timeout)
	defer timeout.Stop()
	select {
	case v.turn <- struct{}{}:
	case <-timeout.C:
		return "", errKeyringTimeout
	case <-ctx.Done():
		return "", fmt.Errorf("wait for the keyring: %w", ctx.Err())
	}
	type result struct {
		value string
		err   error
	}
	answer := make(chan result, 1) // nobody may be waiting for it any more
	go func() {
		value, err := do()
		<-v.turn
		answer <- result{value, err}
	}()
	select {
	case r := <-answer:
		return r.value, r.err
	case <-timeout.C:
		return "", errKeyringTimeout
	case <-ctx.Done():
		return "", fmt.Errorf("wait for the keyring: %w", ctx.Err())
	}
}

// fail gives the keyring up for this run and says so, once.
func (v *Vault) fail(err error) {
	v.mu.Lock()
	first := v.failed == nil
	if first {
		v.failed = err
	}
	v.mu.Unlock()
	if !first {
		return
	}
	v.opt.Log.Warn("secrets are kept in memory for this run only", "err", err)
	v.opt.Emit(
		state.KeyringChanged{Durable: false, Err: err},
		state.NoticePosted{Notice: state.Notice{At: v.opt.Now(), Key: "keyring_memory", Err: err}},
	)
}

// MemoryOnlyError tells that secrets do not outlive this run, and why.
type MemoryOnlyError struct{ Err error }

// Error says so in English.
func (e *MemoryOnlyError) Error() string {
	return fmt.Sprintf("secrets are kept in memory for this run only: %v", e.Err)
}

// Unwrap gives what is wrong with the keyring.
func (e *MemoryOnlyError) Unwrap() error { return e.Err }
