package obs

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/andreykaipov/goobs/api"
	"github.com/andreykaipov/goobs/api/opcodes"
	"github.com/andreykaipov/goobs/api/requests/general"
	"github.com/gorilla/websocket"

	"cuelight/obs/fanout"
	"cuelight/obs/switching"
	"cuelight/obs/wire"
)

// Client is one connection to OBS, safe for use from many goroutines. Once its
// connection is gone it stays dead: dial again, or let a Link do so.
type Client struct {
	dialer Dialer
	hello  opcodes.Hello
	// address is HOST:PORT as it was dialed.
	address string
	// since is when the connection was there.
	since time.Time
	conn  *wire.Conn
	hub   fanout.Hub[Event]
	// switches keeps requests back while OBS must be left alone.
	switches switching.Tracker

	// output lets one start or stop of the stream be in flight at a time.
	output chan struct{}

	events eventPump
}

func newClient(d Dialer, conn *websocket.Conn, hello opcodes.Hello) *Client {
	c := &Client{dialer: d, hello: hello, output: make(chan struct{}, 1), since: time.Now()}
	c.hub.Essential = Event.essential
	c.conn = wire.New(conn, wire.Options{Ping: d.Ping, Silence: d.Silence}, c.onEvent)
	return c
}

// onEvent is called on the wire's reading goroutine: it never blocks.
func (c *Client) onEvent(raw opcodes.Event) {
	event, ok := parseEvent(raw)
	if !ok {
		return
	}
	c.noteSwitch(event)
	c.hub.Publish(event)
}

// Address is HOST:PORT of the endpoint that was dialed.
func (c *Client) Address() string { return c.address }

// Close ends the connection and waits until nothing of it runs any more.
func (c *Client) Close() {
	c.conn.Close()
	c.events.running.Wait()
}

// Done is closed when the connection is gone, for whatever reason.
func (c *Client) Done() <-chan struct{} { return c.conn.Done() }

// Err is nil while the connection lives, and then tells why it ended: an
// *Error of kind ErrClosed, ErrKicked, ErrPassword or ErrProtocol.
func (c *Client) Err() error {
	if why := c.conn.Err(); why != nil {
		return wireError("connection", why)
	}
	return nil
}

// gone is the failure of what is asked of a connection that has ended.
func (c *Client) gone(op string) error { return wireError(op, c.conn.Err()) }

// Version is what answers on the other end.
type Version struct {
	// OBS is OBS Studio's version, such as "31.0.2".
	OBS string
	// WebSocket is obs-websocket's version, such as "5.5.4".
	WebSocket string
	// Platform is OBS's name of its system, such as "windows" or "ubuntu".
	Platform string
}

// Version asks OBS who it is.
func (c *Client) Version(ctx context.Context) (Version, error) {
	var answer general.GetVersionResponse
	if err := c.call(ctx, &general.GetVersionParams{}, &answer); err != nil {
		return Version{}, err
	}
	return Version{OBS: displayText(answer.ObsVersion), WebSocket: displayText(answer.ObsWebSocketVersion), Platform: displayText(answer.Platform)}, nil
}

// FragileStart reports whether a request during its start can crash this OBS:
// 28 and 29 (obs-websocket 5.0 to 5.2) answer before they have loaded, and a
// request may then hit what is not there yet. From OBS 30 they say NotReady.
func (c *Client) FragileStart() bool {
	parts := strings.SplitN(c.hello.ObsWebSocketVersion, ".", 3)
	if len(parts) < 2 || parts[0] != "5" {
		return false
	}
	minor, err := strconv.Atoi(parts[1])
	return err == nil && minor < 3
}

// call makes one request, within Dialer.Request, once OBS is not switching
// profiles, and retries it while OBS says that it is not ready.
func (c *Client) call(ctx context.Context, params api.Params, into any) error {
	return c.whenReady(ctx, params.GetRequestName(), func() error { return c.callOnce(ctx, params, into) })
}

// whenReady repeats an attempt while OBS says that it is not ready (207: it is
// loading, or changing its scene collection), for up to Dialer.NotReady.
func (c *Client) whenReady(ctx context.Context, op string, attempt func() error) error {
	giveUp := time.Now().Add(c.dialer.NotReady)
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := attempt()
		if !errors.Is(err, ErrNotReady) || time.Now().Add(wait).After(giveUp) {
			return err
		}
		if pauseErr := c.pause(ctx, op, wait); pauseErr != nil {
			if errors.Is(pauseErr, ErrNoAnswer) {
				return err // out of time: that it is not ready says more
			}
			return pauseErr
		}
	}
}

// pause waits, and ends early with the context or the connection.
func (c *Client) pause(ctx context.Context, op string, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctxError(op, ctx.Err())
	case <-c.Done():
		return c.gone(op)
	}
}

func (c *Client) callOnce(ctx context.Context, params api.Params, into any) error {
	op := params.GetRequestName()
	if err := c.awaitSwitch(ctx, op); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.dialer.Request)
	defer cancel()
	raw, err := c.conn.Exchange(ctx, wire.OpRequest, func(id string) any {
		return opcodes.Request{Type: op, ID: id, Data: params}
	})
	if err != nil {
		return wireError(op, err)
	}
	var answer opcodes.RequestResponse
	if err := wire.Decode(raw, &answer); err != nil {
		return &Error{Kind: ErrProtocol, Op: op, Err: err}
	}
	return readAnswer(op, answer, into)
}

// readAnswer gives the data of a request that succeeded, or why it did not.
func readAnswer(op string, answer opcodes.RequestResponse, into any) error {
	if answer.Status.Code != statusSuccess {
		return statusError(op, answer.Status.Code, answer.Status.Comment)
	}
	if into == nil || len(answer.Data) == 0 {
		return nil
	}
	if err := wire.Decode(answer.Data, into); err != nil {
		return &Error{Kind: ErrProtocol, Op: op, Err: err}
	}
	return nil
}
