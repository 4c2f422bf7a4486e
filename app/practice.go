package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/practice"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

// practiceServices are the simulated services of the sandbox: the platforms,
// and a practice OBS. Several processes in the same sandbox share them: the
// platforms' state is on disk, and the practice OBS lives in the process that
// came first.
type practiceServices struct {
	engine *Engine
	server *sandbox.Server
	obs    *practiceOBS
}

// Items of the sandbox in the keyring.
const (
	seedItem       = "sandbox/seed"
	practiceItem   = "sandbox/obs"
	practiceOnItem = "sandbox/obs-streaming"
)

// Sandbox chooses how the simulated services listen.
type Sandbox struct {
	// Listen is the address of the simulated platforms, 127.0.0.1 and a free
	// port when empty.
	Listen string
	// Ingest is an RTMP server to hand out instead of the built-in one.
	Ingest string
}

func (e *Engine) startPractice(ctx context.Context) (*practiceServices, error) {
	seed, err := e.practiceSeed(ctx)
	if err != nil {
		return nil, err
	}
	server, err := sandbox.New(sandbox.Options{
		Listen: e.opt.Practice.Listen, IngestURL: e.opt.Practice.Ingest,
		StateDir: filepath.Join(e.dir, "services"), Seed: seed, Now: e.opt.Now, Log: e.log,
	})
	if err != nil {
		return nil, fmt.Errorf("start the practice services: %w", err)
	}
	p := &practiceServices{engine: e, server: server}
	p.obs = &practiceOBS{services: p}
	if err := p.addAccounts(ctx); err != nil {
		return nil, errors.Join(err, server.Close())
	}
	return p, nil
}

// practiceSeed is what the simulated keys and secrets are derived from. It is
// as good as a secret, so it is kept as one.
func (e *Engine) practiceSeed(ctx context.Context) (secret.Text, error) {
	unlock, err := e.locks.Lock(ctx, seedItem)
	if err != nil {
		return secret.Text{}, err
	}
	defer unlock()
	seed, err := e.vault.Get(ctx, seedItem)
	if err == nil {
		return seed, nil
	}
	if !errors.Is(err, providers.ErrNoSecret) {
		return secret.Text{}, err
	}
	seed = secret.New(rand.Text() + rand.Text())
	return seed, e.vault.Set(ctx, seedItem, seed)
}

// addAccounts makes the accounts of the sandbox, ready to sign in, where there
// are none, and gives them the secrets of this sandbox.
func (p *practiceServices) addAccounts(ctx context.Context) error {
	ready := p.practiceAccounts()
	err := p.engine.config.Update(ctx, func(c *Config) error {
		if len(c.Accounts) > 0 {
			return nil
		}
		for _, r := range ready {
			c.Accounts = append(c.Accounts, r.account)
		}
		if len(ready) > 0 {
			c.Current = ready[0].account.Name
		}
		return nil
	})
	if err != nil {
		return err
	}
	known := p.engine.Config()
	for _, r := range ready {
		if _, kept := known.Account(r.account.Name); !kept {
			continue
		}
		for name, value := range r.secrets {
			if err := p.keepSecret(ctx, r.account.Name, name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepSecret stores a secret that is not stored yet: each write costs a round
// to the keyring.
func (p *practiceServices) keepSecret(ctx context.Context, account, name string, value secret.Text) error {
	secrets := p.engine.vault.Account(account)
	if kept, err := secrets.Get(ctx, name); err == nil && kept.Equal(value) {
		return nil
	}
	return secrets.Set(ctx, name, value)
}

// readyAccount is an account of the sandbox.
type readyAccount struct {
	account providers.Account
	secrets map[string]secret.Text
}

// practiceAccounts are one account for each platform known, SOOP's first.
func (p *practiceServices) practiceAccounts() []readyAccount {
	client := p.server.Client()
	all := []sandbox.Account{
		{
			Platform: "soop", Values: map[string]string{"client_id": client.ID, "redirect_uri": client.RedirectURI},
			Secrets: map[string]secret.Text{providers.SecretClient: client.Secret},
		},
		p.server.Kollus(false), p.server.Tencent(),
	}
	var ready []readyAccount
	for _, practice := range all {
		if _, err := p.engine.opt.Registry.Find(practice.Platform); err != nil {
			continue
		}
		name := "practice"
		if len(ready) > 0 {
			name += "-" + practice.Platform
		}
		ready = append(ready, readyAccount{
			account: providers.Account{Name: name, Platform: practice.Platform, Settings: practice.Values},
			secrets: practice.Secrets,
		})
	}
	return ready
}

// point sends an account's calls to the simulated platform, wherever it
// listens in this run. Nothing of the sandbox ever calls a real platform.
func (p *practiceServices) point(account providers.Account) providers.Account {
	ctx, cancel := context.WithTimeout(context.Background(), practicePatience)
	defer cancel()
	return p.server.Point(ctx, account)
}

func (p *practiceServices) close() error {
	return errors.Join(p.obs.close(), p.server.Close())
}

// practiceOBS is the sandbox's OBS: our own where we are the first process,
// else that of the process that was.
type practiceOBS struct {
	services *practiceServices

	mu     sync.Mutex // one start at a time
	own    *practice.OBS
	unlock func()

	closing atomic.Bool
}

// endpoint gives where the practice OBS is, and starts it where nobody has.
func (o *practiceOBS) endpoint(ctx context.Context) (obs.Endpoint, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.own != nil {
		return o.own.Endpoint(), nil
	}
	e := o.services.engine
	file := filepath.Join(e.dir, "practice-obs.json")
	unlock, mine, err := e.locks.Try("practice-obs")
	if err != nil {
		return obs.Endpoint{}, err
	}
	if !mine {
		return readPracticeAddress(ctx, file)
	}
	own, err := practice.New(practice.Options{OnStream: o.onStream, Memory: practiceMemory{e}})
	if err != nil {
		unlock()
		return obs.Endpoint{}, err
	}
	o.own, o.unlock = own, unlock
	if err := storage.WriteJSON(file, practiceAddress{Address: own.Addr().String()}); err != nil {
		return obs.Endpoint{}, err
	}
	return own.Endpoint(), o.resume(ctx)
}

type practiceAddress struct {
	Address string `json:"address"`
}

// readPracticeAddress waits for the process that holds the practice OBS to say
// where it is; it may just be starting.
func readPracticeAddress(ctx context.Context, file string) (obs.Endpoint, error) {
	for {
		var at practiceAddress
		data, err := os.ReadFile(file)
		if err == nil && json.Unmarshal(data, &at) == nil && at.Address != "" {
			return obs.ParseEndpoint(at.Address)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return obs.Endpoint{}, fmt.Errorf("find the practice OBS: %w", err)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return obs.Endpoint{}, fmt.Errorf("find the practice OBS: %w", ctx.Err())
		}
	}
}

// resume lets the practice OBS go on streaming where a command before this one
// left it so: a real OBS does not stop either when a command ends.
func (o *practiceOBS) resume(ctx context.Context) error {
	on, err := o.services.engine.vault.Get(ctx, practiceOnItem)
	if err != nil || on.Empty() {
		return nil
	}
	client, err := obs.Dial(ctx, o.own.Endpoint())
	if err != nil {
		return fmt.Errorf("go on with the practice stream: %w", err)
	}
	defer client.Close()
	if err := client.StartStream(ctx); err != nil {
		o.services.engine.log.Warn("practice stream does not go on", "err", err)
		return o.services.engine.vault.Delete(ctx, practiceOnItem)
	}
	return nil
}

// practicePatience bounds what the practice OBS asks of the sandbox.
const practicePatience = 5 * time.Second

// onStream plays the ingest: the simulated platform takes the stream if it was
// sent there with a key that it knows.
func (o *practiceOBS) onStream(server string, key secret.Text, on bool) error {
	if o.closing.Load() && !on {
		return nil // the program ends, not the stream
	}
	ctx, cancel := context.WithTimeout(context.Background(), practicePatience)
	defer cancel()
	e := o.services.engine
	if want := o.services.server.IngestURL(ctx); on && !sameServer(server, want) {
		return fmt.Errorf("the practice OBS can only send to %s", want)
	}
	if err := o.services.server.SetOnAir(ctx, key, on); err != nil {
		return err
	}
	if !on {
		return e.vault.Delete(ctx, practiceOnItem)
	}
	return e.vault.Set(ctx, practiceOnItem, secret.New("on"))
}

func sameServer(a, b string) bool { return strings.TrimRight(a, "/") == strings.TrimRight(b, "/") }

func (o *practiceOBS) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.own == nil {
		return nil
	}
	o.closing.Store(true)
	o.own.Close()
	o.unlock()
	return nil
}

// practiceMemory keeps the practice OBS's settings, which hold a stream key.
type practiceMemory struct{ engine *Engine }

// Load implements practice.Memory.
func (m practiceMemory) Load() (secret.Text, error) {
	ctx, cancel := context.WithTimeout(context.Background(), practicePatience)
	defer cancel()
	kept, err := m.engine.vault.Get(ctx, practiceItem)
	if errors.Is(err, providers.ErrNoSecret) {
		return secret.Text{}, nil
	}
	return kept, err
}

// Save implements practice.Memory.
func (m practiceMemory) Save(settings secret.Text) error {
	ctx, cancel := context.WithTimeout(context.Background(), practicePatience)
	defer cancel()
	return m.engine.vault.Set(ctx, practiceItem, settings)
}
