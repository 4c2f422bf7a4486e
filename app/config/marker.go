package config

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"cuelight/app/storage"
)

// markerName is the change marker: a file in the configuration folder that a
// Cuelight writes anew when it has changed what others of the same user show, a
// sign-in in the terminal, an account taken into use, new settings sent. It
// holds who wrote it and something that is never the same twice.
const markerName = "changed"

// NotifyPeers lets the other Cuelights of this user know that something
// changed.
func (s *Store) NotifyPeers() {
	text := s.instanceID + " " + rand.Text() // never the same twice, whatever the clock does
	err := storage.WriteFile(filepath.Join(s.opt.Dir, markerName), []byte(text))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // without a folder there is nobody to tell
		s.opt.Log.Warn("notify the other Cuelights", "err", err)
	}
}

func (s *Store) marker() string {
	text, _ := storage.ReadFile(filepath.Join(s.opt.Dir, markerName)) // none: nobody has changed anything
	return string(text)
}

// WatchPeers looks for changes of other Cuelights until ctx ends. While busy
// reports true they are left for later; then what they wrote is taken over and
// changed is called.
func (s *Store) WatchPeers(ctx context.Context, every time.Duration, busy func() bool, changed func()) {
	s.mu.Lock()
	seen := s.lastSeen
	s.mu.Unlock()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := s.marker()
		if now == seen || busy() {
			continue
		}
		seen = now
		s.mu.Lock()
		s.lastSeen = now
		s.mu.Unlock()
		if strings.HasPrefix(now, s.instanceID+" ") {
			continue
		}
		s.opt.Log.Info("another Cuelight has changed something")
		if err := s.Reload(ctx); err != nil {
			s.opt.Log.Warn("read what another Cuelight changed", "err", err)
		}
		changed()
	}
}
