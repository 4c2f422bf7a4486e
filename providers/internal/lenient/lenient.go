// Package lenient reads JSON of platforms that write a number as a string, an
// absent object as an empty list, and a missing time as empty text. What cannot
// be read counts as not there; nothing here ever fails a whole answer.
package lenient

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"cuelight/internal/text"
)

// Text is a string, or a number or truth value as it is written. It is made safe
// to show: strangers write titles and names, and a platform passes them on with
// whatever they put in.
type Text string

// UnmarshalJSON never fails.
func (t *Text) UnmarshalJSON(b []byte) error {
	*t = Text(strings.TrimSpace(text.Line(scalar(b))))
	return nil
}

// String returns the text.
func (t Text) String() string { return string(t) }

// Exact is a Text that nothing is taken out of: a key, a server or a cursor, of
// which a part would be another one. Whoever uses it checks it.
type Exact string

// UnmarshalJSON never fails.
func (e *Exact) UnmarshalJSON(b []byte) error {
	*e = Exact(text.Trim(scalar(b)))
	return nil
}

// String returns the value.
func (e Exact) String() string { return string(e) }

// scalar returns the text of a JSON scalar without quotes; empty for null, lists
// and objects.
func scalar(b []byte) string {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0, b[0] == '{', b[0] == '[', string(b) == "null":
		return ""
	case b[0] == '"':
		var s string
		_ = json.Unmarshal(b, &s)
		return s
	}
	return string(b)
}

// Number is a number however written.
type Number struct {
	Value float64
	Set   bool
}

// UnmarshalJSON never fails.
func (n *Number) UnmarshalJSON(b []byte) error {
	*n = Number{}
	s := strings.ReplaceAll(strings.TrimSpace(scalar(b)), ",", "")
	if f, err := strconv.ParseFloat(s, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		*n = Number{f, true}
	}
	return nil
}

// Int returns the number, or def where there is none, held within an int32.
func (n Number) Int(def int) int {
	if !n.Set {
		return def
	}
	return int(min(max(n.Value, math.MinInt32), math.MaxInt32))
}

// Flag is a boolean however written: true, 1, "1", "Y".
type Flag bool

// UnmarshalJSON never fails.
func (f *Flag) UnmarshalJSON(b []byte) error {
	switch strings.ToLower(strings.TrimSpace(scalar(b))) {
	case "true", "y", "yes", "on":
		*f = true
		return nil
	}
	var n Number
	_ = n.UnmarshalJSON(b)
	*f = Flag(n.Value != 0)
	return nil
}

// Time is a moment: RFC 3339, the same without a zone (then UTC), or seconds
// since 1970.
type Time struct{ time.Time }

var timeLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04", time.DateOnly,
}

// UnmarshalJSON never fails.
func (t *Time) UnmarshalJSON(b []byte) error {
	t.Time = ParseTime(scalar(b))
	return nil
}

// ParseTime reads a time into UTC; zero where it is none.
func ParseTime(s string) time.Time { return ParseTimeIn(s, time.UTC) }

// ParseTimeIn reads a time into UTC; one written without a zone is the clock's
// in zone.
func ParseTimeIn(s string, zone *time.Location) time.Time {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch {
		case n > 1e8 && n < 1e11:
			return time.Unix(n, 0).UTC()
		case n > 1e11 && n < 1e14:
			return time.UnixMilli(n).UTC()
		}
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		if at, err := time.ParseInLocation(layout, s, zone); err == nil && at.Year() > 1 {
			return at.UTC()
		}
	}
	return time.Time{}
}

// Record is an object, or a list whose first element is one.
type Record[T any] struct {
	Value T
	Set   bool
}

// UnmarshalJSON never fails.
func (r *Record[T]) UnmarshalJSON(b []byte) error {
	*r = Record[T]{}
	b = bytes.TrimSpace(b)
	if bytes.HasPrefix(b, []byte("[")) {
		var elements []json.RawMessage
		if json.Unmarshal(b, &elements) != nil || len(elements) == 0 {
			return nil
		}
		b = bytes.TrimSpace(elements[0])
	}
	if bytes.HasPrefix(b, []byte("{")) && string(b) != "{}" && json.Unmarshal(b, &r.Value) == nil {
		r.Set = true
	}
	return nil
}

// MaxItems bounds a List: what a platform has most of, its categories, it has some
// thousand of. Two bytes of an answer can make an item of some hundred in memory.
const MaxItems = 20_000

// List is a list, or an object with numbers for names, which is how PHP writes a
// list with a gap. Elements that cannot be read are left out, and so are those
// after the first MaxItems.
type List[T any] struct {
	Items []T
	// Set is true where there was a list, an empty one included.
	Set bool
	// Unexpected is the raw value where it was neither a list nor absent.
	Unexpected json.RawMessage
}

// UnmarshalJSON never fails.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	*l = List[T]{}
	b = bytes.TrimSpace(b)
	var elements []json.RawMessage
	switch {
	case absent(b):
		return nil
	case json.Unmarshal(b, &elements) == nil:
	default:
		var ok bool
		if elements, ok = indexedObject(b); !ok {
			l.Unexpected = bytes.Clone(b)
			return nil
		}
	}
	l.Set = true
	for _, e := range elements[:min(len(elements), MaxItems)] {
		var v T
		if string(bytes.TrimSpace(e)) != "null" && json.Unmarshal(e, &v) == nil {
			l.Items = append(l.Items, v)
		}
	}
	return nil
}

// absent reports whether a value stands for no list.
func absent(b []byte) bool {
	switch string(b) {
	case "", "null", "false", `""`, "{}":
		return true
	}
	return false
}

// indexedObject reads an object whose names are all numbers, in the order written.
func indexedObject(b []byte) (elements []json.RawMessage, ok bool) {
	members, ok := Members(b)
	for _, m := range members {
		if _, err := strconv.ParseUint(m.Name, 10, 32); err != nil {
			return nil, false
		}
		elements = append(elements, m.Value)
	}
	return elements, ok
}

// Member is one member of an object.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Members reads an object in the order written; ok is false where there is none.
func Members(b []byte) (members []Member, ok bool) {
	d := json.NewDecoder(bytes.NewReader(b))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, false
		}
		m := Member{}
		m.Name, _ = name.(string)
		m.Name = text.Line(m.Name)
		if d.Decode(&m.Value) != nil {
			return nil, false
		}
		members = append(members, m)
	}
	return members, true
}
