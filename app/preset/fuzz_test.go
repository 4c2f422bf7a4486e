package preset

import (
	"encoding/json"
	"testing"
)

// What is read of a file can be written and read again, and is what was read.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"presets":[]}`, `{"presets":[{"name":"a","platform":"soop","title":"x","category":{"number":"1","name":"y"},"hashtags":["z"]}]}`,
		`{"presets":[{"name":"a","platform":"soop","exploration":"refuse","standby":true,"standby_minutes":3,"episodes":{"number":2}}]}`,
		`{"presets":[{"name":"\u200b","platform":"soop"}]}`, `{"presets":null}`, `[`,
		`{"presets":[{"name":"a","platform":"soop","title":"x\u001b[3y\u202e","hashtags":["a\u200b"],"category":{"number":" 1 ","name":"\u0007"}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := decode(data)
		if err != nil {
			return
		}
		for _, p := range first.Presets {
			_ = p.Patch()
		}
		written, err := json.Marshal(first)
		if err != nil {
			t.Fatal(err)
		}
		second, err := decode(written)
		if err != nil {
			t.Fatalf("%s is not read again: %v", written, err)
		}
		if again, _ := json.Marshal(second); string(again) != string(written) {
			t.Errorf("%s became %s", written, again)
		}
	})
}
