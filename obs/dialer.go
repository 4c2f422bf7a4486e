package obs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/andreykaipov/goobs/api/events/subscriptions"
	"github.com/andreykaipov/goobs/api/opcodes"
	"github.com/gorilla/websocket"

	"cuelight/obs/wire"
)

// rpcVersion is the version of the RPC that we speak (protocol.md, Hello).
const rpcVersion = 1

// subprotocol asks for JSON in text frames (protocol.md, "Connection steps").
const subprotocol = "obswebsocket.json"

// eventMask is what Cuelight listens to. High-volume events are added only on
// demand, see Client.Meters.
const eventMask = subscriptions.General | subscriptions.Config | subscriptions.Scenes |
	subscriptions.Inputs | subscriptions.Outputs

// Dialer opens connections. The zero value has the values named at each field.
type Dialer struct {
	// Handshake bounds everything up to a usable connection: TCP, the upgrade,
	// hello and identify. Default 3 s.
	Handshake time.Duration
	// Request bounds one request where the context allows longer. Default 5 s.
	Request time.Duration
	// NotReady is for how long a 207 answer is retried. Default 10 s.
	NotReady time.Duration
	// Ping is how often OBS is pinged. Default 500 ms.
	Ping time.Duration
	// Silence is after how long without a byte OBS counts as dead. It must be
	// well over Ping. Default 1.75 s: a dead OBS is seen within 2 s.
	Silence time.Duration
	// Watchdog is how long StartStream and StopStream wait for the outcome.
	// Default 15 s.
	Watchdog time.Duration
	// Poll is how often they ask for the state meanwhile, for the OBS that sends
	// no event. Default 500 ms.
	Poll time.Duration
}

func (d Dialer) withDefaults() Dialer {
	set := func(field *time.Duration, value time.Duration) {
		if *field <= 0 {
			*field = value
		}
	}
	set(&d.Handshake, 3*time.Second)
	set(&d.Request, 5*time.Second)
	set(&d.NotReady, 10*time.Second)
	set(&d.Ping, 500*time.Millisecond)
	set(&d.Silence, 1750*time.Millisecond)
	set(&d.Watchdog, 15*time.Second)
	set(&d.Poll, 500*time.Millisecond)
	return d
}

// Dial connects with the default Dialer.
func Dial(ctx context.Context, e Endpoint) (*Client, error) {
	return Dialer{}.Dial(ctx, e)
}

// Dial connects, identifies and returns a Client that is ready for requests.
// The context bounds the dialling, not the life of the Client.
//
// Errors: ErrUnreachable, ErrPassword, ErrUnprotected, ErrKicked, ErrClosed, ErrProtocol.
func (d Dialer) Dial(ctx context.Context, e Endpoint) (*Client, error) {
	d = d.withDefaults()
	ctx, cancel := context.WithTimeout(ctx, d.Handshake)
	defer cancel()

	conn, err := upgrade(ctx, e)
	if err != nil {
		return nil, err
	}
	hello, err := identify(ctx, conn, e)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	if bound, ok := conn.NetConn().(*wire.BoundedConn); ok {
		bound.Release()
	}
	client := newClient(d, conn, hello)
	client.address = e.Address()
	return client, nil
}

// identify goes through hello, identify and identified (protocol.md,
// "Connection steps").
func identify(ctx context.Context, conn *websocket.Conn, e Endpoint) (opcodes.Hello, error) {
	deadline, _ := ctx.Deadline()
	_ = conn.SetReadDeadline(deadline)
	_ = conn.SetWriteDeadline(deadline)
	conn.SetReadLimit(maxGreeting)

	var hello opcodes.Hello
	if err := expect(ctx, conn, wire.OpHello, &hello); err != nil {
		return hello, err
	}
	if hello.RPCVersion < rpcVersion {
		return hello, &Error{Kind: ErrProtocol, Op: "hello", Comment: fmt.Sprintf("rpc version %d", hello.RPCVersion)}
	}
	identify := opcodes.Identify{RPCVersion: rpcVersion, EventSubscriptions: eventMask}
	switch {
	case hello.Authentication.Challenge != "":
		identify.Authentication = wire.Authentication(e.Password, hello.Authentication)
	case !e.Password.Empty() && !e.Unprotected:
		return hello, &Error{Kind: ErrUnprotected, Op: "hello"}
	}
	if err := conn.WriteJSON(wire.Message{Op: wire.OpIdentify, D: identify}); err != nil {
		return hello, handshakeError(ctx, "identify", err)
	}
	var identified opcodes.Identified
	return hello, expect(ctx, conn, wire.OpIdentified, &identified)
}

// expect reads one message and wants it to be of that opcode.
func expect(ctx context.Context, conn *websocket.Conn, op int, into any) error {
	name := map[int]string{wire.OpHello: "hello", wire.OpIdentified: "identify"}[op]
	_, raw, err := conn.ReadMessage()
	if err != nil {
		return handshakeError(ctx, name, err)
	}
	return readMessage(raw, op, name, into)
}

// readMessage wants a message to be of that opcode, and reads its data.
func readMessage(raw []byte, op int, name string, into any) error {
	var m opcodes.Message
	if err := json.Unmarshal(raw, &m); err != nil {
		return &Error{Kind: ErrProtocol, Op: name, Err: err}
	}
	if m.Op != op {
		return &Error{Kind: ErrProtocol, Op: name, Comment: fmt.Sprintf("opcode %d instead of %d", m.Op, op)}
	}
	if err := wire.Decode(m.D, into); err != nil {
		return &Error{Kind: ErrProtocol, Op: name, Err: err}
	}
	return nil
}

// handshakeError tells a close frame from silence and from a lost connection.
func handshakeError(ctx context.Context, op string, err error) error {
	var closed *websocket.CloseError
	switch {
	case errors.As(err, &closed):
		return closeError(op, err)
	case errors.Is(ctx.Err(), context.Canceled):
		return &Error{Kind: context.Canceled, Op: op}
	case wire.IsFlood(err):
		return &Error{Kind: ErrProtocol, Op: op, Err: err}
	case ctx.Err() != nil, isTimeout(err):
		return &Error{Kind: ErrSilent, Op: op}
	default:
		return &Error{Kind: ErrClosed, Op: op, Err: err}
	}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// DialAny connects to the first of some endpoints that lets us in, and tells
// which that is. Several may have one address and different passwords.
//
// Where none does, the error is the one that helps most, with its endpoint: a
// refused password or one that was not asked for, else that of the first. It does
// not go on after ErrKicked or when the context is cancelled. Errors: those of
// Dial, and ErrUsage without any endpoint.
func (d Dialer) DialAny(ctx context.Context, endpoints ...Endpoint) (*Client, Endpoint, error) {
	var best error = &Error{Kind: ErrUsage, Op: "dial", Comment: "no endpoint"}
	var at Endpoint
	absent := map[string]bool{} // addresses where another password is no help
	for i, endpoint := range endpoints {
		if absent[endpoint.Address()] {
			continue
		}
		client, err := d.Dial(ctx, endpoint)
		if err == nil {
			return client, endpoint, nil
		}
		if i == 0 || aboutPassword(err) && !aboutPassword(best) {
			best, at = err, endpoint
		}
		if ctx.Err() != nil || errors.Is(err, ErrKicked) || errors.Is(err, context.Canceled) {
			return nil, endpoint, err
		}
		absent[endpoint.Address()] = !aboutPassword(err)
	}
	return nil, at, best
}

// aboutPassword reports whether another password, or none, may go better.
func aboutPassword(err error) bool {
	return errors.Is(err, ErrPassword) || errors.Is(err, ErrUnprotected)
}
