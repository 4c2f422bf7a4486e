package vault

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/app/state"
	"cuelight/internal/keyringtest"
	"cuelight/internal/secret"
	"cuelight/providers"
)

var (
	errBad = errors.New("the keyring is broken")
	noon   = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
)

func newRing() *keyringtest.Ring { return keyringtest.New(ErrNotInKeyring) }

func newVault(ring Keyring) *Vault {
	return New(Options{Keyring: ring, Service: "s", Now: func() time.Time { return noon }})
}

func TestTheVaultGivesBackWhatItWasGiven(t *testing.T) {
	for _, c := range []struct{ name, value string }{
		{"short", "afid-1234567"},
		{"empty", ""},
		{"one item exactly", strings.Repeat("x", itemSize)},
		{"one byte more", strings.Repeat("x", itemSize) + "y"},
		{"many items", strings.Repeat("0123456789", 1234)},
		{"Hangul across the border of two items", strings.Repeat("가", itemSize)},
		{"begins like the vault's own mark for parts", "parts:3"},
		{"begins like the vault's own mark for one", "whole:whole:x"},
		{"line ends and zero bytes", "a\nb\r\n\x00c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ring := newRing()
			v := newVault(ring)
			if err := v.Set(t.Context(), "n", secret.New(c.value)); err != nil {
				t.Fatal(err)
			}
			// Another process has no memory of it.
			got, err := newVault(ring).Get(t.Context(), "n")
			if err != nil || got.Reveal() != c.value {
				t.Errorf("got %d bytes of %d, %v", len(got.Reveal()), len(c.value), err)
			}
			if ok, why := v.Durable(); !ok {
				t.Errorf("went over to memory: %v", why)
			}
			if err := v.Delete(t.Context(), "n"); err != nil {
				t.Fatal(err)
			}
			if left := ring.Names(); len(left) != 0 {
				t.Errorf("left in the keyring: %v", left)
			}
		})
	}
}

func TestAShorterValueLeavesNothingOfTheLongerOneBehind(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	for _, value := range []string{strings.Repeat("x", 5*itemSize), strings.Repeat("y", 2*itemSize), "short"} {
		if err := v.Set(t.Context(), "n", secret.New(value)); err != nil {
			t.Fatal(err)
		}
		if got, err := newVault(ring).Get(t.Context(), "n"); err != nil || got.Reveal() != value {
			t.Errorf("got %d bytes, %v", len(got.Reveal()), err)
		}
	}
	if err := v.Delete(t.Context(), "n"); err != nil {
		t.Fatal(err)
	}
	if left := ring.Names(); len(left) != 0 {
		t.Errorf("parts of a secret that was deleted are still in the keyring: %v", left)
	}
}

func TestWhatIsNotThereIsNoFailureOfTheKeyring(t *testing.T) {
	v := newVault(newRing())
	if _, err := v.Get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	if err := v.Delete(t.Context(), "n"); err != nil {
		t.Errorf("deleting nothing: %v", err)
	}
	if ok, err := v.Probe(t.Context()); !ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
}

func TestAPartThatIsMissingIsNotPassedOffAsTheWhole(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	if err := v.Set(t.Context(), "n", secret.New(strings.Repeat("x", 3*itemSize))); err != nil {
		t.Fatal(err)
	}
	if err := ring.Delete("s", parts{generation: "a"}.item("n", 1)); err != nil {
		t.Fatal(err)
	}
	if got, err := newVault(ring).Get(t.Context(), "n"); err == nil {
		t.Errorf("got %d bytes", len(got.Reveal()))
	}
	for _, strange := range []string{"parts:x", "parts:0", "parts:-1", "parts:1000000", "parts:a:0", "parts:a:65", "parts::"} {
		if err := ring.Set("s", "n", strange); err != nil {
			t.Fatal(err)
		}
		if _, err := newVault(ring).Get(t.Context(), "n"); err == nil {
			t.Errorf("%s was read", strange)
		}
	}
}

func TestAKeyringThatFailsIsReplacedByMemoryAndSaidOnce(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	var told []state.Event
	v.opt.Emit = func(events ...state.Event) { told = append(told, events...) }
	for name, value := range map[string]string{"kept": "before", "large": strings.Repeat("x", 2*itemSize)} {
		if err := v.Set(t.Context(), name, secret.New(value)); err != nil {
			t.Fatal(err)
		}
	}
	ring.Fail(errBad)
	if err := v.Set(t.Context(), "new", secret.New("after")); err != nil {
		t.Fatalf("the run cannot go on: %v", err)
	}
	calls, _ := ring.Counts()
	for name, want := range map[string]string{"kept": "before", "new": "after", "large": strings.Repeat("x", 2*itemSize)} {
		if got, err := v.Get(t.Context(), name); err != nil || got.Reveal() != want {
			t.Errorf("%s: %d bytes, %v", name, len(got.Reveal()), err)
		}
	}
	if err := v.Delete(t.Context(), "kept"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(t.Context(), "kept"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("deleted, and still there: %v", err)
	}
	if ok, why := v.Durable(); ok || !errors.Is(why, errBad) {
		t.Errorf("Durable is %v, %v", ok, why)
	}
	want := []state.Event{
		state.KeyringChanged{Err: errBad},
		state.NoticePosted{Notice: state.Notice{At: noon, Key: "keyring_memory", Err: errBad}},
	}
	if !reflect.DeepEqual(told, want) {
		t.Errorf("told %+v", told)
	}
	if after, _ := ring.Counts(); after != calls {
		t.Error("a keyring that failed is asked again and again")
	}
}

func TestWhatWasDeletedIsNotInMemoryEither(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	if err := errors.Join(v.Set(t.Context(), "n", secret.New("x")), v.Delete(t.Context(), "n")); err != nil {
		t.Fatal(err)
	}
	ring.Fail(errBad)
	if got, err := v.Get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
}

// hanging makes a vault on a keyring that never answers, and what frees it.
func hanging() (*Vault, *keyringtest.Ring, func()) {
	ring := newRing()
	v := newVault(ring)
	v.opt.Timeout = 30 * time.Millisecond
	return v, ring, ring.Hang()
}

func TestAKeyringThatHangsHoldsNobodyUp(t *testing.T) {
	before := goleak.IgnoreCurrent()
	v, ring, free := hanging()
	defer free()
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			if _, err := v.Get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
				t.Errorf("got %v", err)
			}
		})
	}
	work.Wait()
	if _, most := ring.Counts(); most != 1 {
		t.Errorf("%d goroutines hang in the keyring", most)
	}
	if ok, why := v.Durable(); ok || !errors.Is(why, errKeyringTimeout) {
		t.Errorf("Durable is %v, %v", ok, why)
	}
	free()
	goleak.VerifyNone(t, before)
}

func TestWaitingForTheKeyringEndsWithTheContext(t *testing.T) {
	before := goleak.IgnoreCurrent()
	v, _, free := hanging()
	defer free()
	v.opt.Timeout = time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	for _, do := range []func() error{
		func() error { _, err := v.Get(ctx, "n"); return err },
		func() error { return v.Set(ctx, "n", secret.New("x")) },
		func() error { return v.Delete(ctx, "n") },
	} {
		if err := do(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	}
	if ok, _ := v.Durable(); !ok {
		t.Error("a caller in a hurry is no failure of the keyring")
	}
	free()
	goleak.VerifyNone(t, before)
}

func TestWaitingForAnotherCallEndsWithTheContext(t *testing.T) {
	before := goleak.IgnoreCurrent()
	v, ring, free := hanging()
	defer free()
	v.opt.Timeout = time.Hour
	first, cancelFirst := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() {
		if _, err := v.Get(first, "n"); !errors.Is(err, context.Canceled) {
			t.Errorf("the first ended with %v", err)
		}
	})
	for calls := 0; calls == 0; calls, _ = ring.Counts() {
		time.Sleep(time.Millisecond)
	}
	second, cancelSecond := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancelSecond()
	if _, err := v.Get(second, "n"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the second ended with %v", err)
	}
	cancelFirst()
	work.Wait()
	if ok, why := v.Durable(); !ok {
		t.Errorf("callers in a hurry are no failure of the keyring: %v", why)
	}
	free()
	goleak.VerifyNone(t, before)
	if got, err := v.Get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("once it answers again: %v, %v", got, err)
	}
}
