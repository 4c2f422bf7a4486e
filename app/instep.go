package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cuelight/app/state"
)

const (
	// tidingsName is the file, in the configuration folder, that a Cuelight
	// writes anew when it has changed what others of the same user show: a
	// sign-in in the terminal, an account taken into use, new settings sent.
	tidingsName = "changed"
	// changesEvery is how often a window looks for tidings.
	changesEvery = time.Second
)

// tellOthers lets the others know that something changed.
func (e *Engine) tellOthers() {
	text := e.instanceID + " " + rand.Text() // never the same twice, whatever the clock does
	err := os.WriteFile(filepath.Join(e.dir, tidingsName), []byte(text), 0o600)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // without a folder there is nobody to tell
		e.log.Warn("tell the other Cuelights", "err", err)
	}
}

func (e *Engine) tidings() string {
	text, _ := os.ReadFile(filepath.Join(e.dir, tidingsName))
	return string(text)
}

// keepInStep follows what other Cuelights of the same user change, but not in
// the middle of a task of its own.
func (e *Engine) keepInStep(ctx context.Context) {
	seen := e.lastSeen
	tick := time.NewTicker(e.refresh.intervals.changes)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := e.tidings()
		if now == seen || e.tasks.busy() {
			continue
		}
		seen = now
		if !strings.HasPrefix(now, e.instanceID+" ") {
			e.follow()
		}
	}
}

// follow takes over what another Cuelight changed: the configuration at once,
// the rest with a new question to the platform.
func (e *Engine) follow() {
	e.log.Info("another Cuelight has changed something")
	before := e.Config()
	if config, err := e.store.read(); err == nil { // a broken file is for the next update to deal with
		was, _ := before.Account(before.Current)
		is, _ := config.Account(before.Current)
		if was.Channel != is.Channel {
			e.emit(state.ChannelChanged{})
		}
		e.adopt(config)
		e.sessions.ForgetIngest(e.Config().Current)
	}
	e.refresh.identityStale.Store(true)
	e.refresh.soon()
}

// changeConfig changes the configuration for this Cuelight and all others.
func (e *Engine) changeConfig(ctx context.Context, change func(*Config) error) error {
	config, err := e.store.update(ctx, change)
	if err != nil {
		return err
	}
	e.adopt(config)
	e.tellOthers()
	return nil
}

// pin keeps an account in use for this run, whatever the configuration says;
// an empty name goes by the configuration again.
func (e *Engine) pin(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.accountOverride = name
}
