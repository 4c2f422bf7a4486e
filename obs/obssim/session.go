package obssim

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Opcodes and close codes of obs-websocket (protocol.md).
const (
	opHello, opIdentify, opIdentified, opReidentify = 0, 1, 2, 3
	opEvent, opRequest, opResponse                  = 5, 6, 7
	opRequestBatch, opRequestBatchResponse          = 8, 9

	closeDecode, closeUnknownOp     = 4002, 4006
	closeNotIdentified, closeAgain  = 4007, 4008
	closeAuthentication, closeOldRP = 4009, 4010
)

// session is one connected client.
type session struct {
	obs             *OBS
	conn            *websocket.Conn
	salt, challenge string

	// write lets one message at a time through to the socket, which takes no two
	// at once; it guards nothing else, and a write has a deadline.
	write sync.Mutex

	mu         sync.Mutex // guards what is below
	identified bool
	mask       int
}

func newSession(o *OBS, conn *websocket.Conn) *session {
	s := &session{obs: o, conn: conn, salt: randomText(), challenge: randomText()}
	pong := conn.PingHandler()
	conn.SetPingHandler(func(data string) error {
		s.freeze()
		return pong(data)
	})
	return s
}

func randomText() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, see crypto/rand
	return base64.StdEncoding.EncodeToString(raw)
}

type frame struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
}

// run says hello and serves until the client leaves.
func (s *session) run() {
	if code := s.obs.faults.current().CloseAtHello; code != 0 {
		s.close(code, "")
		return
	}
	hello := map[string]any{"obsWebSocketVersion": webSocketVersion, "rpcVersion": 1}
	if !s.obs.Endpoint().Password.Empty() {
		hello["authentication"] = map[string]string{"challenge": s.challenge, "salt": s.salt}
	}
	s.send(opHello, hello)
	for {
		_, raw, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		s.freeze()
		var f frame
		if err := json.Unmarshal(raw, &f); err != nil {
			s.close(closeDecode, "The message was not valid JSON.")
			return
		}
		if code, why := s.handle(f); code != 0 {
			s.close(code, why)
			return
		}
	}
}

// freeze stops the session for good while Faults.Hang is on: it reads nothing
// any more, so it answers no ping either.
func (s *session) freeze() {
	if s.obs.faults.current().Hang {
		<-s.obs.ctx.Done()
	}
}

// handle serves one message; a code other than 0 ends the session.
func (s *session) handle(f frame) (code int, why string) {
	s.mu.Lock()
	identified := s.identified
	s.mu.Unlock()
	switch {
	case f.Op == opIdentify && identified:
		return closeAgain, "You are already Identified with the obs-websocket server."
	case f.Op == opIdentify:
		return s.identify(f.D)
	case !identified:
		return closeNotIdentified, "You attempted to send a message before identifying."
	case f.Op == opReidentify:
		return s.reidentify(f.D)
	case f.Op == opRequest:
		return s.request(f.D)
	case f.Op == opRequestBatch:
		return s.requestBatch(f.D)
	default:
		return closeUnknownOp, "Unknown OpCode."
	}
}

func (s *session) identify(raw json.RawMessage) (int, string) {
	d := struct {
		RPC            int    `json:"rpcVersion"`
		Authentication string `json:"authentication"`
		Mask           *int   `json:"eventSubscriptions"`
	}{}
	if err := json.Unmarshal(raw, &d); err != nil {
		return closeDecode, "The identify message was not understood."
	}
	if code := s.obs.faults.current().CloseAtIdentify; code != 0 {
		return code, ""
	}
	if password := s.obs.Endpoint().Password; !password.Empty() {
		want := s.expected(password.Reveal())
		if subtle.ConstantTimeCompare([]byte(want), []byte(d.Authentication)) != 1 {
			return closeAuthentication, "Authentication failed."
		}
	}
	if d.RPC != 1 {
		return closeOldRP, "Unsupported RPC version."
	}
	s.mu.Lock()
	s.identified, s.mask = true, 1<<11-1
	if d.Mask != nil {
		s.mask = *d.Mask
	}
	s.mu.Unlock()
	s.send(opIdentified, map[string]any{"negotiatedRpcVersion": 1})
	return 0, ""
}

// expected is the answer to this session's challenge.
func (s *session) expected(password string) string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	return hash(hash(password+s.salt) + s.challenge)
}

func (s *session) reidentify(raw json.RawMessage) (int, string) {
	d := struct {
		Mask *int `json:"eventSubscriptions"`
	}{}
	if err := json.Unmarshal(raw, &d); err != nil {
		return closeDecode, "The reidentify message was not understood."
	}
	if d.Mask != nil {
		s.mu.Lock()
		s.mask = *d.Mask
		s.mu.Unlock()
	}
	s.send(opIdentified, map[string]any{"negotiatedRpcVersion": 1})
	return 0, ""
}

// listens reports whether the client asked for events of that category.
func (s *session) listens(intent int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.identified && s.mask&intent != 0
}

// send writes one message. A client that does not read is left alone after a
// while, as a server must.
func (s *session) send(op int, d any) {
	raw, err := json.Marshal(d)
	if err != nil {
		return
	}
	s.write.Lock()
	defer s.write.Unlock()
	_ = s.conn.SetWriteDeadline(time.Now().Add(2 * time.Second))
	if err := s.conn.WriteJSON(frame{Op: op, D: raw}); err != nil {
		_ = s.conn.Close()
	}
}

// close says why and ends the connection.
func (s *session) close(code int, why string) {
	message := websocket.FormatCloseMessage(code, why)
	_ = s.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(200*time.Millisecond))
	_ = s.conn.Close()
}

// Emit sends an event to every client that listens to its category. The
// intents are those of protocol.md, EventSubscription.
func (o *OBS) Emit(event string, intent int, data any) {
	if o.faults.current().Hang {
		return
	}
	d := map[string]any{"eventType": event, "eventIntent": intent}
	if data != nil {
		d["eventData"] = data
	}
	for _, s := range o.server.everySession() {
		if s.listens(intent) {
			s.send(opEvent, d)
		}
	}
}

// Categories of events (protocol.md, EventSubscription).
const (
	intentGeneral, intentConfig, intentScenes = 1 << 0, 1 << 1, 1 << 2
	intentInputs, intentOutputs               = 1 << 3, 1 << 6
	intentMeters                              = 1 << 16
)
