package ingeststore

import (
	"testing"

	"cuelight/internal/secret"
)

// FuzzEntry reads what the keyring holds: what is found is the same once kept
// again, and a list that is none loses nobody's key.
func FuzzEntry(f *testing.F) {
	f.Add(`{"server":"rtmp://h/app","key":"k","until":"2026-03-01T00:00:00Z"}`, `["room"]`)
	f.Add(`{"server":1}`, `{"a":1}`)
	f.Add(`key`, `null`)
	f.Fuzz(func(t *testing.T, entry, index string) {
		v := vault{entryPrefix + "room": secret.New(entry), indexName: secret.New(index)}
		s := Store{v}
		got, found, err := s.Get(t.Context(), "room")
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			return
		}
		if s.Put(t.Context(), "room", got) != nil {
			return // a year that no clock has
		}
		again, found, err := s.Get(t.Context(), "room")
		if err != nil || !found || again.Ingest.Server != got.Ingest.Server || !again.Ingest.Key.Equal(got.Ingest.Key) || !again.Expires.Equal(got.Expires) {
			t.Errorf("%q is another once kept again: %v", entry, err)
		}
		if err := s.RemoveAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, left := v[entryPrefix+"room"]; left {
			t.Errorf("with the index %q the key stays", index)
		}
	})
}
