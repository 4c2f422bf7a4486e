package config

import (
	"maps"
	"slices"
	"strings"

	"cuelight/providers"
)

// Observe sets who is told of each new Config, beginning with the present one:
// in order, one call at a time, with no lock held, and before the method that
// changed the Config returns. The function must not change the configuration.
//
// The other function is told of drafts that another process changed; before is
// what this process knew.
func (s *Store) Observe(config func(before, after Config), draft func(account, channel string, before, after providers.Patch)) {
	s.mu.Lock()
	s.observer, s.onDraft = config, draft
	s.mu.Unlock()
	s.publish()
}

// publish tells the observer of the present Config, or waits until another
// goroutine has.
func (s *Store) publish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.version++
	mine := s.version
	for s.publishing && s.published < mine {
		s.told.Wait()
	}
	if s.published >= mine {
		return
	}
	s.publishing = true
	for s.published < s.version {
		now, before, observer := s.version, s.shown, s.observer
		s.mu.Unlock()
		after := s.Config()
		if observer != nil {
			observer(before, after)
		}
		s.mu.Lock()
		if observer != nil {
			s.shown = after
		}
		s.published = now
		s.told.Broadcast()
	}
	s.publishing = false
	s.told.Broadcast()
}

// tellDrafts tells of the drafts that are not what this process knew.
func (s *Store) tellDrafts(before, after drafts) {
	s.mu.Lock()
	onDraft := s.onDraft
	s.mu.Unlock()
	if onDraft == nil {
		return
	}
	keys := maps.Clone(before)
	maps.Copy(keys, after)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !maps.EqualFunc(before[key], after[key], slices.Equal) {
			account, channel, _ := strings.Cut(key, "\n")
			onDraft(account, channel, before[key].patch(), after[key].patch())
		}
	}
}
