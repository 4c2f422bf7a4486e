package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/keyringtest"
	"cuelight/internal/secret"
	"cuelight/obs/obssim"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/soop"
)

const obsPassword = "obs-pass-Zq81"

// studio is everything around an Engine: a simulated platform, a simulated OBS,
// a keyring and a log, all of its own.
type studio struct {
	t        testing.TB
	dir      string
	ring     *keyringtest.Ring
	log      *logged
	clock    *clock
	platform *sandbox.Server
	obs      *obssim.OBS
	client   sandbox.Client
	redirect string
	// takesAnyKey: the ingest lets any stream in and the platform hears of none.
	takesAnyKey atomic.Bool
	// ended, where set, looks for what is still running when all has ended.
	ended func()
}

// newStudio starts one. When the test is over nothing of it may be running,
// and nothing secret may lie in its files or its log.
func newStudio(t testing.TB) *studio {
	t.Helper()
	running := goleak.IgnoreCurrent()
	s := newSharedStudio(t)
	s.ended = func() { goleak.VerifyNone(t, running) }
	return s
}

// newSharedStudio is one beside others at the same time: whose goroutines are
// left over cannot be told then.
func newSharedStudio(t testing.TB) *studio {
	t.Helper()
	s := &studio{
		t: t, dir: t.TempDir(), ring: newRing(), log: &logged{}, clock: &clock{now: noon},
		redirect: "http://127.0.0.1:" + freePort(t) + "/callback",
	}
	s.client = sandbox.Client{ID: "tests", Secret: secret.New("client-secret-of-tests"), RedirectURI: s.redirect}
	platform, err := sandbox.New(sandbox.Options{
		Seed: secret.New("a seed for tests"), Now: s.clock.Now, Clients: []sandbox.Client{s.client},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.platform = platform
	s.obs, err = obssim.New(obssim.Options{
		Password: secret.New(obsPassword),
		OnStream: func(_ string, key secret.Text, on bool) error {
			if s.takesAnyKey.Load() {
				return nil
			}
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			return platform.SetOnAir(ctx, key, on)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		secrets := []string{obsPassword}
		for _, person := range platform.People() {
			if key, err := platform.Key(context.Background(), person.ID); err == nil {
				secrets = append(secrets, key.Reveal())
			}
		}
		s.obs.Close()
		if err := platform.Close(); err != nil {
			t.Error(err)
		}
		if s.ended != nil {
			s.ended()
		}
		s.nothingSecret(secrets)
	})
	return s
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// nothingSecret looks for those secrets, and what the keyring holds, in files
// and log.
func (s *studio) nothingSecret(secrets []string) {
	s.t.Helper()
	for _, value := range s.ring.Values() {
		for _, word := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(":\"{},\n ", r) }) {
			if len(word) >= 12 && !strings.Contains(word, "_token") && !strings.HasPrefix(word, "20") {
				secrets = append(secrets, word)
			}
		}
	}
	texts := map[string]string{"the log": s.log.String()}
	err := filepath.WalkDir(s.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		texts[path] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.t.Error(err)
	}
	for where, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				s.t.Errorf("a secret that begins with %.4s stands in %s", secret, where)
			}
		}
	}
}

// options are those of a process in this studio.
func (s *studio) options() Options {
	return Options{
		Dir: s.dir, Registry: providers.Registry{soop.New()}, Keyring: s.ring,
		OBSAddress: s.obs.Addr().String(), OBSPassword: secret.New(obsPassword),
		Places: emptyMachine(s.t),
		Log:    slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:    s.clock.Now,
	}
}

// open starts one more process, so to speak, and ends it with the test.
func (s *studio) open(change ...func(*Options)) *Engine {
	s.t.Helper()
	o := s.options()
	for _, c := range change {
		c(&o)
	}
	e, err := Open(s.t.Context(), o)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		state := fmt.Sprintf("%+v %#v", e.State(), e.State())
		for _, secret := range append(s.ring.Values(), obsPassword) {
			if len(secret) > 12 && strings.Contains(state, strings.TrimPrefix(secret, "whole:")) {
				s.t.Error("the State, printed, holds a secret")
			}
		}
		if err := e.Close(); err != nil {
			s.t.Error(err)
		}
	})
	return e
}

// add adds an account of the simulated platform.
func (s *studio) add(e *Engine, name string) {
	s.t.Helper()
	client := s.client
	_, err := e.Accounts.AddAccount(s.t.Context(), NewAccount{
		Name: name, Platform: "soop",
		Values: map[string]string{
			"client_id": client.ID, "redirect_uri": client.RedirectURI, "base_url": s.platform.URL() + "/soop",
		},
		Secrets: map[string]secret.Text{providers.SecretClient: client.Secret},
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// signedIn opens an Engine with one account that is signed in.
func (s *studio) signedIn(change ...func(*Options)) *Engine {
	s.t.Helper()
	e := s.open(change...)
	s.add(e, "mine")
	if _, err := e.Accounts.SignIn(s.t.Context(), SignIn{Number: "111111"}); err != nil {
		s.t.Fatal(err)
	}
	return e
}

func (s *studio) spoil(f sandbox.Fault) {
	s.t.Helper()
	if err := s.platform.Faults().Add(f); err != nil {
		s.t.Fatal(err)
	}
}

// key is the present stream key of a simulated streamer.
func (s *studio) key(user string) string {
	s.t.Helper()
	key, err := s.platform.Key(s.t.Context(), user)
	if err != nil {
		s.t.Fatal(err)
	}
	return key.Reveal()
}

// held gives what OBS is set to.
func (s *studio) held() (server, key string) {
	_, settings := s.obs.Service()
	server, _ = settings["server"].(string)
	key, _ = settings["key"].(string)
	return server, key
}
