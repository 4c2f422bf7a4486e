package app

import (
	"context"
	"errors"
	"slices"
	"testing"

	"cuelight/app/config"
	"cuelight/app/sandbox"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/providers/soop"
	"cuelight/providers/tencent"
)

// withChannels opens the sandbox, in which each platform has an account, on
// the one whose platform is named.
func withChannels(t *testing.T, s *studio, platform string) *Engine {
	t.Helper()
	e := s.open(func(o *Options) {
		o.Sandbox, o.OBSAddress = true, ""
		o.Registry = providers.Registry{soop.New(), kollus.New(), tencent.New()}
	})
	i := slices.IndexFunc(e.State().Accounts, func(a providers.Account) bool { return a.Platform == platform })
	if i < 0 {
		t.Fatalf("no account of %s in %+v", platform, e.State().Accounts)
	}
	if err := e.Accounts.UseAccount(t.Context(), e.State().Accounts[i].Name); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestRoomsAreListedAndOneIsWorkedOn(t *testing.T) {
	s := newStudio(t)
	e := withChannels(t, s, "tencent")
	page, err := e.Features.Channels(t.Context(), providers.ChannelQuery{Page: 1})
	if err != nil || len(page.Channels) < 2 {
		t.Fatalf("got %+v, %v", page, err)
	}
	first, second := page.Channels[0], page.Channels[1]
	if err := e.Accounts.UseChannel(t.Context(), first.Key); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Broadcast; !got.Known || got.Confirmed.Title != first.Title {
		t.Errorf("of the first room shown: %+v", got)
	}
	// For this run only: nothing of the first room is shown for the second, and
	// the configuration stays.
	if err := e.Accounts.SelectChannel(second.Key); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.Broadcast.Known || got.Live.Known || got.OBS.Matches != state.MatchUnknown || len(got.Broadcast.Limits) == 0 {
		t.Errorf("of the second room shown before it was asked for: %+v", got.Broadcast)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil || e.State().Broadcast.Confirmed.Title != second.Title {
		t.Errorf("of the second room shown: %+v, %v", e.State().Broadcast, err)
	}
	kept := onDisk(t, e).Config()
	if account, ok := kept.Account(e.Config().Current); !ok || account.Channel != first.Key {
		t.Errorf("kept: %+v", account)
	}
	if _, err := e.Features.Channel(t.Context(), second.Key); err != nil {
		t.Error(err)
	}
}

func TestWithoutAnAccountThereIsNoChannelToChoose(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	if err := e.Accounts.SelectChannel("x"); !errors.Is(err, config.ErrNoAccount) {
		t.Errorf("got %v", err)
	}
	if err := e.Accounts.UseChannel(t.Context(), "x"); !errors.Is(err, config.ErrNoAccount) {
		t.Errorf("got %v", err)
	}
}

func TestOnlyAPlatformThatCountsHasStatistics(t *testing.T) {
	s := newStudio(t)
	if e := withChannels(t, s, "kollus"); !e.State().Account.Has.Statistics {
		t.Error("none where the platform counts")
	}
	s = newStudio(t)
	if e := withChannels(t, s, "tencent"); e.State().Account.Has.Statistics {
		t.Error("some where the platform does not count")
	}
}

func TestAPlatformWithoutChannelsSaysSo(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Features.Channels(t.Context(), providers.ChannelQuery{}); reasonOf(err) != "platform.cannot" {
		t.Errorf("got %v", err)
	}
	if _, err := e.Features.Statistics(t.Context()); reasonOf(err) != "platform.cannot" {
		t.Errorf("got %v", err)
	}
	if err := e.Features.KeepIngest(t.Context(), providers.Ingest{}); reasonOf(err) != "platform.cannot" {
		t.Errorf("got %v", err)
	}
}

func TestAnAccountIsProvedBeforeAnythingOfItIsKept(t *testing.T) {
	s := newStudio(t)
	e := s.open(func(o *Options) {
		o.Sandbox, o.OBSAddress = true, ""
		o.Registry = providers.Registry{soop.New(), kollus.New(), tencent.New()}
	})
	info, _ := e.Sandbox(t.Context())
	simulated := info.Others[slices.IndexFunc(info.Others, func(a sandbox.Account) bool { return a.Platform == "tencent" })]
	account := NewAccount{Name: "proved", Platform: simulated.Platform, Values: simulated.Values, Secrets: map[string]secret.Text{}}
	for name := range simulated.Secrets {
		account.Secrets[name] = secret.New("a-wrong-secret-of-64-characters-0123456789abcdef0123456789abcdef")
	}
	before := e.State().Accounts
	items := len(s.ring.Names())
	if _, err := e.Accounts.AddAccount(t.Context(), account); err == nil {
		t.Fatal("an account that the platform does not know was kept")
	} else {
		wantTold(t, err)
	}
	if len(e.State().Accounts) != len(before) || len(s.ring.Names()) != items {
		t.Errorf("something of it was kept: %+v, %v", e.State().Accounts, s.ring.Names())
	}
	account.Secrets = simulated.Secrets
	if _, err := e.Accounts.AddAccount(t.Context(), account); err != nil {
		t.Errorf("with the right secret: %v", err)
	}
}

func TestATrialVaultKeepsWhatItIsGivenForItself(t *testing.T) {
	given := map[string]secret.Text{"a": secret.New("1"), "empty": {}}
	v := providers.NewMemoryVault(given)
	ctx := t.Context()
	if _, err := v.Get(ctx, "empty"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	if err := errors.Join(v.Set(ctx, "b", secret.New("2")), v.Delete(ctx, "a")); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(ctx, "b"); err != nil || got.Reveal() != "2" {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := v.Get(ctx, "a"); !errors.Is(err, providers.ErrNoSecret) || given["a"].Empty() {
		t.Errorf("got %v", err)
	}
	unlock, err := v.Lock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := v.Lock(late); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	unlock()
	unlock()
	again, err := v.Lock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	again()
}
