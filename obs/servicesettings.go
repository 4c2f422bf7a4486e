package obs

import "reflect"

// emptyOf gives the empty value of a JSON value's type. OBS reads an empty
// value like an absent one.
func emptyOf(value any) (empty any, ok bool) {
	switch value.(type) {
	case string:
		return "", true
	case bool:
		return false, true
	case float64:
		return 0.0, true
	}
	return nil, false
}

func isEmpty(value any) bool {
	empty, ok := emptyOf(value)
	return value == nil || ok && value == empty
}

// covers reports whether held has each of the wanted values. An empty value is
// equal to an absent one.
func covers(wanted, held map[string]any) bool {
	for name, value := range wanted {
		if isEmpty(value) && isEmpty(held[name]) {
			continue
		}
		if !reflect.DeepEqual(value, held[name]) {
			return false
		}
	}
	return true
}

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
			if empty, ok := emptyOf(value); ok {
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
		if !known && old && !isEmpty(value) {
			return false
		}
	}
	return covers(wanted, has)
}
