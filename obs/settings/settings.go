// Package settings reads and compares settings as OBS does: those that it keeps as
// JSON objects, where an empty value means the same as an absent one, and the
// values of its configuration, which are text.
package settings

import (
	"encoding/json"
	"reflect"
)

// EmptyOf gives the empty value of a JSON value's type. OBS reads an empty
// value like an absent one.
func EmptyOf(value any) (empty any, ok bool) {
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

// IsEmpty reports whether OBS reads a value like an absent one.
func IsEmpty(value any) bool {
	empty, ok := EmptyOf(value)
	return value == nil || ok && value == empty
}

// Cover reports whether held has each of the wanted values. An empty value is
// equal to an absent one.
func Cover(wanted, held map[string]any) bool {
	for name, value := range wanted {
		if IsEmpty(value) && IsEmpty(held[name]) {
			continue
		}
		if !reflect.DeepEqual(value, held[name]) {
			return false
		}
	}
	return true
}

// Canonical gives JSON with sorted keys and no space.
func Canonical(raw []byte) []byte {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return raw
	}
	out, err := json.Marshal(v)
	if err != nil {
		return raw
	}
	return out
}
