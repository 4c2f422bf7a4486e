package soop

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// The platform writes the same value as a number here and as a string there,
// an object as an array of one, and an empty list as null. The types below read
// all of that; what cannot be read counts as not there.

// number is an integer however written. Set is false where there is none.
type number struct {
	N   int64
	Set bool
}

// UnmarshalJSON never fails.
func (n *number) UnmarshalJSON(b []byte) error {
	*n = number{}
	switch s := strings.TrimSpace(plain(b)); s {
	case "", "null":
	case "true":
		*n = number{1, true}
	case "false":
		*n = number{0, true}
	default:
		s = strings.ReplaceAll(s, ",", "")
		if i, err := strconv.ParseInt(s, 10, 64); err == nil {
			*n = number{i, true}
		} else if f, err := strconv.ParseFloat(s, 64); err == nil && math.Abs(f) < 1<<53 {
			*n = number{int64(f), true}
		}
	}
	return nil
}

// Int gives the number, or def where there is none, held within an int32.
func (n number) Int(def int) int {
	if !n.Set {
		return def
	}
	return int(min(max(n.N, math.MinInt32), math.MaxInt32))
}

// flag is a yes or no however written: 1, "1", true, "Y".
type flag bool

// UnmarshalJSON never fails.
func (f *flag) UnmarshalJSON(b []byte) error {
	s := strings.ToLower(strings.TrimSpace(plain(b)))
	var n number
	_ = n.UnmarshalJSON(b)
	*f = flag(n.N != 0 || s == "y" || s == "yes" || s == "true")
	return nil
}

// text is a string, or a number read as one; null and everything else is empty.
type text string

// UnmarshalJSON never fails.
func (t *text) UnmarshalJSON(b []byte) error {
	*t = ""
	if s := plain(b); s != "null" && !strings.HasPrefix(s, "{") && !strings.HasPrefix(s, "[") || isString(b) {
		*t = text(s)
	}
	return nil
}

// Trimmed gives the text without white space around it.
func (t text) Trimmed() string { return strings.TrimSpace(string(t)) }

// record is an object, or an array whose first element is one.
type record[T any] struct {
	V   T
	Set bool
}

// UnmarshalJSON never fails.
func (r *record[T]) UnmarshalJSON(b []byte) error {
	*r = record[T]{}
	b = bytes.TrimSpace(b)
	if bytes.HasPrefix(b, []byte("[")) {
		var elements []json.RawMessage
		if json.Unmarshal(b, &elements) != nil || len(elements) == 0 {
			return nil
		}
		b = bytes.TrimSpace(elements[0])
	}
	if bytes.HasPrefix(b, []byte("{")) && json.Unmarshal(b, &r.V) == nil {
		r.Set = true
	}
	return nil
}

// list is an array, or an object with numbers for names, which is how PHP
// writes an array with a gap. Elements that are no objects are left out.
type list[T any] struct {
	V []T
	// Set tells that there was a list, an empty one included.
	Set bool
	// Odd is the value where it was something else than a list or nothing.
	Odd json.RawMessage
}

// UnmarshalJSON never fails.
func (l *list[T]) UnmarshalJSON(b []byte) error {
	*l = list[T]{}
	b = bytes.TrimSpace(b)
	var elements []json.RawMessage
	switch {
	case bytes.HasPrefix(b, []byte("[")):
		if json.Unmarshal(b, &elements) != nil {
			return nil
		}
	case bytes.HasPrefix(b, []byte("{")):
		var ok bool
		if elements, ok = numbered(b); !ok {
			l.Odd = bytes.Clone(b)
			return nil
		}
	case plain(b) == "" || string(b) == "null" || string(b) == "false":
		l.Set = true
		return nil
	default:
		l.Odd = bytes.Clone(b)
		return nil
	}
	l.Set = true
	for _, e := range elements {
		var v T
		if bytes.HasPrefix(bytes.TrimSpace(e), []byte("{")) && json.Unmarshal(e, &v) == nil {
			l.V = append(l.V, v)
		}
	}
	return nil
}

// numbered reads an object whose names are all numbers, in the order written.
func numbered(b []byte) ([]json.RawMessage, bool) {
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		return nil, false
	}
	var elements []json.RawMessage
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, false
		}
		s, _ := name.(string)
		if _, err := strconv.ParseUint(s, 10, 32); err != nil {
			return nil, false
		}
		var e json.RawMessage
		if d.Decode(&e) != nil {
			return nil, false
		}
		elements = append(elements, e)
	}
	return elements, true
}

// plain gives the text of a JSON scalar, without its quotes.
func plain(b []byte) string {
	b = bytes.TrimSpace(b)
	if isString(b) {
		var s string
		_ = json.Unmarshal(b, &s)
		return s
	}
	return string(b)
}

func isString(b []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(b), []byte(`"`)) }
