package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"cuelight/app/storage"
	"cuelight/app/vault"
	"cuelight/obs"
)

// A real OBS that the sandbox pointed at its simulated platform is put back as
// it was when the sandbox's window closes. Where that did not happen, because
// of a crash or because a command pointed it there, the mark left behind lets
// the next start do it, inside the sandbox or outside.

// leftoverPatience bounds putting OBS back at the end of the sandbox.
const leftoverPatience = 10 * time.Second

// leftover is the mark: a real OBS holds the sandbox's settings.
type leftover struct {
	Address string `json:"address"`
}

// sandboxDir is the sandbox's folder, seen from inside and outside of it.
func (e *Engine) sandboxDir() string {
	if e.opt.Sandbox {
		return e.dir
	}
	return filepath.Join(e.dir, "sandbox")
}

func (e *Engine) leftoverFile() string { return filepath.Join(e.sandboxDir(), "real-obs.json") }

// markReal notes that the sandbox is about to change a real OBS.
func (e *Engine) markReal() error {
	s := e.State().OBS
	if e.sandbox == nil || s.Practice {
		return nil
	}
	return storage.WriteJSON(e.leftoverFile(), leftover{Address: s.Address})
}

func (e *Engine) unmarkReal() {
	if e.sandbox != nil {
		_ = os.Remove(e.leftoverFile())
	}
}

// marked gives the OBS that the sandbox has changed and not put back.
func (e *Engine) marked() (leftover, bool) {
	var left leftover
	data, err := os.ReadFile(e.leftoverFile())
	return left, err == nil && json.Unmarshal(data, &left) == nil
}

// putBackLeftover puts an OBS back that an earlier sandbox left pointing at
// itself. Settings that somebody has changed since are theirs and stay.
func (e *Engine) putBackLeftover(ctx context.Context, client *obs.Client, address string) {
	left, ok := e.marked()
	if !ok || left.Address != address {
		return
	}
	kept := e.vault
	if !e.opt.Sandbox {
		kept = vault.New(vault.Options{Keyring: e.opt.Keyring, Service: keyringService(e.sandboxDir(), true)})
	}
	err := putBack(ctx, client, kept)
	switch {
	case err == nil, errors.Is(err, errChangedSince), errors.Is(err, ErrNothingKept):
		_ = os.Remove(e.leftoverFile())
		_ = kept.Delete(ctx, keptItem)
	}
	if err != nil {
		e.log.Warn("put OBS back after the sandbox", "err", err)
		return
	}
	e.notice("sandbox_put_back", address, nil)
}

var errChangedSince = errors.New("OBS was set to something else meanwhile")

func putBack(ctx context.Context, client *obs.Client, v *vault.Vault) error {
	kept, err := loadKept(ctx, v)
	if err != nil {
		return err
	}
	if kept.earlier.Empty() {
		return ErrNothingKept
	}
	present, err := client.Service(ctx)
	if err != nil {
		return err
	}
	if !kept.wrote(present) {
		return errChangedSince
	}
	earlier, err := obs.OpenService(kept.earlier)
	if err != nil {
		return err
	}
	// A rehearsal still going on goes nowhere once the sandbox has ended.
	if status, err := client.StreamStatus(ctx); err == nil && status.Active {
		if err := client.StopStream(ctx); err != nil && !errors.Is(err, obs.ErrNotStreaming) {
			return err
		}
	}
	return client.RestoreService(ctx, earlier)
}

// leaveReal puts a real OBS back when the sandbox's window has closed.
func (e *Engine) leaveReal() {
	if e.sandbox == nil || !e.interactive.Load() {
		return
	}
	left, ok := e.marked()
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), leftoverPatience)
	defer cancel()
	place, err := e.obs.Find(ctx)
	if err != nil || place.Simulated || place.Endpoint.Address() != left.Address {
		return
	}
	client, err := obs.Dial(ctx, place.Endpoint)
	if err != nil {
		return // the next start finds the mark
	}
	defer client.Close()
	e.putBackLeftover(ctx, client, left.Address)
}
