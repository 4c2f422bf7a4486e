package obs

import (
	"testing"

	"github.com/andreykaipov/goobs/api/opcodes"

	"cuelight/obs/wire"
)

// FuzzAnswer reads what OBS, or what speaks for it, says before and after it has
// accepted us: whatever it is, nothing panics, and nothing is made up.
func FuzzAnswer(f *testing.F) {
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
		var event opcodes.Event
		if wire.Decode(raw, &event) == nil {
			if e, ok := parseEvent(event); ok && len(e.Name) > maxEventName {
				t.Errorf("an event with a name of %d bytes", len(e.Name))
			}
		}
		var hello opcodes.Hello
		_ = readMessage(raw, wire.OpHello, "hello", &hello)
		var answer opcodes.RequestResponse
		if wire.Decode(raw, &answer) == nil {
			var status struct {
				Active bool    `json:"outputActive"`
				Bytes  float64 `json:"outputBytes"`
			}
			_ = readAnswer("GetStreamStatus", answer, &status)
		}
	})
}
