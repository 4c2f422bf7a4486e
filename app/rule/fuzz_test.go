package rule

import (
	"encoding/json"
	"testing"
)

// What is read of a file can be written and read again, and is what was read.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"on":true,"quiet_seconds":-1,"rules":[]}`, `{"rules":[{"id":"1","on":true,"scene":"a","preset":"p","propose":false}],"last":7}`,
		`{"rules":[{"id":"1","scene":"a","program":"b","preset":"p"}]}`, `{"quiet_seconds":999999999999999999}`, `[`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := decode(data)
		if err != nil {
			return
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
		if q := first.Quiet(); q < MinQuiet || q > MaxQuiet {
			t.Errorf("a quiet period of %v", q)
		}
	})
}
