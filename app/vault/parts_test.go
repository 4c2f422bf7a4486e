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

// killedRing is a keyring whose user is killed after some calls that change
// it: nothing of what comes later arrives.
type killedRing struct {
	*keyringtest.Ring
	left int
}

var errKilled = errors.New("killed")

func (r *killedRing) Set(service, user, value string) error {
	if r.left--; r.left < 0 {
		return errKilled
	}
	return r.Ring.Set(service, user, value)
}

func (r *killedRing) Delete(service, user string) error {
	if r.left--; r.left < 0 {
		return errKilled
	}
	return r.Ring.Delete(service, user)
}

func TestAProcessKilledWhileStoringLeavesTheOldValueOrTheNewOne(t *testing.T) {
	long := func(c string, items int) string { return strings.Repeat(c, items*itemSize-7) }
	for _, c := range []struct{ name, old, next string }{
		{"same number of parts", long("x", 3), long("y", 3)},
		{"more parts", long("x", 2), long("y", 5)},
		{"fewer parts", long("x", 5), long("y", 2)},
		{"parts over a whole", "short", long("y", 3)},
		{"a whole over parts", long("x", 3), "short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for killed := 0; ; killed++ {
				ring := newRing()
				for _, value := range []string{"first", long("w", 4), c.old} { // both generations were in use
					if err := newVault(ring).Set(t.Context(), "n", secret.New(value)); err != nil {
						t.Fatal(err)
					}
				}
				dying := newVault(&killedRing{Ring: ring, left: killed})
				_ = dying.Set(t.Context(), "n", secret.New(c.next))
				durable, _ := dying.Durable()
				got, err := newVault(ring).Get(t.Context(), "n")
				if plain := got.Reveal(); err != nil || plain != c.old && plain != c.next || durable && plain != c.next {
					t.Fatalf("killed after %d calls: %d bytes beginning %.3q, %v", killed, len(plain), plain, err)
				}
				next := newVault(ring)
				if err := errors.Join(next.Set(t.Context(), "n", secret.New(long("z", 3))), next.Delete(t.Context(), "n")); err != nil {
					t.Fatal(err)
				}
				if left := ring.Names(); len(left) != 0 {
					t.Fatalf("killed after %d calls: parts of a secret lie on as %v", killed, left)
				}
				if durable {
					return // it came to its end
				}
			}
		})
	}
}

func TestPartsOfTheFirstFormatAreReadAndReplaced(t *testing.T) {
	ring := newRing()
	for name, value := range map[string]string{"n": "parts:2", "n#1": "first ", "n#2": "format"} {
		if err := ring.Set("s", name, value); err != nil {
			t.Fatal(err)
		}
	}
	v := newVault(ring)
	if got, err := v.Get(t.Context(), "n"); err != nil || got.Reveal() != "first format" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
	if err := v.Set(t.Context(), "n", secret.New("short")); err != nil {
		t.Fatal(err)
	}
	if left := ring.Names(); len(left) != 1 {
		t.Errorf("left in the keyring: %v", left)
	}
}

func TestWhatCouldNotBeReadBackIsNotStored(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	if err := v.Set(t.Context(), "n", secret.New("before")); err != nil {
		t.Fatal(err)
	}
	if err := v.Set(t.Context(), "n", secret.New(strings.Repeat("x", maxParts*itemSize+1))); err == nil {
		t.Error("a value that get refuses was stored")
	}
	if got, err := newVault(ring).Get(t.Context(), "n"); err != nil || got.Reveal() != "before" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
	if err := v.Set(t.Context(), "n", secret.New(strings.Repeat("x", maxParts*itemSize))); err != nil {
		t.Fatal(err)
	}
	if got, err := newVault(ring).Get(t.Context(), "n"); err != nil || len(got.Reveal()) != maxParts*itemSize {
		t.Errorf("the largest came back as %d bytes, %v", len(got.Reveal()), err)
	}
}

// replacingRing is one in which another process replaces the value while a
// part of it is being read.
type replacingRing struct {
	*keyringtest.Ring
	replace func()
}

func (r *replacingRing) Get(service, user string) (string, error) {
	if strings.Contains(user, "#") && r.replace != nil {
		replace := r.replace
		r.replace = nil
		replace()
	}
	return r.Ring.Get(service, user)
}

func TestAValueReplacedWhileItIsReadIsReadAgain(t *testing.T) {
	ring := newRing()
	other := newVault(ring)
	if err := other.Set(t.Context(), "n", secret.New(strings.Repeat("x", 3*itemSize))); err != nil {
		t.Fatal(err)
	}
	want := strings.Repeat("y", 4*itemSize)
	reading := newVault(&replacingRing{Ring: ring, replace: func() {
		if err := other.Set(t.Context(), "n", secret.New(want)); err != nil {
			t.Error(err)
		}
	}})
	if got, err := reading.Get(t.Context(), "n"); err != nil || got.Reveal() != want {
		t.Errorf("got %d bytes, %v", len(got.Reveal()), err)
	}
}

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

func TestNoPartsLieOnBehindAGap(t *testing.T) {
	long := func(c string, items int) secret.Text { return secret.New(strings.Repeat(c, items*itemSize)) }
	for name, forget := range map[string]func(*Vault) error{
		"replaced": func(v *Vault) error {
			return errors.Join(v.Set(t.Context(), "n", long("z", 3)), v.Delete(t.Context(), "n"))
		},
		"deleted": func(v *Vault) error { return v.Delete(t.Context(), "n") },
	} {
		ring := newRing()
		if err := newVault(ring).Set(t.Context(), "n", long("x", 2)); err != nil {
			t.Fatal(err)
		}
		// A process was killed while it swept: more parts of this generation, of
		// the other one, and of the first format.
		for _, stray := range []string{"n#a3", "n#a4", "n#b1", "n#b2", "n#1", "n#2"} {
			if err := ring.Set("s", stray, "left"); err != nil {
				t.Fatal(err)
			}
		}
		if err := forget(newVault(ring)); err != nil {
			t.Fatal(err)
		}
		if left := ring.Names(); len(left) != 0 {
			t.Errorf("%s: parts of a secret lie on as %v", name, left)
		}
	}
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
