package obssim

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
type handler func(json.RawMessage) result

// everyHandler lists what it can answer.
func (o *OBS) everyHandler() map[string]handler {
	return map[string]handler{
		"GetVersion":               o.getVersion,
		"GetStats":                 o.output.getStats,
		"GetStreamServiceSettings": o.studio.getService,
		"SetStreamServiceSettings": o.studio.setService,
		"StartStream":              o.output.startStream,
		"StopStream":               o.output.stopStream,
		"GetStreamStatus":          o.output.getStreamStatus,
		"GetOutputList":            o.output.getOutputList,
		"GetRecordStatus":          o.output.getRecordStatus,
		"GetProfileList":           o.studio.getProfileList,
		"SetCurrentProfile":        o.studio.setCurrentProfile,
		"GetProfileParameter":      o.studio.getProfileParameter,
		"SetProfileParameter":      o.studio.setProfileParameter,
		"GetPersistentData":        o.studio.getPersistentData,
		"SetPersistentData":        o.studio.setPersistentData,
		"GetVideoSettings":         o.studio.getVideoSettings,
		"GetSceneList":             o.studio.getSceneList,
		"GetCurrentProgramScene":   o.studio.getCurrentProgramScene,
		"SetCurrentProgramScene":   o.studio.setCurrentProgramScene,
		"GetSceneItemList":         o.studio.getSceneItemList,
		"GetGroupSceneItemList":    o.studio.getGroupSceneItemList,
		"CreateSceneItem":          o.studio.createSceneItem,
		"GetInputList":             o.studio.getInputList,
		"GetInputKindList":         o.studio.getInputKindList,
		"CreateInput":              o.studio.createInput,
		"GetInputSettings":         o.studio.getInputSettings,
		"SetInputSettings":         o.studio.setInputSettings,
		"GetSpecialInputs":         o.studio.getSpecialInputs,
		"GetInputMute":             o.studio.getInputMute,
		"GetSourceScreenshot":      o.studio.getSourceScreenshot,
	}
}

// request is one request, by itself or within a batch.
type request struct {
	Type string          `json:"requestType"`
	ID   string          `json:"requestId"`
	Data json.RawMessage `json:"requestData"`
	// Inputs and Outputs are the variables of a batch, see variables.
	Inputs  map[string]string `json:"inputVariables"`
	Outputs map[string]string `json:"outputVariables"`
}

// response is the answer to one.
type response struct {
	Type   string         `json:"requestType"`
	ID     string         `json:"requestId,omitempty"`
	Status responseStatus `json:"requestStatus"`
	Data   any            `json:"responseData,omitempty"`
}

type responseStatus struct {
	Result  bool   `json:"result"`
	Code    int    `json:"code"`
	Comment string `json:"comment,omitempty"`
}

// request serves one request, each on its own, as OBS does with its threads:
// a slow one does not hold up the next.
func (s *session) request(raw json.RawMessage) (code int, why string) {
	var r request
	if err := json.Unmarshal(raw, &r); err != nil {
		return closeDecode, "The request was not understood."
	}
	fault := s.obs.faults.forRequest(r.Type)
	switch {
	case fault.Close != 0:
		return fault.Close, ""
	case fault.Ignore:
	case fault.Delay > 0:
		s.obs.after(fault.Delay, func() { s.send(opResponse, s.obs.answer(r, fault)) })
	default:
		s.send(opResponse, s.obs.answer(r, fault))
	}
	return 0, ""
}

// requestBatch serves the requests of a batch one after another.
func (s *session) requestBatch(raw json.RawMessage) (code int, why string) {
	var b struct {
		ID       string    `json:"requestId"`
		Halt     bool      `json:"haltOnFailure"`
		Requests []request `json:"requests"`
	}
	if err := json.Unmarshal(raw, &b); err != nil || b.ID == "" {
		return closeDecode, "The batch was not understood."
	}
	s.obs.after(0, func() {
		results, ok := s.serveBatch(b.Requests, b.Halt)
		if ok {
			s.send(opRequestBatchResponse, map[string]any{"requestId": b.ID, "results": results})
		}
	})
	return 0, ""
}

// serveBatch gives the results of a batch; ok is false where a fault says that
// none are sent.
func (s *session) serveBatch(requests []request, halt bool) (results []response, ok bool) {
	results = []response{}
	writes := func(r request) bool { return r.Type == "SetStreamServiceSettings" }
	if s.obs.faults.current().SteadyWrites && slices.ContainsFunc(requests, writes) {
		s.obs.switching.RLock()
		defer s.obs.switching.RUnlock()
	}
	values := variables{}
	for _, r := range requests {
		r.Data = values.fillIn(r.Data, r.Inputs)
		fault := s.obs.faults.forRequest(r.Type)
		if fault.Close != 0 {
			s.close(fault.Close, "")
			return nil, false
		}
		if fault.Ignore || !s.obs.sleep(fault.Delay) {
			return nil, false
		}
		answer := s.obs.answer(r, fault)
		values.take(answer.Data, r.Outputs)
		results = append(results, answer)
		if halt && !answer.Status.Result {
			break
		}
		if hook := s.obs.faults.current().InBatch; hook != nil {
			hook(len(results), r.Type)
		}
	}
	return results, true
}

// answer makes the response to a request.
func (o *OBS) answer(r request, fault Fault) response {
	var out result
	handle, known := o.handlers[r.Type]
	switch {
	case fault.Status != 0:
		out = refuse(fault.Status, fault.Comment)
	case !known:
		out = refuse(codeUnknownRequest, "Your request type is not valid.")
	default:
		out = handle(r.Data)
	}
	return response{
		Type: r.Type, ID: r.ID, Data: out.data,
		Status: responseStatus{Result: out.code == codeSuccess, Code: out.code, Comment: out.comment},
	}
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
		"platform": "simulated", "platformDescription": "a simulated OBS of Cuelight",
	})
}

// since is the time between, in milliseconds, never negative.
func since(t time.Time) float64 {
	return max(0, float64(time.Since(t))/float64(time.Millisecond))
}
