package obshosts_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cuelight/app/config"
	"cuelight/app/obshosts"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// world is Hosts over a configuration and a keyring in memory.
type world struct {
	*obshosts.Hosts
	config    config.Config
	passwords map[string]string
	// refuse is the password that an OBS does not take.
	refuse string
}

func newWorld() *world {
	w := &world{passwords: make(map[string]string), refuse: "wrong"}
	w.Hosts = obshosts.New(obshosts.Options{
		Config: func() config.Config { return w.config },
		Update: func(_ context.Context, change func(*config.Config) error) error {
			next := w.config
			next.OBSHosts = append([]config.OBSHost{}, w.config.OBSHosts...)
			if err := change(&next); err != nil {
				return err
			}
			w.config = next
			return nil
		},
		KeepPassword: func(_ context.Context, at obs.Endpoint, password secret.Text) error {
			if password.Reveal() == w.refuse {
				return &obs.Error{Kind: obs.ErrPassword, Op: "connect"}
			}
			w.passwords[at.Address()] = password.Reveal()
			return nil
		},
		ForgetPassword: func(_ context.Context, at obs.Endpoint) error {
			delete(w.passwords, at.Address())
			return nil
		},
	})
	return w
}

func (w *world) add(t *testing.T, name, address, password string) {
	t.Helper()
	if _, err := w.Add(t.Context(), name, address, secret.New(password)); err != nil {
		t.Fatal(err)
	}
}

func TestSeveralOBSesAreRememberedEachWithItsPassword(t *testing.T) {
	w := newWorld()
	w.add(t, "방송용 PC", "192.168.0.5", "one")
	w.add(t, "노트북", "laptop.local:4456", "two")
	want := []config.OBSHost{{Name: "방송용 PC", Address: "192.168.0.5:4455"}, {Name: "노트북", Address: "laptop.local:4456"}}
	if fmt.Sprint(w.config.OBSHosts) != fmt.Sprint(want) {
		t.Fatalf("remembered %v", w.config.OBSHosts)
	}
	if w.passwords["192.168.0.5:4455"] != "one" || w.passwords["laptop.local:4456"] != "two" {
		t.Errorf("kept the passwords %v", w.passwords)
	}
	if used, err := w.Use(t.Context(), "노트북"); err != nil || w.config.OBS.Address != used.Address || used.Address != "laptop.local:4456" {
		t.Errorf("uses %q: %v, %v", w.config.OBS.Address, used, err)
	}
	if err := w.Remove(t.Context(), "노트북"); err != nil || w.config.OBS.Address != "" || len(w.config.OBSHosts) != 1 {
		t.Errorf("after the removal: %+v, %v", w.config, err)
	}
	if _, kept := w.passwords["laptop.local:4456"]; kept {
		t.Error("its password is still there")
	}
}

func TestAnOBSIsRememberedOnce(t *testing.T) {
	w := newWorld()
	w.add(t, "PC", "192.168.0.5", "")
	if _, err := w.Use(t.Context(), "PC"); err != nil {
		t.Fatal(err)
	}
	w.add(t, "방송", "192.168.0.5:4455", "") // another name for it
	w.add(t, "\u1107\u1161\u11bc\u1109\u1169\u11bc", "192.168.0.6", "")
	if len(w.config.OBSHosts) != 1 || w.config.OBSHosts[0].Address != "192.168.0.6:4455" {
		t.Errorf("remembered %v", w.config.OBSHosts)
	}
	if w.config.OBS.Address != "192.168.0.6:4455" {
		t.Errorf("the OBS in use has moved, and %q is still used", w.config.OBS.Address)
	}
}

func TestWhatIsNoOBSIsNotRemembered(t *testing.T) {
	w := newWorld()
	for _, one := range []struct{ name, address, password string }{
		{"", "192.168.0.5", ""},
		{"\u200b", "192.168.0.5", ""},
		{"a\x1bb", "192.168.0.5", ""},
		{strings.Repeat("x", obshosts.MaxName+1), "192.168.0.5", ""},
		{"x", "192.168.0.5:99999", ""},
		{"x", "a b", ""},
		{"x", "", ""},
		{"x", "192.168.0.5", "wrong"},
	} {
		if _, err := w.Add(t.Context(), one.name, one.address, secret.New(one.password)); err == nil {
			t.Errorf("%+v was taken", one)
		}
	}
	if len(w.config.OBSHosts) != 0 || len(w.passwords) != 0 {
		t.Errorf("kept %v, %v", w.config.OBSHosts, w.passwords)
	}
	if _, err := w.Use(t.Context(), "x"); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("using an unknown one: %v", err)
	}
	if err := w.Remove(t.Context(), "x"); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("removing an unknown one: %v", err)
	}
	for i := range obshosts.MaxHosts {
		w.add(t, fmt.Sprint(i), fmt.Sprintf("10.0.0.%d", i), "")
	}
	if _, err := w.Add(t.Context(), "more", "10.0.1.1", secret.Text{}); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("one too many: %v", err)
	}
}

func TestOnlyThisMachineCannotBeListenedTo(t *testing.T) {
	for address, safe := range map[string]bool{"": true, "localhost:4455": true, "127.0.0.1:4455": true, "192.168.0.5:4455": false, "laptop.local:4455": false} {
		if obshosts.Encrypted(address) != safe {
			t.Errorf("%q is safe: %v", address, !safe)
		}
	}
}
