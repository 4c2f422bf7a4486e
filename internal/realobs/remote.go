//go:build linux

package realobs

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Remote is another client of an OBS: it shares no code with the one under
// test, and ends the test when anything fails. It is for one goroutine.
type Remote struct {
	t    *testing.T
	conn *websocket.Conn
}

// Connect gives a client that is ready for requests, until the end of the test.
func (o *OBS) Connect(t *testing.T) *Remote {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+o.Address(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	r := &Remote{t, conn}
	auth := r.read(0)["authentication"].(map[string]any)
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	answer := hash(hash(o.Password+auth["salt"].(string)) + auth["challenge"].(string))
	r.write(1, map[string]any{"rpcVersion": 1, "authentication": answer, "eventSubscriptions": 0})
	r.read(2)
	return r
}

func (r *Remote) write(op int, d any) {
	r.t.Helper()
	if err := r.conn.WriteJSON(map[string]any{"op": op, "d": d}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *Remote) read(op int) map[string]any {
	r.t.Helper()
	var m struct {
		Op int            `json:"op"`
		D  map[string]any `json:"d"`
	}
	_ = r.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if err := r.conn.ReadJSON(&m); err != nil || m.Op != op {
		r.t.Fatalf("opcode %d, %v; want %d", m.Op, err, op)
	}
	return m.D
}

// Request makes a request, wants it to succeed and gives its data.
func (r *Remote) Request(name string, data any) map[string]any {
	r.t.Helper()
	r.write(6, map[string]any{"requestType": name, "requestId": "x", "requestData": data})
	d := r.read(7)
	if status := d["requestStatus"].(map[string]any); status["result"] != true {
		r.t.Fatalf("%s: %v", name, status)
	}
	answer, _ := d["responseData"].(map[string]any)
	return answer
}

// AddProfile adds a profile and switches to it.
func (r *Remote) AddProfile(name string) {
	r.t.Helper()
	r.Request("CreateProfile", map[string]any{"profileName": name})
}

// SwitchProfile uses another profile, as the user does from OBS's menu, and
// waits until OBS does.
func (r *Remote) SwitchProfile(name string) {
	r.t.Helper()
	r.Request("SetCurrentProfile", map[string]any{"profileName": name})
}

// SetService sets the stream service of the profile in use; settings are merged
// while the type stays the same.
func (r *Remote) SetService(typ string, settings map[string]any) {
	r.t.Helper()
	r.Request("SetStreamServiceSettings", map[string]any{"streamServiceType": typ, "streamServiceSettings": settings})
}

// Service gives the stream service of the profile in use.
func (r *Remote) Service() (typ string, settings map[string]any) {
	r.t.Helper()
	held := r.Request("GetStreamServiceSettings", nil)
	typ, _ = held["streamServiceType"].(string)
	settings, _ = held["streamServiceSettings"].(map[string]any)
	return typ, settings
}
