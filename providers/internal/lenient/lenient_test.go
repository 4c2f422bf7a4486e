package lenient

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestOddValuesAreReadOrCountAsAbsent(t *testing.T) {
	type inner struct {
		A Text `json:"a"`
	}
	type all struct {
		Text   Text          `json:"v"`
		Number Number        `json:"v2"`
		Flag   Flag          `json:"v3"`
		Time   Time          `json:"v4"`
		Record Record[inner] `json:"v5"`
		List   List[Number]  `json:"v6"`
	}
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for body, want := range map[string]all{
		`{}`: {},
		`{"v":null,"v2":null,"v3":null,"v4":null,"v5":null,"v6":null}`: {},
		`{"v":{},"v2":{},"v3":[],"v4":{},"v5":{},"v6":{}}`:             {},
		`{"v":[1],"v2":"x","v3":"no","v4":"soon","v5":[],"v6":"x"}`:    {List: List[Number]{Unexpected: json.RawMessage(`"x"`)}},
		`{"v":7,"v2":"1,234.5","v3":"Y","v4":"2026-03-01 09:00:00","v5":[{"a":"b"}],"v6":["1",null,2]}`: {
			Text: "7", Number: Number{1234.5, true}, Flag: true, Time: Time{at},
			Record: Record[inner]{inner{"b"}, true}, List: List[Number]{Items: []Number{{1, true}, {2, true}}, Set: true},
		},
		`{"v":" a ","v2":3,"v3":1,"v4":1772355600,"v5":{"a":2},"v6":[]}`: {
			Text: "a", Number: Number{3, true}, Flag: true, Time: Time{at}, Record: Record[inner]{inner{"2"}, true}, List: List[Number]{Set: true},
		},
		`{"v2":true,"v6":{"0":1,"7":"2"}}`:                                   {List: List[Number]{Items: []Number{{1, true}, {2, true}}, Set: true}},
		`{"v2":false,"v6":{"a":1}}`:                                          {List: List[Number]{Unexpected: json.RawMessage(`{"a":1}`)}},
		`{"v":true,"v2":"NaN","v3":"true","v4":"2026-03-01T18:00:00+09:00"}`: {Text: "true", Flag: true, Time: Time{at}},
		`{"v4":""}`:                            {},
		`{"v4":"0000-00-00 00:00:00","v2":""}`: {},
	} {
		var got all
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nread as %+v\nnot     %+v", body, got, want)
		}
	}
}

func TestNumbersStayWithinAnInt(t *testing.T) {
	for s, want := range map[string]int{`1e300`: 1<<31 - 1, `-1e300`: -1 << 31, `"12"`: 12, `2.9`: 2, `null`: -1} {
		var n Number
		_ = n.UnmarshalJSON([]byte(s))
		if got := n.Int(-1); got != want {
			t.Errorf("%s gave %d", s, got)
		}
	}
}

func FuzzNothingIsAPanic(f *testing.F) {
	for _, seed := range []string{`{}`, `[]`, `"x"`, `-0`, `[[{"a":1}]]`, `{"a":[{}]}`, "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var r Record[struct {
			A List[Record[struct{ B Time }]]
		}]
		if err := json.Unmarshal(b, &r); err != nil && json.Valid(b) {
			t.Errorf("valid JSON failed: %v", err)
		}
	})
}
