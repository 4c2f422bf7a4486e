package obs

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"

	"cuelight/obs/wire"

	"github.com/gorilla/websocket"
)

// maxGreeting bounds one message before OBS has accepted us: Hello and
// Identified have some hundred bytes.
const maxGreeting = 64 << 10

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
			conn, err := wire.DialBounded(ctx, network, address)
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

func dialError(ctx context.Context, answer *http.Response, connected bool, err error) error {
	switch {
	case wire.IsFlood(err):
		return &Error{Kind: ErrProtocol, Op: "dial", Err: wire.ErrFlood}
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
