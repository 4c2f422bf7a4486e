package obssim

import (
	"encoding/json"
	"fmt"
	"maps"

	"cuelight/internal/secret"
)

// service is where it would stream to.
type service struct {
	Type     string         `json:"type"`
	Settings map[string]any `json:"settings"`
}

func (s service) text(name string) string {
	text, _ := s.Settings[name].(string)
	return text
}

// loadService loads the service of an earlier run into the first profile.
func (s *studio) loadService() error {
	if s.obs.options.Memory == nil {
		return nil
	}
	saved, err := s.obs.options.Memory.Load()
	if err != nil {
		return fmt.Errorf("simulated OBS: load its settings: %w", err)
	}
	if saved.Empty() {
		return nil
	}
	var held service
	if json.Unmarshal([]byte(saved.Reveal()), &held) == nil && held.Type != "" && held.Settings != nil {
		s.service, s.current().service = held, held
	}
	return nil
}

// saveService saves the service for a later run. Failing to is no reason to refuse a
// request: nothing real depends on it.
func (s *studio) saveService(held service) {
	if s.obs.options.Memory == nil {
		return
	}
	if raw, err := json.Marshal(held); err == nil {
		_ = s.obs.options.Memory.Save(secret.New(string(raw)))
	}
}

func (s *studio) getService(json.RawMessage) result {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := s.service
	return success(map[string]any{
		"streamServiceType":     held.Type,
		"streamServiceSettings": maps.Clone(held.Settings),
	})
}

// setService merges while the type stays the same, replaces when it changes,
// and refuses while an output runs; while one is connecting it does not.
func (s *studio) setService(raw json.RawMessage) result {
	d, ok := arguments[struct {
		Type     string         `json:"streamServiceType"`
		Settings map[string]any `json:"streamServiceSettings"`
	}](raw)
	if !ok || d.Type == "" || d.Settings == nil {
		return refuse(codeMissingField, "Your request is missing a field.")
	}
	if len(d.Settings) == 0 {
		return refuse(codeFieldEmpty, "The field value of `streamServiceSettings` must not be empty.")
	}
	s.mu.Lock()
	if s.obs.output.refusesSettings() {
		s.mu.Unlock()
		return refuse(codeRunning, "You cannot change stream service settings while streaming.")
	}
	if s.obs.faults.current().IgnoreWrites {
		s.mu.Unlock()
		return success(nil)
	}
	held := s.service
	settings := map[string]any{}
	if d.Type == held.Type {
		maps.Copy(settings, held.Settings)
	}
	maps.Copy(settings, d.Settings)
	held = service{Type: d.Type, Settings: settings}
	s.service, s.current().service = held, held
	keep := s.profile == firstProfile
	saved := service{Type: d.Type, Settings: maps.Clone(settings)}
	s.mu.Unlock()
	if keep {
		s.saveService(saved)
	}
	return success(nil)
}

// ChangeService is the user changing the stream settings of the profile in use
// in OBS itself: no event tells of it.
func (o *OBS) ChangeService(typ string, settings map[string]any) {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	changed := service{Type: typ, Settings: maps.Clone(settings)}
	o.studio.service, o.studio.current().service = changed, changed
}

// Service gives what the profile in use holds, key included: for tests.
func (o *OBS) Service() (typ string, settings map[string]any) {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	held := o.studio.service
	return held.Type, maps.Clone(held.Settings)
}
