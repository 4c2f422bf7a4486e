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

// result is the common part of most answers.
type result struct {
	Result int    `json:"result"`
	Msg    string `json:"msg"`
}

// dataResult is a result with a payload.
type dataResult struct {
	result
	Data any `json:"data"`
}

func (c *call) message(m message) string { return c.d.messages[m] }

// ok answers with a payload.
func (c *call) ok(w http.ResponseWriter, data any) {
	writeJSON(w, dataResult{result{resultOK, c.message(msgSuccess)}, data})
}

// refuse answers as the platform refuses: with HTTP 200.
func (c *call) refuse(w http.ResponseWriter, code int, m message, inner string) {
	text := c.message(m)
	if inner != "" {
		text += "(" + inner + ")"
	}
	writeJSON(w, result{code, text})
}

func writeJSON(w http.ResponseWriter, v any) { writeStatusJSON(w, http.StatusOK, v) }

func writeStatusJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// An error here means that the caller has gone.
	_ = json.NewEncoder(w).Encode(v)
}

// oauthError answers in the form of RFC 6749, section 5.2.
func oauthError(w http.ResponseWriter, status int, kind, description string) {
	writeStatusJSON(w, status, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{kind, description})
}

// internalError answers an error of the sandbox itself, such as a full disk.
func (p *platform) internalError(w http.ResponseWriter, err error) {
	p.Log.Error("sandbox cannot keep its state", "error", err)
	http.Error(w, "sandbox: "+err.Error(), http.StatusInternalServerError)
}
