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
	"net"
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

	server *server
	studio *studio
	output *output
	faults faultSet

	// switching guards that no profile is switched within a batch that writes, for
	// Faults.SteadyWrites.
	switching sync.RWMutex
}

// New starts one.
func New(options Options) (*OBS, error) {
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	o := &OBS{options: options}
	o.server = newServer(o, options.Password)
	o.studio = newStudio(o, options.Without)
	o.output = &output{obs: o}
	o.handlers = o.everyHandler()
	o.ctx, o.cancel = context.WithCancel(context.Background())
	if err := o.studio.loadService(); err != nil {
		return nil, err
	}
	if err := o.server.listen(options.Listen); err != nil {
		return nil, err
	}
	return o, nil
}

// Addr is where it listens.
func (o *OBS) Addr() net.Addr { return o.server.addr }

// Endpoint is how to reach it, password included.
func (o *OBS) Endpoint() obs.Endpoint {
	tcp := o.server.addr.(*net.TCPAddr)
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	return obs.Endpoint{Host: tcp.IP.String(), Port: tcp.Port, Password: o.server.password}
}

// Close ends it and waits until nothing of it runs any more.
func (o *OBS) Close() {
	o.cancel()
	o.server.stopListening()
	o.server.closeSessions(websocket.CloseGoingAway, "Server stopping.")
	o.work.Wait()
}

// Sessions is how many clients are connected.
func (o *OBS) Sessions() int { return len(o.server.everySession()) }

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
