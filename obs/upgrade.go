package obs

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"

	"github.com/gorilla/websocket"
)

const (
	// maxGreeting bounds one message before OBS has accepted us: Hello and
	// Identified have some hundred bytes.
	maxGreeting = 64 << 10
	// maxHandshake bounds everything that is read until then, the answer to the
	// upgrade with its headers included.
	maxHandshake = 256 << 10
)

// errFlood: what answers says more than OBS ever does.
var errFlood = errors.New("it says far more than OBS does")

// isFlood reports whether reading ended because there was too much.
func isFlood(err error) bool {
	return errors.Is(err, errFlood) || errors.Is(err, websocket.ErrReadLimit)
}

// upgrade opens the websocket on the first address that takes a connection.
func upgrade(ctx context.Context, e Endpoint) (*websocket.Conn, error) {
	// No proxy, whatever the environment says: OBS is on this machine or in the
	// same house.
	// The library's own timeout would bind the socket to a context that ends
	// with the upgrade; ours has a deadline already.
	var connected atomic.Bool
	ws := websocket.Dialer{
		Subprotocols: []string{subprotocol},
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialBounded(ctx, network, address)
			connected.Store(err == nil)
			return conn, err
		},
	}
	var first error
	for _, address := range e.addresses() {
		conn, answer, err := ws.DialContext(ctx, "ws://"+address, nil)
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = dialError(ctx, answer, connected.Load(), err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, first
}

// dialBounded opens a socket that closes when the context ends: the websocket
// library knows deadlines only, and a cancelled dial must not wait for one.
func dialBounded(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	bounded := &boundedConn{Conn: conn, stop: context.AfterFunc(ctx, func() { _ = conn.Close() })}
	bounded.left.Store(maxHandshake)
	return bounded, nil
}

// boundedConn is bound to a context, and to a number of bytes that may be read,
// until release. The websocket library reads the answer to the upgrade without
// any limit of its own.
type boundedConn struct {
	net.Conn
	stop func() bool
	// left is how many bytes may still be read; negative where any number may.
	left atomic.Int64
}

// Read implements net.Conn.
func (c *boundedConn) Read(p []byte) (int, error) {
	left := c.left.Load()
	switch {
	case left < 0:
		return c.Conn.Read(p)
	case left == 0:
		return 0, errFlood
	}
	n, err := c.Conn.Read(p[:min(int64(len(p)), left)])
	c.left.CompareAndSwap(left, left-int64(n)) // fails only where release came first
	return n, err
}

// release lets the connection outlive its context and be read on.
func (c *boundedConn) release() {
	c.stop()
	c.left.Store(-1)
}

func dialError(ctx context.Context, answer *http.Response, connected bool, err error) error {
	switch {
	case isFlood(err):
		return &Error{Kind: ErrProtocol, Op: "dial", Err: errFlood}
	case answer != nil:
		return &Error{
			Kind: ErrProtocol, Op: "dial", Code: answer.StatusCode,
			Comment: "another program answers there",
		}
	case errors.Is(ctx.Err(), context.Canceled):
		return &Error{Kind: context.Canceled, Op: "dial"}
	case connected && (ctx.Err() != nil || isTimeout(err)):
		return &Error{Kind: ErrSilent, Op: "dial"}
	}
	return &Error{Kind: ErrUnreachable, Op: "dial", Err: err}
}
