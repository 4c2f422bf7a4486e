package obs

import (
	"encoding/json"
	"testing"

	"github.com/andreykaipov/goobs/api/opcodes"
)

// FuzzMessage reads what comes over the wire: whatever it is, nothing panics, and
// nothing is made up.
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
		var told []opcodes.Event
		w := &wire{pending: map[string]chan json.RawMessage{"1": waiting}, onEvent: func(e opcodes.Event) { told = append(told, e) }}
		if err := w.dispatch(raw); err != nil && err.Kind != ErrProtocol {
			t.Errorf("%q is told as %v", raw, err)
		}
		for _, e := range told {
			if event, ok := parseEvent(e); ok && len(event.Name) > maxEventName {
				t.Errorf("an event with a name of %d bytes", len(event.Name))
			}
		}
		var hello opcodes.Hello
		_ = readMessage(raw, opHello, "hello", &hello)
		select {
		case data := <-waiting:
			var answer opcodes.RequestResponse
			if decode(data, &answer) == nil {
				var status struct {
					Active bool    `json:"outputActive"`
					Bytes  float64 `json:"outputBytes"`
				}
				_ = readAnswer("GetStreamStatus", answer, &status)
			}
		default:
		}
	})
}
