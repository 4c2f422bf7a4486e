package settings

import "maps"

// Typed is what OBS keeps an object's settings as: a type, and the values that
// belong to it. A stream service is kept so (obs-websocket 5.1,
// GetStreamServiceSettings).
type Typed struct {
	Type   string
	Values map[string]any
}

// Change lists the settings to send so that OBS, which holds from, holds next.
// OBS merges them into what it has while the type stays the same and cannot
// forget: settings that only from has are emptied.
func Change(from, next Typed) map[string]any {
	send := make(map[string]any, len(next.Values))
	maps.Copy(send, next.Values)
	if from.Type == next.Type {
		for name, value := range from.Values {
			if _, known := send[name]; known {
				continue
			}
			if empty, ok := EmptyOf(value); ok {
				send[name] = empty
			}
		}
	}
	if len(send) == 0 {
		send["key"] = "" // OBS refuses an empty object (403)
	}
	return send
}

// Became reports whether OBS, which held from, now holds next. Settings that
// neither has are OBS's own defaults for the type and make no difference.
func Became(from, next, held Typed) bool {
	if held.Type != next.Type {
		return false
	}
	had := from.Values
	if from.Type != next.Type {
		had = nil
	}
	for name, value := range held.Values {
		_, known := next.Values[name]
		_, old := had[name]
		if !known && old && !IsEmpty(value) {
			return false
		}
	}
	return Cover(next.Values, held.Values)
}
