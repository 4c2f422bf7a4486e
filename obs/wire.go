package obs

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"github.com/andreykaipov/goobs/api/opcodes"
	"github.com/gorilla/websocket"
)

// The opcodes of obs-websocket (protocol.md, WebSocketOpCode).
const (
	opHello                = 0
	opIdentify             = 1
	opIdentified           = 2
	opReidentify           = 3
	opEvent                = 5
	opRequest              = 6
	opRequestResponse      = 7
	opRequestBatch         = 8
	opRequestBatchResponse = 9
)

// maxMessage bounds one message from OBS, in bytes. The largest we ask for are
// lists of scenes and requests, of some hundred kilobytes in a studio that is
// very full. What is made of a message in memory may be many times its size.
const maxMessage = 2 << 20

// wire is one websocket with its two goroutines. Requests are matched to
// answers by id; whatever is pending when the wire dies is answered with the
// reason; answers nobody waits for any more are dropped.
type wire struct {
	conn    *websocket.Conn
	ping    time.Duration
	silence time.Duration
	onEvent func(opcodes.Event)

	out  chan []byte
	dead chan struct{} // closed when the wire is dead
	wg   sync.WaitGroup

	// mu guards what is below. It is held for no longer than a look-up.
	mu      sync.Mutex
	err     *Error // why it died; set before dead is closed
	pending map[string]chan json.RawMessage
	lastID  uint64
}

// newWire starts serving a connection that has identified itself. onEvent is
// called on the reading goroutine and must not block.
func newWire(conn *websocket.Conn, d Dialer, onEvent func(opcodes.Event)) *wire {
	w := &wire{
		conn: conn, ping: d.Ping, silence: d.Silence, onEvent: onEvent,
		out:     make(chan []byte, 16),
		dead:    make(chan struct{}),
		pending: map[string]chan json.RawMessage{},
	}
	conn.SetReadLimit(maxMessage)
	w.alive()
	conn.SetPongHandler(func(string) error { w.alive(); return nil })
	w.wg.Add(2)
	go w.read()
	go w.write()
	return w
}

// alive pushes the deadline of the next byte.
func (w *wire) alive() { _ = w.conn.SetReadDeadline(time.Now().Add(w.silence)) }

func (w *wire) read() {
	defer w.wg.Done()
	for {
		_, raw, err := w.conn.ReadMessage()
		if err != nil {
			w.die(readError(err))
			return
		}
		w.alive()
		if err := w.dispatch(raw); err != nil {
			w.die(err)
			return
		}
	}
}

// readError says "silent" for a deadline, which else reads like a network
// fault.
func readError(err error) *Error {
	if isTimeout(err) {
		return &Error{Kind: ErrClosed, Op: "read", Comment: "OBS fell silent"}
	}
	return closeError("read", err)
}

// dispatch hands on one message. A message of unknown opcode or with unknown
// fields is ignored: newer servers say more.
func (w *wire) dispatch(raw []byte) *Error {
	var m opcodes.Message
	if err := json.Unmarshal(raw, &m); err != nil {
		return &Error{Kind: ErrProtocol, Op: "read", Err: err}
	}
	switch m.Op {
	case opEvent:
		var event opcodes.Event
		if err := decode(m.D, &event); err == nil {
			w.onEvent(event)
		}
	case opRequestResponse, opRequestBatchResponse:
		var answer struct {
			ID string `json:"requestId"`
		}
		if err := json.Unmarshal(m.D, &answer); err == nil {
			w.answer(answer.ID, m.D)
		}
	}
	return nil
}

// answer hands the data of an answer to whoever waits for it.
func (w *wire) answer(id string, data json.RawMessage) {
	w.mu.Lock()
	waiting, ok := w.pending[id]
	delete(w.pending, id)
	w.mu.Unlock()
	if ok {
		waiting <- data // has room for one, and gets one
	}
}

func (w *wire) write() {
	defer w.wg.Done()
	tick := time.NewTicker(w.ping)
	defer tick.Stop()
	for {
		var err error
		select {
		case <-w.dead:
			return
		case raw := <-w.out:
			_ = w.conn.SetWriteDeadline(time.Now().Add(w.silence))
			err = w.conn.WriteMessage(websocket.TextMessage, raw)
		case <-tick.C:
			err = w.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(w.silence))
		}
		if err != nil {
			w.writeFailed(err)
			return
		}
	}
}

// writeFailed lets the reader find the better reason first: a close frame may
// still be on its way in when the socket no longer takes anything.
func (w *wire) writeFailed(err error) {
	grace := time.NewTimer(200 * time.Millisecond)
	defer grace.Stop()
	select {
	case <-w.dead:
	case <-grace.C:
		w.die(&Error{Kind: ErrClosed, Op: "write", Err: err})
	}
}

// die ends the wire once; the first reason stays. Closing the socket ends both
// goroutines, and the closed channel answers whoever waits.
func (w *wire) die(why *Error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return
	}
	w.err = why
	_ = w.conn.Close()
	close(w.dead)
}

// reason is nil while the wire lives.
func (w *wire) reason() *Error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// deadError is the synthetic failure of a request on a dead wire.
func (w *wire) deadError(op string) *Error {
	why := *w.reason()
	why.Op = op
	return &why
}

// close says goodbye, ends the wire and waits for its goroutines.
func (w *wire) close() {
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = w.conn.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(200*time.Millisecond))
	w.die(&Error{Kind: ErrClosed, Op: "close", Comment: "closed by us"})
	w.wg.Wait()
}

// send queues a message without waiting for any answer.
func (w *wire) send(ctx context.Context, op string, m message) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return &Error{Kind: ErrUsage, Op: op, Err: err}
	}
	select {
	case <-w.dead:
		return w.deadError(op)
	default:
	}
	select {
	case w.out <- raw:
		return nil
	case <-w.dead:
		return w.deadError(op)
	case <-ctx.Done():
		return ctxError(op, ctx.Err())
	}
}

// exchange sends a request or a batch of them under an id of its own and waits
// for the data of its answer, the end of the context or the death of the wire,
// whichever is first. name is what an error says was tried.
func (w *wire) exchange(ctx context.Context, name string, opcode int, data func(id string) any) (json.RawMessage, error) {
	answer := make(chan json.RawMessage, 1)
	w.mu.Lock()
	w.lastID++
	id := strconv.FormatUint(w.lastID, 10)
	w.pending[id] = answer
	w.mu.Unlock()
	defer w.forget(id)

	if err := w.send(ctx, name, message{Op: opcode, D: data(id)}); err != nil {
		return nil, err
	}
	select {
	case a := <-answer:
		return a, nil
	case <-w.dead:
		return nil, w.deadError(name)
	case <-ctx.Done():
		return nil, ctxError(name, ctx.Err())
	}
}

func (w *wire) forget(id string) {
	w.mu.Lock()
	delete(w.pending, id)
	w.mu.Unlock()
}
