package store

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"reflect"
	"testing"
)

// FuzzDocument reads the sandbox's state from disk: a file that cannot be read
// is set aside, and the sandbox starts.
func FuzzDocument(f *testing.F) {
	type state struct {
		Titles map[string]string
		Keys   []int
	}
	fresh := func() state { return state{Titles: map[string]string{"a": "b"}} }
	for _, seed := range []string{`{"Titles":{"x":"y"},"Keys":[1]}`, `{"Titles":null}`, `null`, `[]`, `{"Keys":["1"]}`, "", "\xff\xfe{}", "{"} {
		f.Add([]byte(seed))
	}
	d, err := Open(f.TempDir(), "state", fresh, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = d.Close() })
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(d.path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var first, second state
		view := func(into *state) error {
			return d.View(context.Background(), func(s *state) { *into = *s })
		}
		if err := view(&first); err != nil {
			t.Fatalf("%q keeps the sandbox from starting: %v", data, err)
		}
		if err := d.Update(context.Background(), func(*state) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if err := view(&second); err != nil || !reflect.DeepEqual(plain(first), plain(second)) {
			t.Errorf("%q is %+v and then %+v: %v", data, first, second, err)
		}
	})
}

func plain(v any) (out any) {
	data, _ := json.Marshal(v)
	_ = json.Unmarshal(data, &out)
	return out
}
