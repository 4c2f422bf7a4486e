//go:build linux

package realparts

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
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

// OBSRefusal is a request that OBS answered with a status other than success.
type OBSRefusal struct {
	Request string
	// Code is OBS's request status, such as 207 for NotReady.
	Code    int
	Comment string
}

func (e *OBSRefusal) Error() string {
	return fmt.Sprintf("OBS refuses %s: %d %s", e.Request, e.Code, e.Comment)
}

// DialOBS connects and identifies itself.
func DialOBS(t testing.TB, address, password string) *OBSClient {
	t.Helper()
	c, err := ConnectOBS(t.Context(), address, password)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// ConnectOBS is DialOBS without a test.
func ConnectOBS(ctx context.Context, address, password string) (*OBSClient, error) {
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, "ws://"+address, nil)
	if err != nil {
		return nil, fmt.Errorf("connect to OBS: %w", err)
	}
	c := &OBSClient{conn: conn}
	if err := c.identify(password); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Close ends the connection.
func (c *OBSClient) Close() { _ = c.conn.Close() }

func (c *OBSClient) identify(password string) error {
	var hello struct {
		Authentication *struct{ Challenge, Salt string }
	}
	if err := c.read(0, &hello); err != nil {
		return err
	}
	identify := map[string]any{"rpcVersion": 1, "eventSubscriptions": 0}
	if a := hello.Authentication; a != nil {
		identify["authentication"] = digest(digest(password+a.Salt) + a.Challenge)
	}
	if err := c.write(1, identify); err != nil {
		return err
	}
	return c.read(2, nil)
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Request asks OBS for something and gives the answer. data may be nil.
func (c *OBSClient) Request(t testing.TB, request string, data any) map[string]any {
	t.Helper()
	answer, err := c.Ask(request, data)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// Ask is Request without a test; a refusal is an *OBSRefusal.
func (c *OBSClient) Ask(request string, data any) (map[string]any, error) {
	id := request + "-" + time.Now().Format(time.RFC3339Nano)
	if err := c.write(6, map[string]any{"requestType": request, "requestId": id, "requestData": data}); err != nil {
		return nil, err
	}
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
		if err := c.read(7, &answer); err != nil {
			return nil, err
		}
		if answer.RequestID != id {
			continue
		}
		if status := answer.RequestStatus; !status.Result {
			return nil, &OBSRefusal{Request: request, Code: status.Code, Comment: status.Comment}
		}
		return answer.ResponseData, nil
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

func (c *OBSClient) write(op int, data any) error {
	raw, err := json.Marshal(data)
	if err == nil {
		_ = c.conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
		err = c.conn.WriteJSON(obsMessage{Op: op, Data: raw})
	}
	if err != nil {
		return fmt.Errorf("write to OBS: %w", err)
	}
	return nil
}

// read takes the next message of an operation; others are passed over.
func (c *OBSClient) read(op int, into any) error {
	for {
		var m obsMessage
		_ = c.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		if err := c.conn.ReadJSON(&m); err != nil {
			return fmt.Errorf("read from OBS: %w", err)
		}
		if m.Op != op {
			continue
		}
		if into == nil {
			return nil
		}
		if err := json.Unmarshal(m.Data, into); err != nil {
			return fmt.Errorf("read from OBS: %w", err)
		}
		return nil
	}
}
