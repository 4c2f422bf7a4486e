package sandbox

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/app/storage"
	"cuelight/obs"
	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/providers/soop"
)

// memoryVault is a Vault in memory that several runs share.
type memoryVault struct {
	providers.MemoryVault
	accounts map[string]*providers.MemoryVault
}

func newVault() *memoryVault { return &memoryVault{accounts: make(map[string]*providers.MemoryVault)} }

func (v *memoryVault) Account(name string) providers.Vault {
	if v.accounts[name] == nil {
		v.accounts[name] = &providers.MemoryVault{}
	}
	return v.accounts[name]
}

// rig is a folder and a vault that runs share.
type rig struct {
	dir     string
	vault   *memoryVault
	present []providers.Account
	ended   map[*Services]bool
}

func newRig(t *testing.T) *rig {
	return &rig{dir: t.TempDir(), vault: newVault(), ended: make(map[*Services]bool)}
}

// start begins a run; it is ended with the test, too.
func (r *rig) start(t *testing.T) *Services {
	t.Helper()
	s, err := Start(t.Context(), Options{
		Dir: r.dir, Vault: r.vault, Locks: storage.NewLocks(filepath.Join(r.dir, "locks")),
		Platforms: providers.Registry{soop.New(), kollus.New()},
		AddAccounts: func(_ context.Context, ready []providers.Account) ([]providers.Account, error) {
			if len(r.present) == 0 {
				r.present = ready
			}
			return r.present, nil
		},
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.stop(t, s) })
	return s
}

func (r *rig) stop(t *testing.T, s *Services) {
	t.Helper()
	if r.ended[s] {
		return
	}
	r.ended[s] = true
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func endpoint(t *testing.T, s *Services) obs.Endpoint {
	t.Helper()
	at, err := s.OBS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func dial(t *testing.T, at obs.Endpoint) *obs.Client {
	t.Helper()
	client, err := obs.Dial(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func TestAccountsAreReadyToSignIn(t *testing.T) {
	r := newRig(t)
	s := r.start(t)
	if len(r.present) != 2 || r.present[0].Platform != "soop" || r.present[1].Platform != "kollus" {
		t.Fatalf("made ready: %+v", r.present)
	}
	kept, err := r.vault.Account(r.present[0].Name).Get(t.Context(), providers.SecretClient)
	if err != nil || !kept.Equal(s.server.Client().Secret) {
		t.Errorf("the client secret is %v, %v", kept, err)
	}
	if pointed := s.Point(r.present[0]); pointed.Settings["base_url"] == "" {
		t.Errorf("calls go to %v", pointed.Settings)
	}
}

func TestARemovedAccountGetsNoSecrets(t *testing.T) {
	r := newRig(t)
	r.present = []providers.Account{{Name: "mine", Platform: "soop"}}
	r.start(t)
	if len(r.vault.accounts) != 0 {
		t.Errorf("secrets were kept for %v", r.vault.accounts)
	}
}

func TestSecretsAreTheSameInEveryRun(t *testing.T) {
	r := newRig(t)
	first := r.start(t)
	before := first.Info(t.Context())
	r.stop(t, first)
	after := r.start(t).Info(t.Context())
	if !before.ClientSecret.Equal(after.ClientSecret) || before.ClientSecret.Empty() || len(after.Streamers) == 0 || len(after.Others) != 4 {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

func TestProcessesShareOneOBS(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	r := newRig(t)
	first, second := r.start(t), r.start(t)
	at := endpoint(t, first)
	if again := endpoint(t, first); again != at {
		t.Errorf("a second one of the same process at %v", again)
	}
	if other := endpoint(t, second); other.Address() != at.Address() {
		t.Errorf("at %v and %v", at, other)
	}
	r.stop(t, first)
	if _, err := first.OBS(t.Context()); !errors.Is(err, obs.ErrClosed) {
		t.Errorf("after its end: %v", err)
	}
	dial(t, endpoint(t, second)).Close() // it has one of its own now
	r.stop(t, second)
}

func TestWaitingForAnotherProcessEndsWithTheContext(t *testing.T) {
	r := newRig(t)
	s := r.start(t)
	unlock, mine, err := storage.NewLocks(filepath.Join(r.dir, "locks")).Try(lockName) // one that never says where it is
	if err != nil || !mine {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	ended := make(chan error, 2)
	for range 2 { // one looks, the other waits for it
		go func() {
			_, err := s.OBS(ctx)
			ended <- err
		}()
	}
	for range 2 {
		if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	}
}
