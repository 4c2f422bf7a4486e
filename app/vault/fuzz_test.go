package vault

import "testing"

// FuzzParts reads an item of the keyring that may say where the parts of a value
// are: no number of parts is taken on trust.
func FuzzParts(f *testing.F) {
	for _, seed := range []string{"parts:b:3", "parts:2", "parts:a:65", "parts::1", "parts:a:-1", "whole:x", "parts:", "parts:a:1:1", "parts:+1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, item string) {
		p, split, err := readParts(item)
		switch {
		case err != nil:
			if !split || p != (parts{}) {
				t.Errorf("%q: %+v", item, p)
			}
		case split && (p.count < 1 || p.count > maxParts):
			t.Errorf("%q has %d parts", item, p.count)
		case split && p.next() == p.generation:
			t.Errorf("%q is written over itself", item)
		}
	})
}
