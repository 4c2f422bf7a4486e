package obs

import "cuelight/obs/settings"

// change lists the settings to send so that OBS, which holds from, holds next.
// OBS merges them into what it has while the type stays the same and cannot
// forget: settings that only from has are emptied.
func change(from, next Service) map[string]any {
	send := next.fields()
	if from.Type == next.Type {
		for name, value := range from.fields() {
			if _, known := send[name]; known {
				continue
			}
			if empty, ok := settings.EmptyOf(value); ok {
				send[name] = empty
			}
		}
	}
	if len(send) == 0 {
		send["key"] = "" // OBS refuses an empty object (403)
	}
	return send
}

// became reports whether OBS, which held from, now holds next. Settings that
// neither has are OBS's own defaults for the type and make no difference.
func became(from, next, held Service) bool {
	if held.Type != next.Type {
		return false
	}
	wanted, had, has := next.fields(), from.fields(), held.fields()
	if from.Type != next.Type {
		had = nil
	}
	for name, value := range has {
		_, known := wanted[name]
		_, old := had[name]
		if !known && old && !settings.IsEmpty(value) {
			return false
		}
	}
	return settings.Cover(wanted, has)
}
