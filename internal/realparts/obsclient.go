//go:build linux

package realparts

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// OBSClient is a second, plain client of obs-websocket, which shares nothing
// with Cuelight's: it looks at OBS behind Cuelight's back.
type OBSClient struct {
	conn *websocket.Conn
}

// obsMessage is what both sides send: an operation and its data (obs-websocket
// protocol, "Message Types").
type obsMessage struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

// DialOBS connects and identifies itself.
func DialOBS(t testing.TB, address, password string) *OBSClient {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+address, nil)
	if err != nil {
		t.Fatalf("connect to OBS: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	c := &OBSClient{conn: conn}
	var hello struct {
		Authentication *struct{ Challenge, Salt string }
	}
	c.read(t, 0, &hello)
	identify := map[string]any{"rpcVersion": 1, "eventSubscriptions": 0}
	if a := hello.Authentication; a != nil {
		identify["authentication"] = digest(digest(password+a.Salt) + a.Challenge)
	}
	c.write(t, 1, identify)
	c.read(t, 2, nil)
	return c
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Request asks OBS for something and gives the answer. data may be nil.
func (c *OBSClient) Request(t testing.TB, request string, data any) map[string]any {
	t.Helper()
	id := request + "-" + time.Now().Format(time.RFC3339Nano)
	c.write(t, 6, map[string]any{"requestType": request, "requestId": id, "requestData": data})
	for {
		var answer struct {
			RequestID     string
			RequestStatus struct {
				Result  bool
				Code    int
				Comment string
			}
			ResponseData map[string]any
		}
		c.read(t, 7, &answer)
		if answer.RequestID != id {
			continue
		}
		if !answer.RequestStatus.Result {
			t.Fatalf("OBS refuses %s: %d %s", request, answer.RequestStatus.Code, answer.RequestStatus.Comment)
		}
		return answer.ResponseData
	}
}

// StreamService is where OBS is set to stream to.
type StreamService struct {
	Type        string
	Server, Key string
	UseAuth     bool
}

// Service reads where OBS streams to.
func (c *OBSClient) Service(t testing.TB) StreamService {
	t.Helper()
	answer := c.Request(t, "GetStreamServiceSettings", nil)
	settings, _ := answer["streamServiceSettings"].(map[string]any)
	text := func(v any) string { s, _ := v.(string); return s }
	auth, _ := settings["use_auth"].(bool)
	return StreamService{
		Type: text(answer["streamServiceType"]), Server: text(settings["server"]), Key: text(settings["key"]), UseAuth: auth,
	}
}

// SetService points OBS at a server of one's own.
func (c *OBSClient) SetService(t testing.TB, server, key string) {
	t.Helper()
	c.Request(t, "SetStreamServiceSettings", map[string]any{
		"streamServiceType":     "rtmp_custom",
		"streamServiceSettings": map[string]any{"server": server, "key": key},
	})
}

// Streaming reports whether OBS's stream output runs.
func (c *OBSClient) Streaming(t testing.TB) bool {
	t.Helper()
	active, _ := c.Request(t, "GetStreamStatus", nil)["outputActive"].(bool)
	return active
}

func (c *OBSClient) write(t testing.TB, op int, data any) {
	t.Helper()
	raw, err := json.Marshal(data)
	if err == nil {
		_ = c.conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
		err = c.conn.WriteJSON(obsMessage{Op: op, Data: raw})
	}
	if err != nil {
		t.Fatalf("write to OBS: %v", err)
	}
}

// read takes the next message of an operation; others are passed over.
func (c *OBSClient) read(t testing.TB, op int, into any) {
	t.Helper()
	for {
		var m obsMessage
		_ = c.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		if err := c.conn.ReadJSON(&m); err != nil {
			t.Fatalf("read from OBS: %v", err)
		}
		if m.Op != op {
			continue
		}
		if into == nil {
			return
		}
		if err := json.Unmarshal(m.Data, into); err != nil {
			t.Fatalf("read from OBS: %v", err)
		}
		return
	}
}
