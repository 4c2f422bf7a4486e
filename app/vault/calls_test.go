package vault

import (
	"strings"
	"testing"

	"cuelight/internal/keyringtest"
	"cuelight/internal/secret"
)

// recordingRing notes every call.
type recordingRing struct {
	*keyringtest.Ring
	calls []string
}

func (r *recordingRing) Get(service, user string) (string, error) {
	r.calls = append(r.calls, "get "+user)
	return r.Ring.Get(service, user)
}

func (r *recordingRing) Set(service, user, value string) error {
	r.calls = append(r.calls, "set "+user)
	return r.Ring.Set(service, user, value)
}

func (r *recordingRing) Delete(service, user string) error {
	r.calls = append(r.calls, "delete "+user)
	return r.Ring.Delete(service, user)
}

// Each call costs a round to the keyring, and their order is what keeps a value
// whole.
func TestNoMoreCallsAreMadeThanAreNeeded(t *testing.T) {
	long := func(items int) string { return strings.Repeat("x", items*itemSize) }
	for _, c := range []struct{ name, old, next, want string }{
		{"a short value", "old", "new", "get n, set n"},
		{"one item exactly", "old", long(1), "get n, set n"},
		{"the first one", "", "new", "get n, set n"},
		{
			"parts over a whole", "old", long(2),
			"get n, set n#a1, set n#a2, set n, get n#a3, get n#b1, get n#1",
		},
		{
			"parts over parts", long(2), long(3),
			"get n, set n#b1, set n#b2, set n#b3, set n, get n#a3, delete n#a2, delete n#a1, get n#b4, get n#1",
		},
		{"a whole over parts", long(2), "new", "get n, set n, get n#a3, delete n#a2, delete n#a1, get n#b1, get n#1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ring := &recordingRing{Ring: newRing()}
			if c.old != "" {
				if err := newVault(ring.Ring).Set(t.Context(), "n", secret.New(c.old)); err != nil {
					t.Fatal(err)
				}
			}
			if err := newVault(ring).Set(t.Context(), "n", secret.New(c.next)); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(ring.calls, ", "); got != c.want {
				t.Errorf("calls: %s\nwant:  %s", got, c.want)
			}
		})
	}
}
