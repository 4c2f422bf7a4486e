package wire

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/andreykaipov/goobs/api/opcodes"
)

// FuzzMessage reads what comes over the wire: whatever it is, nothing panics.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"op":0,"d":{"obsWebSocketVersion":"5.5.4","rpcVersion":"1","authentication":{"challenge":1}}}`,
		`{"op":5,"d":{"eventType":"StreamStateChanged","eventIntent":"64","eventData":{"outputActive":1}}}`,
		`{"op":5,"d":{"eventType":"InputVolumeMeters","eventData":{"inputs":[{"inputLevelsMul":[[1,"2"]]}]}}}`,
		`{"op":7,"d":{"requestId":"1","requestStatus":{"code":100},"responseData":{"outputActive":"x"}}}`,
		`{"op":9,"d":{"requestId":"1","results":[{}]}}`, `{"op":[]}`, `null`, `{`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		waiting := make(chan json.RawMessage, 1)
		c := &Conn{pending: map[string]chan json.RawMessage{"1": waiting}, onEvent: func(opcodes.Event) {}}
		if err := c.dispatch(raw); err != nil && !errors.Is(err, ErrMalformed) {
			t.Errorf("%q is told as %v", raw, err)
		}
		select {
		case data := <-waiting:
			var answer opcodes.RequestResponse
			_ = Decode(data, &answer)
		default:
		}
	})
}

// FuzzDecode reads what is written in other types than is documented: what can be
// read as it stands is read just so, and nothing is made up of what is not there.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"active":1,"count":"12","rate":"60.0","name":"x","list":[{"active":"no"}]}`, `{"count":1e300}`, `{"rate":"NaN"}`,
		`{"ACTIVE":"on"}`, `{"count":true}`, `{"list":[1,"2",null]}`, `[]`, `null`, `{"name":1}`, `{"count":"0x7f"}`,
	} {
		f.Add([]byte(seed))
	}
	type message struct {
		Active bool      `json:"active"`
		Count  int       `json:"count"`
		Rate   float64   `json:"rate"`
		Name   string    `json:"name"`
		List   []message `json:"list"`
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var strict, lax message
		strictErr, err := json.Unmarshal(raw, &strict), Decode(raw, &lax)
		if strictErr == nil && (err != nil || !reflect.DeepEqual(strict, lax)) {
			t.Errorf("%q is read as %+v, %v", raw, lax, err)
		}
		if err == nil && !json.Valid(raw) {
			t.Errorf("%q is no JSON and is read as %+v", raw, lax)
		}
		if err == nil && (math.IsNaN(lax.Rate) || math.IsInf(lax.Rate, 0)) {
			t.Errorf("%q holds the number %v", raw, lax.Rate)
		}
	})
}
