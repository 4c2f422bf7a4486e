package category

import (
	"encoding/json"
	"log/slog"
	"os"
	"testing"
	"time"

	"cuelight/providers"
)

// FuzzList reads a list of categories from disk: a list of another account or
// locale is nobody's, and what is read can be searched and is the same once kept.
func FuzzList(f *testing.F) {
	for _, seed := range []string{
		`{"account":"a","locale":"ko_KR","at":"2026-03-01T12:00:00Z","list":[{"Number":"00040066","Name":"배틀그라운드","Parent":"00040000"}]}`,
		`{"account":"a","locale":"ko_KR","list":null}`, `{"account":"b","list":[{}]}`, `{"list":{}}`, "", "[", `{"account":"a","locale":"ko_KR","at":"0000-01-01T00:00:00Z","list":[{"Name":"\u0000"}]}`,
	} {
		f.Add([]byte(seed))
	}
	c := New(Options{Dir: f.TempDir(), Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	key := listKey{"a", "ko_KR"}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(c.file(key), data, 0o600); err != nil {
			t.Fatal(err)
		}
		c.lists = make(map[listKey]list)
		known, _ := c.known(key)
		if len(known.List) > 0 && (known.Account != key.account || known.Locale != key.locale) {
			t.Errorf("%q is taken for the list of another", data)
		}
		if known.fresh(time.Now()) && known.At.After(time.Now()) {
			t.Errorf("%q is of a time to come", data)
		}
		_ = NewIndex(known.List)
		encoded, err := json.Marshal(known)
		if err != nil {
			t.Fatalf("%q cannot be kept again: %v", data, err)
		}
		var again list
		if err := json.Unmarshal(encoded, &again); err != nil || !equal(again.List, known.List) {
			t.Errorf("%q is another once kept again: %v", data, err)
		}
	})
}

func equal(a, b []providers.Category) bool {
	one, _ := json.Marshal(a)
	other, _ := json.Marshal(b)
	return string(one) == string(other)
}
