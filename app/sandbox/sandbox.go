// Package sandbox owns the simulated services that Cuelight runs on without an
// account: the platforms, and an OBS. Several processes on the same folder share
// them: the platforms' state is on disk, and the simulated OBS lives in the
// process that came first.
package sandbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
	simulated "cuelight/providers/sandbox"
)

// Items of the sandbox in the vault.
const (
	// seedItem is what the simulated keys and secrets are derived from.
	seedItem = "sandbox/seed"
	// settingsItem are the simulated OBS's stream settings, which hold a key.
	settingsItem = "sandbox/obs"
	// streamingItem is there while a process that has ended has left its simulated
	// stream to the next one. One that was killed leaves none.
	streamingItem = "sandbox/obs-streaming"
)

// Vault keeps the secrets of the sandbox.
type Vault interface {
	Get(ctx context.Context, name string) (secret.Text, error)
	Set(ctx context.Context, name string, value secret.Text) error
	Delete(ctx context.Context, name string) error
	// Account gives the part that one account sees.
	Account(name string) providers.Vault
}

// Locks hold between goroutines and between processes.
type Locks interface {
	// Lock waits for a name until the context ends.
	Lock(ctx context.Context, name string) (unlock func(), err error)
	// Try takes a name if nobody has it, and says whether it did.
	Try(name string) (unlock func(), mine bool, err error)
}

// Addresses choose how the simulated services listen.
type Addresses struct {
	// Listen is the address of the simulated platforms, 127.0.0.1 and a free
	// port when empty.
	Listen string
	// Ingest is an RTMP server to hand out instead of the built-in one.
	Ingest string
}

// Options are what the services are made of; all but Addresses are needed.
type Options struct {
	// Dir is the sandbox's own configuration folder.
	Dir       string
	Addresses Addresses
	Vault     Vault
	Locks     Locks
	// Platforms are those that an account is made ready for.
	Platforms providers.Registry
	// AddAccounts adds accounts where the configuration has none, and gives all
	// that it has then.
	AddAccounts func(ctx context.Context, ready []providers.Account) (present []providers.Account, err error)
	// Now is the clock.
	Now func() time.Time
	Log *slog.Logger
}

// Services are the simulated services of one process. Make them with Start.
type Services struct {
	opt    Options
	server *simulated.Server
	obs    *simulatedOBS
}

// Start starts the simulated platforms, with accounts ready to sign in. The
// simulated OBS starts when it is asked for.
func Start(ctx context.Context, opt Options) (*Services, error) {
	seed, err := seedOf(ctx, opt)
	if err != nil {
		return nil, err
	}
	server, err := simulated.New(simulated.Options{
		Listen: opt.Addresses.Listen, IngestURL: opt.Addresses.Ingest,
		StateDir: filepath.Join(opt.Dir, "services"), Seed: seed, Now: opt.Now, Log: opt.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("start the simulated platforms: %w", err)
	}
	s := &Services{opt: opt, server: server, obs: newSimulatedOBS(opt, server)}
	if err := errors.Join(s.obs.settle(ctx), s.addAccounts(ctx)); err != nil {
		return nil, errors.Join(err, server.Close())
	}
	return s, nil
}

// seedOf gives the sandbox's seed, and makes it the first time. It is as good as
// a secret, so it is kept as one.
func seedOf(ctx context.Context, opt Options) (secret.Text, error) {
	unlock, err := opt.Locks.Lock(ctx, seedItem)
	if err != nil {
		return secret.Text{}, err
	}
	defer unlock()
	seed, err := opt.Vault.Get(ctx, seedItem)
	if err == nil {
		return seed, nil
	}
	if !errors.Is(err, providers.ErrNoSecret) {
		return secret.Text{}, err
	}
	seed = secret.New(rand.Text() + rand.Text())
	return seed, opt.Vault.Set(ctx, seedItem, seed)
}

// readyAccount is an account that is made for the user.
type readyAccount struct {
	account providers.Account
	secrets map[string]secret.Text
}

// addAccounts makes the accounts of the sandbox, ready to sign in, where there
// are none, and gives them the secrets of this sandbox.
func (s *Services) addAccounts(ctx context.Context) error {
	ready := s.readyAccounts()
	accounts := make([]providers.Account, 0, len(ready))
	for _, r := range ready {
		accounts = append(accounts, r.account)
	}
	present, err := s.opt.AddAccounts(ctx, accounts)
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(present))
	for _, account := range present {
		there[account.Name] = true
	}
	for _, r := range ready {
		if !there[r.account.Name] {
			continue // the user has removed it
		}
		for name, value := range r.secrets {
			if err := s.keepSecret(ctx, r.account.Name, name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepSecret stores a secret that is not stored yet: each write costs a round
// to the keyring.
func (s *Services) keepSecret(ctx context.Context, account, name string, value secret.Text) error {
	secrets := s.opt.Vault.Account(account)
	if kept, err := secrets.Get(ctx, name); err == nil && kept.Equal(value) {
		return nil
	}
	return secrets.Set(ctx, name, value)
}

// readyAccounts are one account for each platform known, SOOP's first.
func (s *Services) readyAccounts() []readyAccount {
	client := s.server.Client()
	all := []simulated.Account{
		{
			Platform: "soop", Values: map[string]string{"client_id": client.ID, "redirect_uri": client.RedirectURI},
			Secrets: map[string]secret.Text{providers.SecretClient: client.Secret},
		},
		s.server.Kollus(false), s.server.Tencent(), s.server.CHZZK(),
	}
	var ready []readyAccount
	for _, account := range all {
		if _, err := s.opt.Platforms.Find(account.Platform); err != nil {
			continue
		}
		name := "practice"
		if len(ready) > 0 {
			name += "-" + account.Platform
		}
		ready = append(ready, readyAccount{
			account: providers.Account{Name: name, Platform: account.Platform, Settings: account.Values},
			secrets: account.Secrets,
		})
	}
	return ready
}

// Point sends an account's calls to the simulated platform, wherever it
// listens in this run. Nothing of the sandbox ever calls a real platform.
func (s *Services) Point(account providers.Account) providers.Account {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	return s.server.Point(ctx, account)
}

// OBS gives where the simulated OBS is, and starts it where no process has.
func (s *Services) OBS(ctx context.Context) (obs.Endpoint, error) { return s.obs.endpoint(ctx) }

// EndStream ends a stream of the simulated OBS with the program, where it runs in this
// process: for a window, whose next opening must not find itself on air.
func (s *Services) EndStream() { s.obs.endStream() }

// Close ends the services. A stream of the simulated OBS is not ended by that:
// it goes on in the next process, as one of a real OBS goes on after a command.
func (s *Services) Close() error {
	s.obs.close()
	return s.server.Close()
}
