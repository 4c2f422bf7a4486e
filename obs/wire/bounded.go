package wire

import (
	"context"
	"errors"
	"net"
	"sync/atomic"

	"github.com/gorilla/websocket"
)

// maxHandshake bounds everything that is read until then, the answer to the
// upgrade with its headers included.
const maxHandshake = 256 << 10

// ErrFlood: what answers says more than OBS ever does.
var ErrFlood = errors.New("it says far more than OBS does")

// IsFlood reports whether reading ended because there was too much.
func IsFlood(err error) bool {
	return errors.Is(err, ErrFlood) || errors.Is(err, websocket.ErrReadLimit)
}

// DialBounded opens a socket that closes when the context ends: the websocket
// library knows deadlines only, and a cancelled dial must not wait for one.
func DialBounded(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	bounded := &BoundedConn{Conn: conn, stop: context.AfterFunc(ctx, func() { _ = conn.Close() })}
	bounded.left.Store(maxHandshake)
	return bounded, nil
}

// BoundedConn is bound to a context, and to a number of bytes that may be read,
// until Release. The websocket library reads the answer to the upgrade without
// any limit of its own.
type BoundedConn struct {
	net.Conn
	stop func() bool
	// left is how many bytes may still be read; negative where any number may.
	left atomic.Int64
}

// Read implements net.Conn.
func (c *BoundedConn) Read(p []byte) (int, error) {
	left := c.left.Load()
	switch {
	case left < 0:
		return c.Conn.Read(p)
	case left == 0:
		return 0, ErrFlood
	}
	n, err := c.Conn.Read(p[:min(int64(len(p)), left)])
	c.left.CompareAndSwap(left, left-int64(n)) // fails only where Release came first
	return n, err
}

// Release lets the connection outlive its context and be read on.
func (c *BoundedConn) Release() {
	c.stop()
	c.left.Store(-1)
}
