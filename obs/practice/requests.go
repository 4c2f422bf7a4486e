package practice

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Request status codes (protocol.md, RequestStatus).
const (
	codeSuccess        = 100
	codeUnknownRequest = 204
	codeMissingField   = 300
	codeFieldEmpty     = 403
	codeRunning        = 500
	codeNotRunning     = 501
	codeNotFound       = 600
	codeExists         = 601
	codeInvalidKind    = 605
)

// result is the outcome of a request.
type result struct {
	code    int
	comment string
	data    any
}

func success(data any) result { return result{code: codeSuccess, data: data} }

func refuse(code int, comment string) result { return result{code: code, comment: comment} }

// handler answers one type of request.
type handler func(*OBS, json.RawMessage) result

// handlers lists what it can answer.
func handlers() map[string]handler {
	return map[string]handler{
		"GetVersion":                 (*OBS).getVersion,
		"GetStats":                   (*OBS).getStats,
		"GetStreamServiceSettings":   (*OBS).getService,
		"SetStreamServiceSettings":   (*OBS).setService,
		"StartStream":                (*OBS).startStream,
		"StopStream":                 (*OBS).stopStream,
		"GetStreamStatus":            (*OBS).getStreamStatus,
		"GetOutputList":              (*OBS).getOutputList,
		"GetRecordStatus":            (*OBS).getRecordStatus,
		"GetProfileList":             (*OBS).getProfileList,
		"GetProfileParameter":        (*OBS).getProfileParameter,
		"SetProfileParameter":        (*OBS).setProfileParameter,
		"GetVideoSettings":           (*OBS).getVideoSettings,
		"GetSceneList":               (*OBS).getSceneList,
		"GetCurrentProgramScene":     (*OBS).getCurrentProgramScene,
		"SetCurrentProgramScene":     (*OBS).setCurrentProgramScene,
		"GetSceneItemList":           (*OBS).getSceneItemList,
		"CreateSceneItem":            (*OBS).createSceneItem,
		"GetInputList":               (*OBS).getInputList,
		"GetInputKindList":           (*OBS).getInputKindList,
		"CreateInput":                (*OBS).createInput,
		"RemoveInput":                (*OBS).removeInput,
		"GetInputSettings":           (*OBS).getInputSettings,
		"SetInputSettings":           (*OBS).setInputSettings,
		"GetSpecialInputs":           (*OBS).getSpecialInputs,
		"GetInputMute":               (*OBS).getInputMute,
		"SetInputMute":               (*OBS).setInputMute,
		"PressInputPropertiesButton": (*OBS).pressInputPropertiesButton,
		"GetSourceScreenshot":        (*OBS).getSourceScreenshot,
	}
}

// request serves one request, each on its own, as OBS does with its threads:
// a slow one does not hold up the next.
func (s *session) request(raw json.RawMessage) (code int, why string) {
	var r struct {
		Type string          `json:"requestType"`
		ID   string          `json:"requestId"`
		Data json.RawMessage `json:"requestData"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return closeDecode, "The request was not understood."
	}
	fault := s.obs.requestFault(r.Type)
	if fault.Close != 0 {
		return fault.Close, ""
	}
	if fault.Delay > 0 {
		s.obs.after(fault.Delay, func() { s.answer(r.Type, r.ID, r.Data, fault) })
		return 0, ""
	}
	s.answer(r.Type, r.ID, r.Data, fault)
	return 0, ""
}

func (s *session) answer(name, id string, data json.RawMessage, fault Fault) {
	if fault.Ignore {
		return
	}
	answer := map[string]any{"requestType": name, "requestId": id}
	var r result
	handle, known := s.obs.handlers[name]
	switch {
	case fault.Status != 0:
		r = refuse(fault.Status, fault.Comment)
	case !known:
		r = refuse(codeUnknownRequest, "Your request type is not valid.")
	default:
		r = handle(s.obs, data)
	}
	status := map[string]any{"result": r.code == codeSuccess, "code": r.code}
	if r.comment != "" {
		status["comment"] = r.comment
	}
	answer["requestStatus"] = status
	if r.data != nil {
		answer["responseData"] = r.data
	}
	s.send(opResponse, answer)
}

// arguments reads a request's data; an absent one leaves the fields empty.
func arguments[T any](raw json.RawMessage) (T, bool) {
	var d T
	if len(raw) == 0 {
		return d, true
	}
	return d, json.Unmarshal(raw, &d) == nil
}

func (o *OBS) getVersion(json.RawMessage) result {
	return success(map[string]any{
		"obsVersion": Version, "obsWebSocketVersion": webSocketVersion, "rpcVersion": 1,
		"availableRequests": slices.Sorted(maps.Keys(o.handlers)), "supportedImageFormats": []string{},
		"platform": "practice", "platformDescription": "a practice OBS of Cuelight",
	})
}

// since is the time between, in milliseconds, never negative.
func since(t time.Time) float64 {
	return max(0, float64(time.Since(t))/float64(time.Millisecond))
}
