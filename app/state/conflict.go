package state

import (
	"strings"

	"cuelight/providers"
)

// ConflictError tells that a change was not sent, because somebody else changed
// the same fields meanwhile. KeepMine or TakeTheirs settle each of them.
type ConflictError struct{ Fields []providers.FieldID }

// Error names the fields.
func (e *ConflictError) Error() string {
	names := make([]string, 0, len(e.Fields))
	for _, id := range e.Fields {
		names = append(names, string(id))
	}
	return "changed elsewhere meanwhile: " + strings.Join(names, ", ")
}
