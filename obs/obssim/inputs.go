package obssim

import (
	"encoding/json"
	"maps"
	"slices"
)

func (s *studio) getInputList(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	inputs := []any{}
	for _, name := range slices.Sorted(maps.Keys(s.inputs)) {
		kind := s.inputs[name].kind
		if d.Kind == "" || d.Kind == kind {
			inputs = append(inputs, map[string]any{"inputName": name, "inputKind": kind, "unversionedInputKind": kind})
		}
	}
	return success(map[string]any{"inputs": inputs})
}

func (s *studio) getInputKindList(json.RawMessage) result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return success(map[string]any{"inputKinds": s.kinds})
}

func (s *studio) createInput(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.scenes[d.Scene]; !ok {
		return noSource(d.Scene)
	}
	if s.inputs[d.Input] != nil {
		return refuse(codeExists, "A source already exists by that input name.")
	}
	if !slices.Contains(s.kinds, d.Kind) {
		return refuse(codeInvalidKind, "Your specified input kind is not supported by OBS.")
	}
	if d.Settings == nil {
		d.Settings = map[string]any{}
	}
	s.inputs[d.Input] = &input{kind: d.Kind, settings: d.Settings}
	s.obs.after(0, func() {
		s.obs.Emit("InputCreated", intentInputs, map[string]any{"inputName": d.Input, "inputKind": d.Kind})
	})
	return success(map[string]any{"sceneItemId": s.place(d.Scene, d.Input)})
}

// withInput runs a step on an input of that name, or refuses.
func (s *studio) withInput(raw json.RawMessage, step func(named, *input) any) result {
	d, ok := arguments[named](raw)
	if !ok || d.Input == "" {
		return refuse(codeMissingField, "Your request is missing a field.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	in := s.inputs[d.Input]
	if in == nil {
		return noSource(d.Input)
	}
	return success(step(d, in))
}

func (s *studio) getInputSettings(raw json.RawMessage) result {
	return s.withInput(raw, func(_ named, in *input) any {
		return map[string]any{"inputSettings": maps.Clone(in.settings), "inputKind": in.kind}
	})
}

func (s *studio) setInputSettings(raw json.RawMessage) result {
	return s.withInput(raw, func(d named, in *input) any {
		if d.Overlay != nil && !*d.Overlay {
			in.settings = map[string]any{}
		}
		maps.Copy(in.settings, d.Settings)
		return nil
	})
}

func (s *studio) getSpecialInputs(json.RawMessage) result {
	s.mu.Lock()
	defer s.mu.Unlock()
	special := map[string]any{"desktop1": nil, "desktop2": nil, "mic1": nil, "mic2": nil, "mic3": nil, "mic4": nil}
	for slot, name := range map[string]string{"desktop1": "Desktop Audio", "mic1": "Mic/Aux"} {
		if s.inputs[name] != nil {
			special[slot] = name
		}
	}
	return success(special)
}

func (s *studio) getInputMute(raw json.RawMessage) result {
	return s.withInput(raw, func(_ named, in *input) any {
		return map[string]any{"inputMuted": in.muted}
	})
}

// SetMuted mutes an input or lets it be heard, as the user does.
func (o *OBS) SetMuted(name string, muted bool) {
	o.studio.mu.Lock()
	if in := o.studio.inputs[name]; in != nil {
		in.muted = muted
	}
	o.studio.mu.Unlock()
	o.Emit("InputMuteStateChanged", intentInputs, map[string]any{"inputName": name, "inputMuted": muted})
}

// Meter sends the level of an input, as a multiplier of full scale, to the
// clients that listen to meters.
func (o *OBS) Meter(name string, peak float64) {
	channel := []float64{peak / 2, peak, peak}
	o.Emit("InputVolumeMeters", intentMeters, map[string]any{"inputs": []any{
		map[string]any{"inputName": name, "inputLevelsMul": [][]float64{channel, channel}},
	}})
}
