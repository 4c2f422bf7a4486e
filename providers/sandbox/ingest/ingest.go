// Package ingest is an RTMP server that takes a live stream from OBS, or any
// other publisher, counts it and throws it away: enough for a rehearsal with
// nothing leaving the machine.
//
// The handshake, the chunks and the AMF values are gortmplib's (the RTMP half
// of MediaMTX, kept well, in daily use with OBS; go-rtmp was the other choice
// and has not moved for long). The conversation over them is written here,
// because a publisher with a wrong key must be told NetStream.Publish.BadName,
// which makes OBS say that the key is wrong; the library's own server accepts
// every publisher and can only hang up afterwards, which looks to OBS like a
// bad network. Media is not decoded, so any codec goes.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"cuelight/internal/secret"
)

// Timeouts of a connection.
const (
	// publishTimeout bounds the time from connecting to publishing.
	publishTimeout = 10 * time.Second
	// readTimeout is how long a publisher may send nothing.
	readTimeout = 15 * time.Second
	// measureInterval is how often a running stream is measured and its key checked.
	measureInterval = time.Second
)

// maxConnections bounds the connections at one time.
const maxConnections = 32

// Authorizer decides who may publish. Its methods may be called from any
// goroutine.
type Authorizer interface {
	// Begin checks the stream key that somebody publishes with to an application of
	// the server; an error refuses the publisher.
	Begin(ctx context.Context, app string, key secret.Text) (user string, err error)
	// StillAllowed is called once a second; false disconnects the publisher.
	StillAllowed(ctx context.Context, user string, key secret.Text) (bool, error)
	// End is called when a publisher has gone; clean is false where the stream
	// broke off.
	End(ctx context.Context, user string, clean bool) error
}

// Stream is what is known of a running stream.
type Stream struct {
	User    string    `json:"user_id"`
	Started time.Time `json:"started"`
	// Bytes is everything received on the connection.
	Bytes uint64 `json:"bytes"`
	// Kbps is the rate over the last second, in 1000 bits a second.
	Kbps int `json:"bitrate_kbps"`
	// Video and Audio name the codecs, such as "H.264" and "AAC".
	Video string `json:"video,omitempty"`
	Audio string `json:"audio,omitempty"`
	// Encoder is what the publisher says it is.
	Encoder string `json:"encoder,omitempty"`
	// Width, Height and FPS are what the publisher announced; 0 if nothing.
	Width  int     `json:"width,omitempty"`
	Height int     `json:"height,omitempty"`
	FPS    float64 `json:"fps,omitempty"`
}

// Server is a running ingest.
type Server struct {
	authorizer Authorizer
	log        *slog.Logger
	listener   net.Listener
	sessions   sync.WaitGroup
	ctx        context.Context
	cancel     context.CancelFunc

	mu    sync.Mutex // guards conns
	conns map[*session]bool
}

// Listen starts an ingest at an address of this machine, such as
// "127.0.0.1:0".
func Listen(ctx context.Context, address string, gate Authorizer, log *slog.Logger) (*Server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("open the sandbox ingest: %w", err)
	}
	s := &Server{authorizer: gate, log: log, listener: listener, conns: map[*session]bool{}}
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.sessions.Go(s.accept)
	return s, nil
}

// Address returns host:port.
func (s *Server) Address() string { return s.listener.Addr().String() }

// URL returns what OBS calls the server, in the form the platform answers with.
func (s *Server) URL() string { return "rtmp://" + s.Address() + "/app/" }

// Streams returns the running streams.
func (s *Server) Streams() []Stream {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Stream{}
	for c := range s.conns {
		if stream, on := c.snapshot(); on {
			out = append(out, stream)
		}
	}
	return out
}

// Drop disconnects a user's publisher, if there is one.
func (s *Server) Drop(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		if stream, on := c.snapshot(); on && stream.User == user {
			c.close()
		}
	}
}

// Close disconnects everybody and waits until their sessions have ended.
func (s *Server) Close() error {
	s.cancel()
	err := s.listener.Close()
	s.mu.Lock()
	for c := range s.conns {
		c.close()
	}
	s.mu.Unlock()
	s.sessions.Wait()
	return err
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			if !errors.Is(err, net.ErrClosed) {
				s.log.Warn("sandbox ingest stopped listening", "error", err)
			}
			return
		}
		c := newSession(s, conn)
		if !s.admit(c) {
			_ = conn.Close()
			continue
		}
		s.sessions.Go(func() {
			defer s.remove(c)
			c.serve()
		})
	}
}

func (s *Server) admit(c *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.conns) >= maxConnections || s.ctx.Err() != nil {
		return false
	}
	s.conns[c] = true
	return true
}

func (s *Server) remove(c *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}
