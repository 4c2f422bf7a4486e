package vault

import (
	"context"
	"errors"
	"slices"
	"testing"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// locker notes what was locked.
type locker struct{ names []string }

func (l *locker) Lock(_ context.Context, name string) (func(), error) {
	l.names = append(l.names, name)
	return func() {}, nil
}

func TestAccountsDoNotSeeEachOthersSecrets(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	locks := &locker{}
	v.opt.Locks = locks
	a, b := v.Account("a"), v.Account("b")
	if err := a.Set(t.Context(), "token", secret.New("mine")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Get(t.Context(), "token"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	for _, account := range []providers.Vault{a, b} {
		unlock, err := account.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		unlock()
	}
	if want := []string{"account/a", "account/b"}; !slices.Equal(locks.names, want) {
		t.Errorf("one account waits for another: %q", locks.names)
	}
	if err := a.Delete(t.Context(), "token"); err != nil {
		t.Fatal(err)
	}
	if left := ring.Names(); len(left) != 0 {
		t.Errorf("left in the keyring: %v", left)
	}
}

func TestConfigurationFoldersDoNotShareSecrets(t *testing.T) {
	names := []string{
		ServiceName("/c", "/c", false), ServiceName("/c/sandbox", "/c/sandbox", true),
		ServiceName("/other", "/c", false), ServiceName("/other/sandbox", "/c/sandbox", true),
		ServiceName("/c", "", false), ServiceName("/c", "", true),
	}
	if names[0] != "cuelight" || names[1] != "cuelight-sandbox" {
		t.Errorf("the user's own are %q", names[:2])
	}
	slices.Sort(names)
	if distinct := slices.Compact(slices.Clone(names)); len(distinct) != len(names) {
		t.Errorf("two share their secrets: %v", names)
	}
}
