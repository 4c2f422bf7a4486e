package history

import (
	"strings"
	"testing"
)

// Entries that nothing can have written are left out one by one, wherever they are.
func TestEntriesAreReadOneByOne(t *testing.T) {
	for name, data := range map[string]string{
		"between others": `{"entries":[{},{"id":"1","title":"a","platform":"soop"},null,{"id":"1","title":"b","platform":"soop"},{"id":"2","platform":"soop","uses":-1},{"id":"3","title":"c","platform":"soop"}],"last_id":3}`,
		"twice":          `{"entries":[{"id":"9","platform":"soop"}],"entries":[{"id":"1","title":"a","platform":"soop"},{"id":"3","title":"c","platform":"soop"}],"last_id":3}`,
		"after many":     `{"entries":[` + strings.Repeat("{},", 1000) + `{"id":"1","title":"a","platform":"soop"},{"id":"3","title":"c","platform":"soop"}],"last_id":3}`,
	} {
		d, err := decode([]byte(data))
		if err != nil || len(d.Entries) != 2 || d.Entries[0].Title != "a" || d.Entries[1].Title != "c" || d.LastID != 3 {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
	for name, data := range map[string]string{
		"a number": `{"entries":7}`, "an object": `{"entries":{}}`, "a number in it": `{"entries":[7]}`,
	} {
		if _, err := decode([]byte(data)); err == nil {
			t.Errorf("%s is taken for entries", name)
		}
	}
}
