package wire

import (
	"encoding/json"
	"errors"
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
