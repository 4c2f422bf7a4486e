package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/bluenviron/gortmplib/pkg/amf0"
	"github.com/bluenviron/gortmplib/pkg/bytecounter"
	"github.com/bluenviron/gortmplib/pkg/handshake"
	"github.com/bluenviron/gortmplib/pkg/message"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"

	"cuelight/internal/secret"
)

// authorizeTimeout bounds one call of the Authorizer.
const authorizeTimeout = 6 * time.Second

var errRefused = errors.New("publisher refused")

// session is one connection.
type session struct {
	server *Server
	conn   net.Conn
	count  *bytecounter.ReadWriter
	in     *rawmessage.Reader
	out    *message.Writer
	app    string
	key    secret.Text

	mu         sync.Mutex // guards what follows
	stream     Stream
	publishing bool
}

func newSession(s *Server, conn net.Conn) *session {
	return &session{server: s, conn: conn}
}

func (c *session) snapshot() (Stream, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.publishing {
		c.stream.Bytes = c.count.Reader.Count()
	}
	return c.stream, c.publishing
}

// close disconnects and makes serve return; it may be called at any time.
func (c *session) close() { _ = c.conn.Close() }

func (c *session) serve() {
	defer c.close()
	log := c.server.log.With("from", c.conn.RemoteAddr().String())
	_ = c.conn.SetDeadline(time.Now().Add(publishTimeout))
	if err := c.handshake(); err != nil {
		log.Info("sandbox ingest: no publisher", "error", err)
		return
	}
	_ = c.conn.SetDeadline(time.Time{})
	user := c.stream.User
	log.Info("sandbox ingest: publish", "user", user)
	clean := c.receive()
	stream, _ := c.snapshot()
	c.mu.Lock()
	c.publishing = false
	c.mu.Unlock()
	// The server may be closing: the end must be told all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.server.ctx), authorizeTimeout)
	defer cancel()
	if err := c.server.authorizer.End(ctx, user, clean); err != nil {
		log.Warn("sandbox ingest: end not recorded", "error", err)
	}
	log.Info("sandbox ingest: gone", "user", user, "in good order", clean, "bytes", stream.Bytes)
}

// handshake serves the connection from the first byte to the accepted publish
// command.
func (c *session) handshake() error {
	c.count = bytecounter.NewReadWriter(c.conn)
	if keyIn, _, err := handshake.DoServer(c.count, false); err != nil {
		return fmt.Errorf("handshake: %w", err)
	} else if keyIn != nil {
		return errors.New("handshake: RTMPE is not spoken here")
	}
	c.out = message.NewWriter(c.count, c.count.Writer, false)
	c.in = rawmessage.NewReader(c.count, c.count.Reader, func(n uint32) error {
		return c.out.Write(&message.Acknowledge{Value: n})
	})
	for {
		raw, err := c.read()
		if err != nil {
			return err
		}
		if done, err := c.handleCommand(raw); err != nil || done {
			return err
		}
	}
}

// read returns the next message. A garbled one must end one connection, not the
// program, whatever it does to the parser.
func (c *session) read() (raw *rawmessage.Message, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("garbled message: %v", r)
		}
	}()
	return c.in.Read()
}

// handleCommand handles one message; done is true where the publisher was
// accepted.
func (c *session) handleCommand(raw *rawmessage.Message) (done bool, err error) {
	if message.Type(raw.Type) != message.TypeCommandAMF0 {
		return false, c.handleControl(raw)
	}
	cmd, err := parseCommand(raw)
	if err != nil {
		return false, err
	}
	switch cmd.name {
	case "connect":
		return false, c.connect(cmd)
	case "createStream":
		return false, c.sendResult(cmd, nil, float64(1))
	case "publish":
		return true, c.publish(cmd)
	case "play":
		return false, errors.New("nothing is played here")
	}
	// releaseStream and FCPublish want no answer.
	return false, nil
}

func (c *session) connect(cmd command) error {
	if len(cmd.args) > 0 {
		if object, ok := cmd.args[0].(amf0.Object); ok {
			app, _ := object.GetString("app")
			if c.app = strings.Trim(app, "/"); c.app == "" {
				return errors.New("connect without an app")
			}
			encoder, _ := object.GetString("flashVer")
			c.stream.Encoder = encoder
		}
	}
	for _, m := range []message.Message{
		&message.SetWindowAckSize{Value: 2500000},
		&message.SetPeerBandwidth{Value: 2500000, Type: 2},
		&message.SetChunkSize{Value: 65536},
	} {
		if err := c.out.Write(m); err != nil {
			return err
		}
	}
	return c.sendResult(cmd,
		amf0.Object{{Key: "fmsVer", Value: "FMS/3,5,7,7009"}, {Key: "capabilities", Value: float64(31)}},
		amf0.Object{
			{Key: "level", Value: "status"},
			{Key: "code", Value: "NetConnection.Connect.Success"},
			{Key: "description", Value: "Connection succeeded."},
			{Key: "objectEncoding", Value: float64(0)},
		})
}

func (c *session) publish(cmd command) error {
	name := ""
	if len(cmd.args) > 1 {
		name, _ = cmd.args[1].(string)
	}
	c.key = secret.New(name)
	ctx, cancel := context.WithTimeout(c.server.ctx, authorizeTimeout)
	defer cancel()
	user, err := c.server.authorizer.Begin(ctx, c.app, c.key)
	if err != nil {
		_ = c.sendStatus("error", "NetStream.Publish.BadName", "The stream key is not accepted.")
		c.drain()
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	if err := c.sendStatus("status", "NetStream.Publish.Start", "Publishing."); err != nil {
		_ = c.server.authorizer.End(ctx, user, false)
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stream.User, c.stream.Started, c.publishing = user, time.Now(), true
	return nil
}

// drain returns the publisher time to read a refusal: closing at once with
// unread bytes would reset the connection and lose it.
func (c *session) drain() {
	if tcp, ok := c.conn.(*net.TCPConn); ok {
		_ = tcp.CloseWrite()
	}
	_ = c.conn.SetReadDeadline(time.Now().Add(2 * time.Second))
	_, _ = io.Copy(io.Discard, c.conn)
}

func (c *session) sendResult(cmd command, args ...any) error {
	return c.out.Write(&message.CommandAMF0{ChunkStreamID: 3, Name: "_result", CommandID: cmd.id, Arguments: args})
}

func (c *session) sendStatus(level, code, description string) error {
	return c.out.Write(&message.CommandAMF0{
		// Streams are numbered in little-endian order: this is stream 1.
		ChunkStreamID: 5, MessageStreamID: 0x1000000, Name: "onStatus",
		Arguments: []any{nil, amf0.Object{
			{Key: "level", Value: level}, {Key: "code", Value: code}, {Key: "description", Value: description},
		}},
	})
}
