package settings

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzSettings compares the settings that an OBS gives with others.
func FuzzSettings(f *testing.F) {
	f.Add([]byte(`{"server":"rtmp://h","key":"k","use_auth":false}`), []byte(`{"key":"k","server":"rtmp://h"}`))
	f.Add([]byte(`{"a":[1,{"b":""}],"c":null}`), []byte(`{"a":[1.0,{"b":""}],"c":0}`))
	f.Add([]byte(`{"a":1e400}`), []byte(`[`))
	f.Fuzz(func(t *testing.T, one, other []byte) {
		canonical := Canonical(one)
		if again := Canonical(canonical); !bytes.Equal(again, canonical) {
			t.Errorf("%q is %q, and that %q", one, canonical, again)
		}
		var a, b map[string]any
		if json.Unmarshal(one, &a) != nil || json.Unmarshal(other, &b) != nil {
			return
		}
		if !Cover(a, a) || !Cover(map[string]any{}, a) {
			t.Errorf("%q does not cover itself", one)
		}
		if bytes.Equal(canonical, Canonical(other)) && !Cover(a, b) {
			t.Errorf("%q and %q are the same and do not cover each other", one, other)
		}
	})
}
