package obssim

import (
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"cuelight/internal/secret"
)

// server is its websocket server.
type server struct {
	obs *OBS

	mu       sync.Mutex // guards what is below; never held while it sends
	addr     net.Addr   // set once
	running  *http.Server
	sessions map[*session]bool
	silent   map[net.Conn]bool
	password secret.Text
}

func newServer(o *OBS, password secret.Text) *server {
	return &server{obs: o, password: password, sessions: map[*session]bool{}, silent: map[net.Conn]bool{}}
}

// listen opens the port and serves it.
func (s *server) listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("simulated OBS: %w", err)
	}
	running := &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 5 * time.Second}
	s.mu.Lock()
	s.running = running
	if s.addr == nil { // a restart is on the same one
		s.addr = listener.Addr()
	}
	s.mu.Unlock()
	s.obs.work.Go(func() { _ = running.Serve(&mutedListener{Listener: listener, server: s}) })
	return nil
}

func (s *server) stopListening() {
	s.mu.Lock()
	running := s.running
	s.running = nil
	silent := s.silent
	s.silent = map[net.Conn]bool{}
	s.mu.Unlock()
	if running != nil {
		_ = running.Close()
	}
	for conn := range silent {
		_ = conn.Close()
	}
}

// serve takes one websocket.
func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{
		Subprotocols: []string{"obswebsocket.json"},
		CheckOrigin:  func(*http.Request) bool { return true },
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	client := newSession(s.obs, conn)
	s.mu.Lock()
	if s.running == nil {
		s.mu.Unlock()
		_ = conn.Close()
		return
	}
	s.sessions[client] = true
	s.obs.work.Add(1)
	s.mu.Unlock()
	defer s.obs.work.Done()
	defer s.removeSession(client)
	client.run()
}

func (s *server) removeSession(client *session) {
	s.mu.Lock()
	delete(s.sessions, client)
	s.mu.Unlock()
	_ = client.conn.Close()
}

// everySession gives the sessions of this moment.
func (s *server) everySession() []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*session, 0, len(s.sessions))
	for client := range s.sessions {
		all = append(all, client)
	}
	return all
}

func (s *server) closeSessions(code int, why string) {
	for _, client := range s.everySession() {
		client.close(code, why)
	}
}

// mutedListener keeps to itself what it accepts while Faults.Mute is on.
type mutedListener struct {
	net.Listener
	server *server
}

func (l *mutedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		faults := l.server.obs.faults.current()
		l.server.mu.Lock()
		mute := faults.Mute && l.server.running != nil
		if mute {
			l.server.silent[conn] = true
		}
		l.server.mu.Unlock()
		if !mute {
			return conn, nil
		}
	}
}
