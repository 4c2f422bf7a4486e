package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"cuelight/app/config"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestAddingAnAccountChecksEveryField(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	good := func() NewAccount {
		return NewAccount{
			Name: "mine", Platform: "soop", Values: map[string]string{"client_id": "id"},
			Secrets: map[string]secret.Text{providers.SecretClient: secret.New("s")},
		}
	}
	for _, c := range []struct {
		name    string
		spoil   func(*NewAccount)
		reasons []string
	}{
		{"no such platform", func(n *NewAccount) { n.Platform = "x" }, []string{"platform.unknown"}},
		{"everything missing", func(n *NewAccount) { n.Values, n.Secrets = nil, nil }, []string{"field.missing", "field.missing"}},
		{"not one of the options", func(n *NewAccount) { n.Values["dialect"] = "x" }, []string{"field.option"}},
		{"plain http elsewhere", func(n *NewAccount) { n.Values["base_url"] = "http://example.com" }, []string{"base_url.insecure"}},
		{"an escape in the client ID", func(n *NewAccount) { n.Values["client_id"] = "i\x1b[1md" }, []string{"field.unseen"}},
		{"a line end in the secret", func(n *NewAccount) { n.Secrets[providers.SecretClient] = secret.New("a\nb") }, []string{"field.unseen"}},
		{"a zero-width space in the name", func(n *NewAccount) { n.Name = "m\u200be" }, []string{"field.unseen"}},
		{"a line end in the name", func(n *NewAccount) { n.Name = "m\ne" }, []string{"field.unseen"}},
		{"an escape in the name", func(n *NewAccount) { n.Name = "m\x1be" }, []string{"field.unseen"}},
		{"no address", func(n *NewAccount) { n.Values["redirect_uri"] = "x" }, []string{"redirect_uri.invalid"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := good()
			c.spoil(&n)
			_, err := e.Accounts.AddAccount(t.Context(), n)
			var found []string
			var collect func(error)
			collect = func(err error) {
				if many, ok := err.(interface{ Unwrap() []error }); ok {
					for _, one := range many.Unwrap() {
						collect(one)
					}
				} else if reason := reasonOf(err); reason != "" {
					found = append(found, reason)
				}
			}
			collect(err)
			if !slices.Equal(found, c.reasons) || !errors.Is(err, providers.ErrUsage) {
				t.Errorf("got %v: %v", found, err)
			}
		})
	}
	if len(e.Config().Accounts) != 0 || len(s.ring.Names()) != 0 {
		t.Error("what was refused was kept")
	}
	if _, err := e.Accounts.AddAccount(t.Context(), good()); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Accounts.AddAccount(t.Context(), good()); reasonOf(err) != "account.name_taken" {
		t.Errorf("the same name again: %v", err)
	}
}

func TestAccountsWithoutANameGetOne(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	for _, want := range []string{"soop", "soop-2", "soop-3"} {
		s.add(e, "")
		if got := e.Config().Current; got != want {
			t.Errorf("named %q, not %q", got, want)
		}
	}
}

func TestChangingTheAccountShowsTheOther(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.add(e, "other")
	if got := e.State(); got.Account.Name != "other" || got.Broadcast.Known || got.Account.Nick != "" {
		t.Errorf("shown as %+v", got)
	}
	if err := e.Accounts.SelectAccount("mine"); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil || e.State().Account.Nick != "자러가자" {
		t.Errorf("%v, shown as %+v", err, e.State().Account)
	}
	if next := s.open(); next.Config().Current != "other" {
		t.Error("choosing an account for one run changed the configuration")
	}
	for _, err := range []error{e.Accounts.SelectAccount("none"), e.Accounts.UseAccount(t.Context(), "none"), e.Accounts.RemoveAccount(t.Context(), "none")} {
		if !errors.Is(err, config.ErrUnknownAccount) {
			t.Errorf("got %v", err)
		}
	}
}

func TestRemovingAnAccountForgetsItsSecrets(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.add(e, "other")
	if err := e.Accounts.RemoveAccount(t.Context(), "other"); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Account.Name; got != "mine" {
		t.Errorf("the one in use is %q", got)
	}
	if err := e.Accounts.RemoveAccount(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	if left := s.ring.Names(); len(left) != 0 {
		t.Errorf("left in the keyring: %v", left)
	}
	if got := e.State(); got.Account.Name != "" || len(got.Accounts) != 0 {
		t.Errorf("shown as %+v", got.Account)
	}
}

func TestAnAccountOfAnUnknownPlatformIsNoReasonNotToOpen(t *testing.T) {
	s := newStudio(t)
	if err := storage.WriteJSON(filepath.Join(s.dir, config.FileName), config.Config{
		Version: 1, Current: "old", Accounts: []providers.Account{{Name: "old", Platform: "gone"}},
	}, storage.MaxJSON); err != nil {
		t.Fatal(err)
	}
	e := s.open()
	if notices := e.State().Notices; len(notices) != 1 || notices[0].Key != "account_unusable" {
		t.Errorf("told %+v", notices)
	}
	s.add(e, "new")
	if e.State().Account.Name != "new" {
		t.Error("another account cannot be used")
	}
}

func TestABrokenConfigurationOpensAnEmptyEngine(t *testing.T) {
	s := newStudio(t)
	if err := os.WriteFile(filepath.Join(s.dir, config.FileName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), s.options())
	var broken *config.BrokenError
	if !errors.As(err, &broken) || e == nil {
		t.Fatalf("got %v, %v", e, err)
	}
	defer func() { _ = e.Close() }()
	s.add(e, "mine")
	if notices := e.State().Notices; len(notices) == 0 || notices[0].Key != "config_broken" {
		t.Errorf("told %+v", notices)
	}
}

func TestAKeyringThatFailsIsToldAndTheRunGoesOn(t *testing.T) {
	s := newStudio(t)
	s.ring.Fail(errBad)
	e := s.open()
	s.add(e, "mine")
	if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	got := e.State()
	if !got.Keyring.Known || got.Keyring.Durable || !errors.Is(got.Keyring.Err, errBad) {
		t.Errorf("shown as %+v", got.Keyring)
	}
	told := 0
	for _, n := range got.Notices {
		if n.Key == "keyring_memory" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told %d times", told)
	}
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

func TestWhatIsPastedIsCleanedAtItsEdges(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	account, err := e.Accounts.AddAccount(t.Context(), NewAccount{
		Name: "\u1107\u1161\u11bc\u200b ", Platform: "soop", Values: map[string]string{"client_id": "\ufeffid-1\u00a0\r\n"},
		Secrets: map[string]secret.Text{providers.SecretClient: secret.New("\u200bsecret-1\u2060")},
	})
	if err != nil || account.Name != "방" || account.Settings["client_id"] != "id-1" {
		t.Fatalf("kept as %+q, %v", account, err)
	}
	if got, err := e.vault.Account("방").Get(t.Context(), providers.SecretClient); err != nil || got.Reveal() != "secret-1" {
		t.Errorf("the secret is kept as %+q, %v", got.Reveal(), err)
	}
	// The same name typed in the other way is the same name.
	_, err = e.Accounts.AddAccount(t.Context(), NewAccount{
		Name: "방", Platform: "soop", Values: map[string]string{"client_id": "id"},
		Secrets: map[string]secret.Text{providers.SecretClient: secret.New("s")},
	})
	if reasonOf(err) != "account.name_taken" {
		t.Errorf("the same name is added twice: %v", err)
	}
	for _, name := range []string{"\u1107\u1161\u11bc", "방\u200b"} {
		if err := e.Accounts.SelectAccount(name); err != nil {
			t.Errorf("%+q is not found: %v", name, err)
		}
	}
}

func TestAnotherCuelightThatHangsIsTold(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "mine")
	unlock, err := storage.NewLocks(filepath.Join(s.dir, "locks")).Lock(t.Context(), accountsLock)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := e.Accounts.RemoveAccount(ctx, "mine"); !errors.Is(err, storage.ErrHeld) {
		t.Errorf("got %v", err)
	}
	if notices := e.State().Notices; !slices.ContainsFunc(notices, func(n state.Notice) bool { return n.Key == state.NoticeHeld && n.Detail == strconv.Itoa(os.Getpid()) }) {
		t.Errorf("told %+v", notices)
	}
}
