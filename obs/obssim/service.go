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
func (o *OBS) loadService() error {
	if o.options.Memory == nil {
		return nil
	}
	saved, err := o.options.Memory.Load()
	if err != nil {
		return fmt.Errorf("simulated OBS: load its settings: %w", err)
	}
	if saved.Empty() {
		return nil
	}
	var s service
	if json.Unmarshal([]byte(saved.Reveal()), &s) == nil && s.Type != "" && s.Settings != nil {
		o.state.service, o.state.current().service = s, s
	}
	return nil
}

// saveService saves the service for a later run. Failing to is no reason to refuse a
// request: nothing real depends on it.
func (o *OBS) saveService(s service) {
	if o.options.Memory == nil {
		return
	}
	if raw, err := json.Marshal(s); err == nil {
		_ = o.options.Memory.Save(secret.New(string(raw)))
	}
}

func (o *OBS) getService(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	held := o.state.service
	return success(map[string]any{
		"streamServiceType":     held.Type,
		"streamServiceSettings": maps.Clone(held.Settings),
	})
}

// setService merges while the type stays the same, replaces when it changes,
// and refuses while an output runs; while one is connecting it does not.
func (o *OBS) setService(raw json.RawMessage) result {
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
	o.mu.Lock()
	if o.refusesSettings() {
		o.mu.Unlock()
		return refuse(codeRunning, "You cannot change stream service settings while streaming.")
	}
	if o.faults.IgnoreWrites {
		o.mu.Unlock()
		return success(nil)
	}
	held := o.state.service
	settings := map[string]any{}
	if d.Type == held.Type {
		maps.Copy(settings, held.Settings)
	}
	maps.Copy(settings, d.Settings)
	held = service{Type: d.Type, Settings: settings}
	o.state.service, o.state.current().service = held, held
	keep := o.state.profile == firstProfile
	saved := service{Type: d.Type, Settings: maps.Clone(settings)}
	o.mu.Unlock()
	if keep {
		o.saveService(saved)
	}
	return success(nil)
}

// ChangeService is the user changing the stream settings of the profile in use
// in OBS itself: no event tells of it.
func (o *OBS) ChangeService(typ string, settings map[string]any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	changed := service{Type: typ, Settings: maps.Clone(settings)}
	o.state.service, o.state.current().service = changed, changed
}

// Service gives what the profile in use holds, key included: for tests.
func (o *OBS) Service() (typ string, settings map[string]any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	held := o.state.service
	return held.Type, maps.Clone(held.Settings)
}
