// Package secret holds the one type in which tokens, client secrets, stream
// keys and OBS passwords travel through Cuelight.
//
// It is a leaf: it imports nothing of Cuelight, and every other package may
// import it. Whatever prints, logs or encodes a Text by accident gets a mask;
// only Reveal gives the value, which makes each place that handles the plain
// text findable.
package secret

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"unique"
)

// Mask is what stands for a secret that is present. An empty secret prints as
// an empty string, so that "not set" and "set" can be told apart.
const Mask = "••••••"

// Text is a secret string that masks itself. The zero value is "not set".
type Text struct {
	// plain is behind a handle because fmt cannot call the methods of a value in
	// an unexported field: it would print the string that it finds there. A
	// handle prints as an address, and equal values have equal handles.
	plain unique.Handle[string]
}

// unset is the handle of a Text that is not set.
var unset unique.Handle[string]

// New wraps a plain value.
func New(plain string) Text {
	if plain == "" {
		return Text{}
	}
	return Text{plain: unique.Make(plain)}
}

// Reveal gives the plain value: for the wire, the keyring and the user's own
// explicit wish to see it, and for nothing else.
func (t Text) Reveal() string {
	if t.Empty() {
		return ""
	}
	return t.plain.Value()
}

// Empty reports whether nothing is set.
func (t Text) Empty() bool { return t.plain == unset }

// Equal compares two secrets in constant time.
func (t Text) Equal(other Text) bool {
	return subtle.ConstantTimeCompare([]byte(t.Reveal()), []byte(other.Reveal())) == 1
}

// String gives the mask.
func (t Text) String() string {
	if t.Empty() {
		return ""
	}
	return Mask
}

// GoString gives the mask, for %#v.
func (t Text) GoString() string { return "secret.Text(" + t.String() + ")" }

// Format gives the mask for every verb and flag, %x and %q included.
func (t Text) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('#') {
		_, _ = io.WriteString(f, t.GoString())
		return
	}
	_, _ = io.WriteString(f, t.String())
}

// MarshalJSON gives the mask as a JSON string.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }

// MarshalText gives the mask, for the encoders that know neither JSON nor fmt.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// LogValue gives the mask to log/slog.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.String()) }
