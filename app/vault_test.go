package app

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/app/config"
	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestTheVaultGivesBackWhatItWasGiven(t *testing.T) {
	for _, c := range []struct{ name, value string }{
		{"short", "afid-1234567"},
		{"empty", ""},
		{"one item exactly", strings.Repeat("x", keyringItem)},
		{"one byte more", strings.Repeat("x", keyringItem) + "y"},
		{"many items", strings.Repeat("0123456789", 1234)},
		{"Hangul across the border of two items", strings.Repeat("가", keyringItem)},
		{"begins like the vault's own mark for parts", "parts:3"},
		{"begins like the vault's own mark for one", "whole:whole:x"},
		{"line ends and zero bytes", "a\nb\r\n\x00c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ring := newFakeRing()
			v := newVault(ring, "s")
			if err := v.set(t.Context(), "n", secret.New(c.value)); err != nil {
				t.Fatal(err)
			}
			// Another process has no memory of it.
			got, err := newVault(ring, "s").get(t.Context(), "n")
			if err != nil || got.Reveal() != c.value {
				t.Errorf("got %d bytes of %d, %v", len(got.Reveal()), len(c.value), err)
			}
			if ok, why := v.Durable(); !ok {
				t.Errorf("went over to memory: %v", why)
			}
			if err := v.delete(t.Context(), "n"); err != nil {
				t.Fatal(err)
			}
			if left := ring.names(); len(left) != 0 {
				t.Errorf("left in the keyring: %v", left)
			}
		})
	}
}

func TestAShorterValueLeavesNothingOfTheLongerOneBehind(t *testing.T) {
	ring := newFakeRing()
	v := newVault(ring, "s")
	for _, value := range []string{strings.Repeat("x", 5*keyringItem), strings.Repeat("y", 2*keyringItem), "short"} {
		if err := v.set(t.Context(), "n", secret.New(value)); err != nil {
			t.Fatal(err)
		}
		if got, err := newVault(ring, "s").get(t.Context(), "n"); err != nil || got.Reveal() != value {
			t.Errorf("got %d bytes, %v", len(got.Reveal()), err)
		}
	}
	if err := v.delete(t.Context(), "n"); err != nil {
		t.Fatal(err)
	}
	if left := ring.names(); len(left) != 0 {
		t.Errorf("parts of a secret that was deleted are still in the keyring: %v", left)
	}
}

func TestWhatIsNotThereIsNoFailureOfTheKeyring(t *testing.T) {
	v := newVault(newFakeRing(), "s")
	if _, err := v.get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	if err := v.delete(t.Context(), "n"); err != nil {
		t.Errorf("deleting nothing: %v", err)
	}
	if ok, err := v.probe(t.Context()); !ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
}

func TestAPartThatIsMissingIsNotPassedOffAsTheWhole(t *testing.T) {
	ring := newFakeRing()
	v := newVault(ring, "s")
	if err := v.set(t.Context(), "n", secret.New(strings.Repeat("x", 3*keyringItem))); err != nil {
		t.Fatal(err)
	}
	if err := ring.Delete("s", parts{generation: "a"}.item("n", 1)); err != nil {
		t.Fatal(err)
	}
	if got, err := newVault(ring, "s").get(t.Context(), "n"); err == nil {
		t.Errorf("got %d bytes", len(got.Reveal()))
	}
	for _, strange := range []string{"parts:x", "parts:0", "parts:-1", "parts:1000000", "parts:a:0", "parts:a:65", "parts::"} {
		if err := ring.Set("s", "n", strange); err != nil {
			t.Fatal(err)
		}
		if _, err := newVault(ring, "s").get(t.Context(), "n"); err == nil {
			t.Errorf("%s was read", strange)
		}
	}
}

func TestAKeyringThatFailsIsReplacedByMemoryAndSaidOnce(t *testing.T) {
	ring := newFakeRing()
	v := newVault(ring, "s")
	told := 0
	v.onFail = func(err error) {
		told++
		if !errors.Is(err, errBad) {
			t.Errorf("told %v", err)
		}
	}
	for name, value := range map[string]string{"kept": "before", "large": strings.Repeat("x", 2*keyringItem)} {
		if err := v.set(t.Context(), name, secret.New(value)); err != nil {
			t.Fatal(err)
		}
	}
	ring.fault(errBad)
	if err := v.set(t.Context(), "new", secret.New("after")); err != nil {
		t.Fatalf("the run cannot go on: %v", err)
	}
	calls, _ := ring.counts()
	for name, want := range map[string]string{"kept": "before", "new": "after", "large": strings.Repeat("x", 2*keyringItem)} {
		if got, err := v.get(t.Context(), name); err != nil || got.Reveal() != want {
			t.Errorf("%s: %d bytes, %v", name, len(got.Reveal()), err)
		}
	}
	if err := v.delete(t.Context(), "kept"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.get(t.Context(), "kept"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("deleted, and still there: %v", err)
	}
	if ok, why := v.Durable(); ok || !errors.Is(why, errBad) {
		t.Errorf("Durable is %v, %v", ok, why)
	}
	if told != 1 {
		t.Errorf("told %d times", told)
	}
	if after, _ := ring.counts(); after != calls {
		t.Error("a keyring that failed is asked again and again")
	}
}

// hanging makes a vault on a keyring that never answers, and what frees it.
func hanging() (*vault, *fakeRing, func()) {
	ring := newFakeRing()
	ring.hang = make(chan struct{})
	v := newVault(ring, "s")
	v.patience = 30 * time.Millisecond
	return v, ring, sync.OnceFunc(func() { close(ring.hang) })
}

func TestAKeyringThatHangsHoldsNobodyUp(t *testing.T) {
	before := goleak.IgnoreCurrent()
	v, ring, free := hanging()
	defer free()
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			if _, err := v.get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
				t.Errorf("got %v", err)
			}
		})
	}
	work.Wait()
	if _, most := ring.counts(); most != 1 {
		t.Errorf("%d goroutines hang in the keyring", most)
	}
	if ok, why := v.Durable(); ok || !errors.Is(why, errKeyringSilent) {
		t.Errorf("Durable is %v, %v", ok, why)
	}
	free()
	goleak.VerifyNone(t, before)
}

func TestWaitingForTheKeyringEndsWithTheContext(t *testing.T) {
	before := goleak.IgnoreCurrent()
	v, _, free := hanging()
	defer free()
	v.patience = time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	for _, do := range []func() error{
		func() error { _, err := v.get(ctx, "n"); return err },
		func() error { return v.set(ctx, "n", secret.New("x")) },
		func() error { return v.delete(ctx, "n") },
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

func TestAccountsDoNotSeeEachOthersSecrets(t *testing.T) {
	ring := newFakeRing()
	v := newVault(ring, "s")
	l := storage.NewLocks(t.TempDir())
	a, b := accountVault{v, l, "a"}, accountVault{v, l, "b"}
	if err := a.Set(t.Context(), "token", secret.New("mine")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Get(t.Context(), "token"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	unlock, err := a.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	other, err := b.Lock(t.Context())
	if err != nil {
		t.Fatalf("one account waits for another: %v", err)
	}
	other()
}

func TestConfigurationFoldersDoNotShareSecrets(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	t.Setenv("AppData", filepath.Join(home, "AppData"))
	ordinary, err := config.DefaultDir()
	if err != nil {
		t.Skipf("%s has no configuration folder here: %v", runtime.GOOS, err)
	}
	names := []string{
		keyringService(ordinary, false), keyringService(filepath.Join(ordinary, "sandbox"), true),
		keyringService(filepath.Join(home, "other"), false), keyringService(filepath.Join(home, "other", "sandbox"), true),
	}
	if names[0] != "cuelight" || names[1] != "cuelight-sandbox" {
		t.Errorf("the user's own are %v", names[:2])
	}
	slices.Sort(names)
	if distinct := slices.Compact(slices.Clone(names)); len(distinct) != len(names) {
		t.Errorf("two share their secrets: %v", names)
	}
}
