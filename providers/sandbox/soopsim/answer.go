package soopsim

import (
	"encoding/json"
	"net/http"
)

// Result codes. -1320 is documented, -1104 and -10 are reported; resultRefused
// is the sandbox's own. (-1302, "not live", is reported too, but for no call
// that is simulated; a fault can answer it.)
const (
	resultOK      = 1
	resultWaiting = -1320
	resultClient  = -1104
	resultSignIn  = -10
	resultRefused = -1
)

// verdict is how the platform says yes or no.
type verdict struct {
	Result int    `json:"result"`
	Msg    string `json:"msg"`
}

// withData is a verdict with a payload.
type withData struct {
	verdict
	Data any `json:"data"`
}

func (c *call) msg(m message) string { return c.d.messages[m] }

// ok answers with a payload.
func (c *call) ok(w http.ResponseWriter, data any) {
	answer(w, withData{verdict{resultOK, c.msg(msgSuccess)}, data})
}

// refuse answers as the platform refuses: with HTTP 200.
func (c *call) refuse(w http.ResponseWriter, result int, m message, inner string) {
	text := c.msg(m)
	if inner != "" {
		text += "(" + inner + ")"
	}
	answer(w, verdict{result, text})
}

func answer(w http.ResponseWriter, v any) { answerStatus(w, http.StatusOK, v) }

func answerStatus(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// An error here means that the caller has gone.
	_ = json.NewEncoder(w).Encode(v)
}

// oauthError answers in the form of RFC 6749, section 5.2.
func oauthError(w http.ResponseWriter, status int, kind, description string) {
	answerStatus(w, status, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{kind, description})
}

// trouble is the sandbox's own failure, such as a full disk.
func (s *Service) trouble(w http.ResponseWriter, err error) {
	s.Log.Error("sandbox cannot keep its state", "error", err)
	http.Error(w, "practice service: "+err.Error(), http.StatusInternalServerError)
}
