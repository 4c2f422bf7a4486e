// Package wire carries obs-websocket v5 over one websocket: it matches answers
// to requests, pings, and ends with a reason as soon as the other side does or
// falls silent. It knows the protocol's envelopes and none of its requests.
package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/andreykaipov/goobs/api/opcodes"
	"github.com/gorilla/websocket"
)

// The opcodes of obs-websocket (protocol.md, WebSocketOpCode).
const (
	OpHello                = 0
	OpIdentify             = 1
	OpIdentified           = 2
	OpReidentify           = 3
	OpEvent                = 5
	OpRequest              = 6
	OpRequestResponse      = 7
	OpRequestBatch         = 8
	OpRequestBatchResponse = 9
)

// maxMessage bounds one message from OBS, in bytes. The largest we ask for are
// lists of scenes and requests, of some hundred kilobytes in a studio that is
// very full. What is made of a message in memory may be many times its size.
const maxMessage = 2 << 20

// The reasons for an end that are not those of the socket or of the context.
var (
	// ErrSilent: nothing came in for Options.Silence.
	ErrSilent = errors.New("OBS fell silent")
	// ErrClosed: Close was called.
	ErrClosed = errors.New("closed by us")
	// ErrMalformed: what came in is no message of the protocol.
	ErrMalformed = errors.New("not a message of obs-websocket")
	// ErrUnsendable: the data of a message cannot be encoded.
	ErrUnsendable = errors.New("cannot be sent")
)

// Message is what is sent: an opcode and its data.
type Message struct {
	Op int `json:"op"`
	D  any `json:"d"`
}

// Options are the times of a Conn.
type Options struct {
	// Ping is how often the other side is pinged.
	Ping time.Duration
	// Silence is after how long without a byte it counts as dead.
	Silence time.Duration
}

// Conn is one websocket with its two goroutines, which end with it. Requests
// are matched to answers by id; whatever is pending when it ends fails with the
// reason; answers nobody waits for any more are dropped.
type Conn struct {
	conn    *websocket.Conn
	options Options
	onEvent func(opcodes.Event)

	out  chan []byte
	dead chan struct{} // closed when it has ended
	wg   sync.WaitGroup

	// mu guards what is below. It is held for no longer than a look-up.
	mu      sync.Mutex
	err     error // why it ended; set before dead is closed
	pending map[string]chan json.RawMessage
	lastID  uint64
}

// New serves a websocket that has identified itself. onEvent is called on the
// reading goroutine and must not block.
func New(conn *websocket.Conn, options Options, onEvent func(opcodes.Event)) *Conn {
	c := &Conn{
		conn: conn, options: options, onEvent: onEvent,
		out:     make(chan []byte, 16),
		dead:    make(chan struct{}),
		pending: map[string]chan json.RawMessage{},
	}
	conn.SetReadLimit(maxMessage)
	c.alive()
	conn.SetPongHandler(func(string) error { c.alive(); return nil })
	c.wg.Add(2)
	go c.read()
	go c.write()
	return c
}

// alive pushes the deadline of the next byte.
func (c *Conn) alive() { _ = c.conn.SetReadDeadline(time.Now().Add(c.options.Silence)) }

func (c *Conn) read() {
	defer c.wg.Done()
	for {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			c.end(readError(err))
			return
		}
		c.alive()
		if err := c.dispatch(raw); err != nil {
			c.end(err)
			return
		}
	}
}

// readError says "silent" for a deadline, which else reads like a network
// fault.
func readError(err error) error {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return ErrSilent
	}
	return err
}

// dispatch hands on one message. A message of unknown opcode or with unknown
// fields is ignored: newer servers say more.
func (c *Conn) dispatch(raw []byte) error {
	var m opcodes.Message
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	switch m.Op {
	case OpEvent:
		var event opcodes.Event
		if err := Decode(m.D, &event); err == nil {
			c.onEvent(event)
		}
	case OpRequestResponse, OpRequestBatchResponse:
		var answer struct {
			ID string `json:"requestId"`
		}
		if err := json.Unmarshal(m.D, &answer); err == nil {
			c.answer(answer.ID, m.D)
		}
	}
	return nil
}

// answer hands the data of an answer to whoever waits for it.
func (c *Conn) answer(id string, data json.RawMessage) {
	c.mu.Lock()
	waiting, ok := c.pending[id]
	delete(c.pending, id)
	c.mu.Unlock()
	if ok {
		waiting <- data // has room for one, and gets one
	}
}

func (c *Conn) write() {
	defer c.wg.Done()
	tick := time.NewTicker(c.options.Ping)
	defer tick.Stop()
	for {
		var err error
		select {
		case <-c.dead:
			return
		case raw := <-c.out:
			_ = c.conn.SetWriteDeadline(time.Now().Add(c.options.Silence))
			err = c.conn.WriteMessage(websocket.TextMessage, raw)
		case <-tick.C:
			err = c.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.options.Silence))
		}
		if err != nil {
			c.writeFailed(err)
			return
		}
	}
}

// writeFailed lets the reader find the better reason first: a close frame may
// still be on its way in when the socket no longer takes anything.
func (c *Conn) writeFailed(err error) {
	grace := time.NewTimer(200 * time.Millisecond)
	defer grace.Stop()
	select {
	case <-c.dead:
	case <-grace.C:
		c.end(err)
	}
}

// end ends it once; the first reason stays. Closing the socket ends both
// goroutines, and the closed channel answers whoever waits.
func (c *Conn) end(why error) {
	c.mu.Lock()
	first := c.err == nil
	if first {
		c.err = why
	}
	c.mu.Unlock()
	if first {
		_ = c.conn.Close()
		close(c.dead)
	}
}

// Done is closed when it has ended.
func (c *Conn) Done() <-chan struct{} { return c.dead }

// Err is nil while it lives, and then tells why it ended: one of the reasons
// above, a *websocket.CloseError, or an error of the socket.
func (c *Conn) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Close sends a close frame, ends it and waits for its goroutines.
func (c *Conn) Close() {
	frame := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.conn.WriteControl(websocket.CloseMessage, frame, time.Now().Add(200*time.Millisecond))
	c.end(ErrClosed)
	c.wg.Wait()
}

// Send queues a message without waiting for any answer.
func (c *Conn) Send(ctx context.Context, m Message) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnsendable, err)
	}
	select {
	case <-c.dead:
		return c.Err()
	default:
	}
	select {
	case c.out <- raw:
		return nil
	case <-c.dead:
		return c.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Exchange sends a request or a batch of them under an id of its own and waits
// for the data of its answer, the end of the context or of the connection,
// whichever is first.
func (c *Conn) Exchange(ctx context.Context, opcode int, data func(id string) any) (json.RawMessage, error) {
	answer := make(chan json.RawMessage, 1)
	c.mu.Lock()
	c.lastID++
	id := strconv.FormatUint(c.lastID, 10)
	c.pending[id] = answer
	c.mu.Unlock()
	defer c.forget(id)

	if err := c.Send(ctx, Message{Op: opcode, D: data(id)}); err != nil {
		return nil, err
	}
	select {
	case a := <-answer:
		return a, nil
	case <-c.dead:
		return nil, c.Err()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (c *Conn) forget(id string) {
	c.mu.Lock()
	delete(c.pending, id)
	c.mu.Unlock()
}
