package history

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"cuelight/internal/text"
)

// What is read of a file can be written and read again, is what was read, and has
// nothing in it that a list of recent titles cannot show.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `[`, `{"entries":null}`, `{"entries":[null,{"id":"1"}]}`,
		`{"entries":[{"id":"1","title":"t {episode}","sent":"t 3","platform":"soop","category":{"number":"01","name":"c"},"hashtags":["a","#a"],"uses":2,"last":"2026-03-01T12:00:00+09:00","favorite":true}],"last_id":1}`,
		`{"entries":[{"id":"1","title":"\u001b[31m\u202e","platform":"soop","hashtags":["\u200b"]},{"id":"1","platform":"soop"}]}`,
		`{"episodes":[{"platform":"soop","title":"t {episode}","number":-1}],"last_id":-5,"ended":"0001-01-01T00:00:00Z"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := decode(data)
		if err != nil {
			return
		}
		ids := make(map[string]bool)
		for _, e := range first.Entries {
			if ids[e.ID] || e.Uses < 0 || text.Line(e.Title) != e.Title || utf8.RuneCountInString(e.Title) > longestText {
				t.Errorf("%q gives %+v", data, e)
			}
			ids[e.ID] = true
			_ = e.past()
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
