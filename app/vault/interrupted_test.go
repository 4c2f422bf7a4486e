package vault

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cuelight/internal/keyringtest"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// interruptedRing is a keyring whose user is interrupted in the middle of a
// call, after some that came through: the call itself goes on until goOn is
// closed.
type interruptedRing struct {
	*keyringtest.Ring
	left      int
	interrupt func()
	goOn      chan struct{}
}

// settle waits until no call of the keyring goes on.
func settle(v *Vault) {
	v.turn <- struct{}{}
	<-v.turn
}

func (r *interruptedRing) call() {
	if r.left--; r.left == -1 {
		r.interrupt()
		<-r.goOn
	}
}

func (r *interruptedRing) Get(service, user string) (string, error) {
	r.call()
	return r.Ring.Get(service, user)
}

func (r *interruptedRing) Set(service, user, value string) error {
	r.call()
	return r.Ring.Set(service, user, value)
}

func (r *interruptedRing) Delete(service, user string) error {
	r.call()
	return r.Ring.Delete(service, user)
}

func TestAnInterruptedCallLeavesTheOldValueOrTheNewOne(t *testing.T) {
	long := func(c string, items int) string { return strings.Repeat(c, items*itemSize-7) }
	for _, c := range []struct {
		name, old, next string
		do              func(context.Context, *Vault, string) error
	}{
		{"stored in parts", long("x", 3), long("y", 2), func(ctx context.Context, v *Vault, next string) error {
			return v.Set(ctx, "n", secret.New(next))
		}},
		{"stored as a whole", long("x", 3), "short", func(ctx context.Context, v *Vault, next string) error {
			return v.Set(ctx, "n", secret.New(next))
		}},
		{"deleted", long("x", 2), "", func(ctx context.Context, v *Vault, _ string) error {
			return v.Delete(ctx, "n")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for after := 0; ; after++ {
				ended := false
				for try := range 20 { // whether the answer or the interruption comes first is chance
					ended = interruptAfter(t, after, try%2 == 0, c.old, c.next, func(ctx context.Context, v *Vault) error {
						return c.do(ctx, v, c.next)
					}) == nil
				}
				if ended {
					return // it came to its end
				}
			}
		})
	}
}

// interruptAfter does something in a Vault that holds old, interrupts it in a
// call of the keyring, which answers at once or only later, and gives how it
// ended.
func interruptAfter(t *testing.T, after int, atOnce bool, old, next string, do func(context.Context, *Vault) error) error {
	t.Helper()
	ring := newRing()
	if err := newVault(ring).Set(t.Context(), "n", secret.New(old)); err != nil {
		t.Fatal(err)
	}
	for i := range 5 { // of a process that was killed while it stored
		if err := ring.Set("s", parts{generation: "b"}.item("n", i), "left"); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	interrupted := &interruptedRing{Ring: ring, left: after, interrupt: cancel, goOn: make(chan struct{})}
	if atOnce {
		close(interrupted.goOn)
	}
	v := newVault(interrupted)
	err := do(ctx, v)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatalf("after %d calls: %v", after, err)
	}
	if durable, why := v.Durable(); !durable {
		t.Fatalf("after %d calls an interruption passed for a failure: %v", after, why)
	}
	if !atOnce {
		close(interrupted.goOn)
	}
	settle(v)
	got, getErr := newVault(ring).Get(t.Context(), "n")
	gone := next == "" && errors.Is(getErr, providers.ErrNoSecret)
	if plain := got.Reveal(); !gone && (getErr != nil || plain != old && plain != next) {
		t.Fatalf("after %d calls: %d bytes beginning %.3q, %v", after, len(plain), plain, getErr)
	}
	again := newVault(ring)
	if err := errors.Join(again.Set(t.Context(), "n", secret.New(strings.Repeat("z", 3*itemSize))), again.Delete(t.Context(), "n")); err != nil {
		t.Fatal(err)
	}
	if left := ring.Names(); len(left) != 0 {
		t.Fatalf("after %d calls: parts of a secret lie on as %v", after, left)
	}
	return err
}

func TestACallThatIsOverBeforeItBeginsChangesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 50 { // chance must not decide
		ring := newRing()
		v := newVault(ring)
		for _, do := range []func() error{
			func() error { _, err := v.Get(ctx, "n"); return err },
			func() error { return v.Set(ctx, "n", secret.New("x")) },
			func() error { return v.Delete(ctx, "n") },
		} {
			if err := do(); !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
		}
		settle(v)
		if calls, _ := ring.Counts(); calls != 0 {
			t.Fatalf("%d calls reached the keyring", calls)
		}
	}
}
