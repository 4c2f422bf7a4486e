package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/task"
	"cuelight/app/vault"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
	"cuelight/providers/soop"
)

// fileRing is a keyring that processes share: in a file, which only a test may.
type fileRing struct{ path string }

func (r fileRing) with(change func(map[string]string) bool) error {
	lock := flock.New(r.path + ".lock")
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	items := make(map[string]string)
	if data, err := os.ReadFile(r.path); err == nil {
		if err := json.Unmarshal(data, &items); err != nil {
			return err
		}
	}
	if !change(items) {
		return nil
	}
	return storage.WriteJSON(r.path, items, storage.MaxJSON)
}

// Get implements vault.Keyring.
func (r fileRing) Get(service, user string) (value string, err error) {
	found := false
	err = r.with(func(items map[string]string) bool {
		value, found = items[service+"\x00"+user]
		return false
	})
	if err == nil && !found {
		err = vault.ErrNotInKeyring
	}
	return value, err
}

// Set implements vault.Keyring.
func (r fileRing) Set(service, user, value string) error {
	return r.with(func(items map[string]string) bool {
		items[service+"\x00"+user] = value
		return true
	})
}

// Delete implements vault.Keyring.
func (r fileRing) Delete(service, user string) error {
	return r.with(func(items map[string]string) bool {
		delete(items, service+"\x00"+user)
		return true
	})
}

// handEnv holds, in the environment of a child of these tests, what it is to do.
const handEnv = "CUELIGHT_TEST_HAND"

// hand is one command of many at work in the same folder.
type hand struct {
	Dir, Ring, OBS string
	Seed           uint64
}

func (h hand) options() Options {
	return Options{
		Dir: h.Dir, Registry: providers.Registry{soop.New()}, Keyring: fileRing{h.Ring},
		OBSAddress: h.OBS, OBSPassword: secret.New(obsPassword), Log: slog.New(slog.DiscardHandler),
	}
}

// work does a command or two, as a terminal would, until it is done or killed.
func (h hand) work() error {
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	e, err := Open(ctx, h.options())
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(h.Seed, 0))
	fmt.Println("at work")
	for range 1 + r.IntN(2) {
		if err := act(ctx, e, r); err != nil {
			return errors.Join(err, e.Close())
		}
	}
	return e.Close()
}

// act does one thing of those that change what several Cuelights share.
func act(ctx context.Context, e *Engine, r *rand.Rand) error {
	name, err := "", error(nil)
	switch r.IntN(7) {
	case 0, 1:
		name = "set-up"
		_, err = e.Stream.SetUp(ctx, nil)
	case 2:
		name = "reset"
		_, err = e.Stream.ResetKey(ctx, nil)
	case 3:
		name = "restore"
		err = e.Stream.Restore(ctx, false, nil)
	case 4:
		name = "account"
		err = e.Accounts.UseAccount(ctx, []string{"mine", "other"}[r.IntN(2)])
	case 5:
		name = "update"
		limit := 10 * (1 + r.IntN(50))
		err = e.Broadcast.Update(ctx, providers.Patch{ViewerLimit: &limit}, nil)
	case 6:
		name = "apply"
		err = e.Broadcast.Apply(ctx, nil)
		if conflict := new(state.ConflictError); errors.As(err, &conflict) || reasonOf(err) == "update.nothing" {
			return nil // somebody else has sent the same field, or all of it
		}
	}
	for _, fine := range []error{
		destination.ErrNoBackup, // nothing was there to put back
		destination.ErrChangedSince,
		obs.ErrChanged, // a profile was chosen while another was put back
		obs.ErrTorn,    // or in the very moment of a write, which is told
		task.ErrBusy,
	} {
		if errors.Is(err, fine) {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// beHand is what a child does.
func beHand(told string) int {
	var h hand
	err := json.Unmarshal([]byte(told), &h)
	if err == nil {
		err = h.work()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// handsRing is where the hands' keyring lies: not in Cuelight's folder, which is
// searched for secrets.
func handsRing(dir string) string { return filepath.Join(dir, "keyring.json") }
