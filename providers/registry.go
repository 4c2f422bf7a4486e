package providers

import (
	"fmt"
	"strings"
)

// Registry is the platforms that a program knows, in the order they are shown.
type Registry []Provider

// Find returns the provider with an ID, upper and lower case alike. The error is
// of kind ErrUsage and names the IDs there are.
func (r Registry) Find(id string) (Provider, error) {
	ids := make([]string, 0, len(r))
	for _, p := range r {
		known := p.Describe().ID
		if strings.EqualFold(known, id) {
			return p, nil
		}
		ids = append(ids, known)
	}
	return nil, &Error{
		Kind: ErrUsage, Op: "find platform", Reason: "platform.unknown",
		Err: fmt.Errorf("%q is none of %s", id, strings.Join(ids, ", ")),
	}
}
