// Package obssim is a simulated OBS: an obs-websocket v5 server that behaves
// like OBS Studio closely enough to try everything Cuelight does with it, and
// badly on purpose where a test wants to see what happens then.
//
// It streams nothing: whether the ingest would take the stream is asked of
// Options.OnStream. Its version says plainly that it is not a real OBS.
//
// Source of its behaviour: obs-websocket's protocol.md (version 5.x), and what
// OBS Studio 29.0.2 was seen to do.
package obssim

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"cuelight/internal/secret"
	"cuelight/obs"
)

// Version is what it gives as OBS's version.
const Version = "29.1.0-simulated"

// webSocketVersion is what it gives as obs-websocket's version.
const webSocketVersion = "5.2.0"

// Memory keeps the stream service of a simulated OBS between runs.
type Memory interface {
	// Load gives what Save was given last, empty when there is nothing.
	Load() (secret.Text, error)
	// Save keeps the state; it holds a stream key.
	Save(secret.Text) error
}

// Options says what kind of OBS it is. The zero value is one without a
// password on a free loopback port.
type Options struct {
	// Listen is the address; default 127.0.0.1:0.
	Listen string
	// Password is asked for where it is not empty.
	Password secret.Text
	// OnStream is called when a stream begins (on) and when it has ended. An
	// error at its beginning makes the stream fail, as an ingest that refuses
	// the key does. It may take its time. May be nil.
	OnStream func(server string, key secret.Text, on bool) error
	// Memory keeps the stream service between runs. May be nil.
	Memory Memory
	// Without lists input kinds that this OBS was built without, such as
	// "browser_source".
	Without []string
}

// OBS is a running simulated OBS.
type OBS struct {
	options  Options
	handlers map[string]handler
	ctx      context.Context
	cancel   context.CancelFunc
	work     sync.WaitGroup
	addr     net.Addr

	// switching guards that no profile is switched within a batch that writes, for
	// Faults.SteadyWrites.
	switching sync.RWMutex

	mu       sync.Mutex // guards what is below; never held while it sends
	server   *http.Server
	sessions map[*session]bool
	silent   map[net.Conn]bool
	password secret.Text
	faults   Faults
	state    studio
}

// New starts one.
func New(options Options) (*OBS, error) {
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	o := &OBS{
		options: options, password: options.Password, handlers: handlers(),
		sessions: map[*session]bool{}, silent: map[net.Conn]bool{},
		state: newStudio(options.Without),
	}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	if err := o.loadService(); err != nil {
		return nil, err
	}
	if err := o.listen(options.Listen); err != nil {
		return nil, err
	}
	return o, nil
}

// listen opens the port and serves it.
func (o *OBS) listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("simulated OBS: %w", err)
	}
	server := &http.Server{Handler: http.HandlerFunc(o.serve), ReadHeaderTimeout: 5 * time.Second}
	o.mu.Lock()
	o.server = server
	if o.addr == nil { // a restart is on the same one
		o.addr = listener.Addr()
	}
	o.mu.Unlock()
	o.work.Go(func() { _ = server.Serve(&mutedListener{Listener: listener, obs: o}) })
	return nil
}

// Addr is where it listens.
func (o *OBS) Addr() net.Addr { return o.addr }

// Endpoint is how to reach it, password included.
func (o *OBS) Endpoint() obs.Endpoint {
	tcp := o.addr.(*net.TCPAddr)
	o.mu.Lock()
	defer o.mu.Unlock()
	return obs.Endpoint{Host: tcp.IP.String(), Port: tcp.Port, Password: o.password}
}

// Close ends it and waits until nothing of it runs any more.
func (o *OBS) Close() {
	o.cancel()
	o.stopListening()
	o.closeSessions(websocket.CloseGoingAway, "Server stopping.")
	o.work.Wait()
}

func (o *OBS) stopListening() {
	o.mu.Lock()
	server := o.server
	o.server = nil
	silent := o.silent
	o.silent = map[net.Conn]bool{}
	o.mu.Unlock()
	if server != nil {
		_ = server.Close()
	}
	for conn := range silent {
		_ = conn.Close()
	}
}

// serve takes one websocket.
func (o *OBS) serve(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{
		Subprotocols: []string{"obswebsocket.json"},
		CheckOrigin:  func(*http.Request) bool { return true },
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	s := newSession(o, conn)
	o.mu.Lock()
	if o.server == nil {
		o.mu.Unlock()
		_ = conn.Close()
		return
	}
	o.sessions[s] = true
	o.work.Add(1)
	o.mu.Unlock()
	defer o.work.Done()
	defer o.removeSession(s)
	s.run()
}

func (o *OBS) removeSession(s *session) {
	o.mu.Lock()
	delete(o.sessions, s)
	o.mu.Unlock()
	_ = s.conn.Close()
}

// everySession gives the sessions of this moment.
func (o *OBS) everySession() []*session {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := make([]*session, 0, len(o.sessions))
	for s := range o.sessions {
		all = append(all, s)
	}
	return all
}

// Sessions is how many clients are connected.
func (o *OBS) Sessions() int { return len(o.everySession()) }

func (o *OBS) closeSessions(code int, why string) {
	for _, s := range o.everySession() {
		s.close(code, why)
	}
}

// after runs a step of OBS's own later, unless it is closed by then.
func (o *OBS) after(d time.Duration, step func()) {
	o.work.Go(func() {
		if o.sleep(d) {
			step()
		}
	})
}

// sleep waits; false means that it was closed meanwhile.
func (o *OBS) sleep(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-o.ctx.Done():
		return false
	}
}
