package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func FuzzConfiguration(f *testing.F) {
	for _, seed := range []string{
		`{"version":1,"accounts":[{"name":"a","platform":"soop","settings":{"client_id":"x"}}],"current":"a"}`,
		`{"version":9,"unknown":{"a":[1]},"accounts":null}`, `{"accounts":{}}`, "\ufeff{}", "", "[", `{"current":"\u0000"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := decode(data)
		if err != nil {
			return
		}
		c = c.clone().finish()
		encoded, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("%q cannot be written again: %v", data, err)
		}
		if _, err := decode(encoded); err != nil {
			t.Errorf("%q cannot be read once written: %v", data, err)
		}
		c.InUse()
		c.Named("a")
	})
}

func FuzzDrafts(f *testing.F) {
	for _, seed := range []string{
		`{"a":{"title":"x"}}`, `{"a":{"hashtags":[]}}`, `{"a":{"":{}}}`, `{"a":null}`, "", "[]", `{"a":{"standby":"x"}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := decodeDrafts(data)
		if err != nil {
			return
		}
		encoded, err := json.Marshal(d.clone().finish())
		if err != nil {
			t.Fatalf("%q cannot be written again: %v", data, err)
		}
		if _, err := decodeDrafts(encoded); err != nil {
			t.Errorf("%q cannot be read once written: %v", data, err)
		}
	})
}

// FuzzMarker reads the change marker: whatever another process left there, it is
// somebody else's, and one's own comes after it.
func FuzzMarker(f *testing.F) {
	f.Add([]byte("ABC DEF"))
	f.Add([]byte(""))
	f.Add([]byte("\x00\xff\n"))
	s := open(f, f.TempDir())
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(s.opt.Dir, markerName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		theirs := s.marker()
		if theirs != string(data) || strings.HasPrefix(theirs, s.instanceID+" ") {
			t.Errorf("%q is read as %q", data, theirs)
		}
		s.NotifyPeers()
		if own := s.marker(); own == theirs || !strings.HasPrefix(own, s.instanceID+" ") {
			t.Errorf("after %q the marker is %q", data, own)
		}
	})
}
