package obssim

import (
	"encoding/json"
	"maps"
)

// variables are those of one batch: answers fill them in, and they fill in
// fields of later requests.
type variables map[string]any

// take keeps fields of an answer: outputs has the field of each variable.
func (v variables) take(answer any, outputs map[string]string) {
	fields, _ := answer.(map[string]any)
	for variable, field := range outputs {
		if value, ok := fields[field]; ok {
			v[variable] = value
		}
	}
}

// fillIn gives the data of a request with its fields filled in: inputs has the
// variable of each field. A variable that is not there fills in nothing.
func (v variables) fillIn(data json.RawMessage, inputs map[string]string) json.RawMessage {
	fields := map[string]any{}
	if len(inputs) == 0 || len(data) > 0 && json.Unmarshal(data, &fields) != nil {
		return data
	}
	for field, variable := range inputs {
		if value, ok := v[variable]; ok {
			fields[field] = value
		}
	}
	filled, err := json.Marshal(fields)
	if err != nil {
		return data
	}
	return filled
}

// profileRealm is the one store of the two that is simulated.
const profileRealm = "OBS_WEBSOCKET_DATA_REALM_PROFILE"

type slot struct {
	Realm string `json:"realm"`
	Name  string `json:"slotName"`
	Value any    `json:"slotValue"`
}

// valid gives the refusal of a slot that OBS would not take.
func (s slot) valid(parsed bool) (result, bool) {
	switch {
	case !parsed || s.Name == "":
		return refuse(codeMissingField, "Your request is missing a field."), false
	case s.Realm != profileRealm:
		return refuse(codeNotFound, "You have specified an invalid persistent data realm."), false
	}
	return result{}, true
}

// getPersistentData answers null for a slot that the profile in use has not.
func (s *studio) getPersistentData(raw json.RawMessage) result {
	asked, ok := arguments[slot](raw)
	if refusal, ok := asked.valid(ok); !ok {
		return refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return success(map[string]any{"slotValue": s.current().slots[asked.Name]})
}

func (s *studio) setPersistentData(raw json.RawMessage) result {
	given, ok := arguments[slot](raw)
	if refusal, ok := given.valid(ok); !ok {
		return refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current().slots[given.Name] = given.Value
	return success(nil)
}

// Slots gives what clients keep in a profile: for tests.
func (o *OBS) Slots(profile string) map[string]any {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	held, ok := o.studio.profiles[profile]
	if !ok {
		return nil
	}
	return maps.Clone(held.slots)
}
