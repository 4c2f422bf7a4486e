// Package obslink owns the connection to OBS: which OBS it is, with which
// password, and the one connection that everybody uses. A window holds a
// lasting, supervised link; a command dials once.
package obslink

import (
	"context"
	"errors"
	"sync"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/link"
)

// Vault keeps OBS passwords.
type Vault interface {
	Get(ctx context.Context, name string) (secret.Text, error)
	Set(ctx context.Context, name string, value secret.Text) error
	Delete(ctx context.Context, name string) error
}

// Options are what a Connection is given. All functions but Simulated are
// needed.
type Options struct {
	// Address is HOST:PORT of an OBS to use whatever is configured; Password is
	// for it. Both may be empty.
	Address  string
	Password secret.Text
	// Unprotected uses an OBS that asks for no password although one is known.
	Unprotected bool
	// Configured gives the address that the user configured, which may be empty,
	// and whether the sandbox is to use the real OBS.
	Configured func() (address string, realOBS bool)
	// Simulated gives the sandbox's own OBS; nil outside the sandbox.
	Simulated func(context.Context) (obs.Endpoint, error)
	// Places is where OBS's own settings are looked for.
	Places func() discovery.Places
	Vault  Vault
	Emit   func(...state.Event)
	// Err gives why the link is down, as the State has it.
	Err func() error
	// Dialed is told of a connection that was dialed for one command, before
	// anybody uses it; may be nil.
	Dialed func(ctx context.Context, client *obs.Client, address string)
}

// Connection gives the connection to OBS. Its methods may be called from any
// goroutine.
type Connection struct {
	opt Options

	// dialing is held, as its one token, by whoever dials. It is no mutex
	// because it spans the network and has to end with a context.
	dialing chan struct{}

	// mu guards the fields below; OBS is never talked to under it.
	mu     sync.Mutex
	link   *link.Link
	client *obs.Client
	closed bool
	// simulated are the addresses that the sandbox's own OBS has had.
	simulated map[string]bool
	// reached is the address where we were let in last, refused the one where the
	// password was refused, or not asked for, last; both may be empty.
	reached, refused string
	// unprotected are the addresses whose OBS may ask for no password.
	unprotected map[string]bool
}

// New makes a Connection; it connects when it is asked for.
func New(opt Options) *Connection {
	opt.Password = cleanPassword(opt.Password)
	return &Connection{opt: opt, dialing: make(chan struct{}, 1)}
}

// Run holds the lasting link until the context ends. notify is told what the
// link tells; it must return soon: the link waits.
func (c *Connection) Run(ctx context.Context, notify func(link.Event, Place)) {
	var place Place // written by Find and read by the others, all of the link's goroutine
	held := link.New(link.Options{
		Find: func(ctx context.Context) (_ obs.Endpoint, err error) {
			place, err = c.Find(ctx)
			return place.Endpoint, err
		},
		Others: func() []obs.Endpoint { return place.Others },
		Notify: func(event link.Event) {
			switch {
			case event.Kind == link.Connected:
				c.noteReached(event.Address)
			case errors.Is(event.Err, obs.ErrPassword), errors.Is(event.Err, obs.ErrUnprotected):
				c.noteRefused(event.Address)
			}
			notify(event, place)
		},
	})
	c.setLink(held)
	defer c.setLink(nil)
	_ = held.Run(ctx) // it ends with the context, and says no more than that
}

func (c *Connection) setLink(held *link.Link) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link = held
}

// Client gives a live connection, and what is in the way when there is none:
// the link's while there is one, else one that is dialed now and lasts until
// Close.
func (c *Connection) Client(ctx context.Context) (*obs.Client, error) {
	if client, err, ok := c.present(); ok {
		return client, err
	}
	select {
	case c.dialing <- struct{}{}:
	case <-ctx.Done():
		return nil, &obs.Error{Kind: obs.ErrUnreachable, Op: "connect", Err: ctx.Err()}
	}
	defer func() { <-c.dialing }()
	if client, err, ok := c.present(); ok { // somebody else has dialed meanwhile
		return client, err
	}
	return c.dial(ctx)
}

// present gives the link's connection, or the dialed one while it lasts.
func (c *Connection) present() (client *obs.Client, err error, ok bool) {
	c.mu.Lock()
	link, dialed := c.link, c.client
	c.mu.Unlock()
	if link != nil {
		if client, ok := link.Client(); ok {
			return client, nil, true
		}
		if err := c.opt.Err(); err != nil {
			return nil, err, true
		}
		return nil, &obs.Error{Kind: obs.ErrUnreachable, Op: "connect"}, true
	}
	if dialed != nil && dialed.Err() == nil {
		return dialed, nil, true
	}
	return nil, nil, false
}

func (c *Connection) dial(ctx context.Context) (*obs.Client, error) {
	place, err := c.Find(ctx)
	if err != nil {
		return nil, err
	}
	client, endpoint, err := obs.Dialer{}.DialAny(ctx, place.Endpoints()...)
	up := state.LinkChanged{Address: endpoint.Address(), Simulated: place.Simulated}
	if err != nil {
		if errors.Is(err, obs.ErrPassword) || errors.Is(err, obs.ErrUnprotected) {
			c.noteRefused(up.Address)
		}
		err = place.Annotate(err)
		up.Link, up.Err = LinkStateOf(err), err
		c.opt.Emit(up)
		return nil, err
	}
	version, err := client.Version(ctx)
	if err != nil {
		client.Close()
		return nil, err
	}
	c.noteReached(up.Address)
	up.Link, up.Version = state.LinkUp, version.OBS
	c.opt.Emit(up)
	if c.opt.Dialed != nil {
		c.opt.Dialed(ctx, client, up.Address)
	}
	if !c.keep(client) {
		client.Close()
		return nil, &obs.Error{Kind: obs.ErrClosed, Op: "connect"}
	}
	return client, nil
}

func (c *Connection) noteReached(address string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reached, c.refused = address, ""
}

func (c *Connection) noteRefused(address string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused = address
}

func (c *Connection) lastReached() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reached
}

// wantsPassword gives the endpoint that a password given now is for: the one that
// refused the last, else the first.
func (c *Connection) wantsPassword(place Place) obs.Endpoint {
	c.mu.Lock()
	refused := c.refused
	c.mu.Unlock()
	for _, endpoint := range place.Endpoints() {
		if endpoint.Address() == refused {
			return endpoint
		}
	}
	return place.Endpoint
}

// keep makes a dialed connection the one in use, unless this is over.
func (c *Connection) keep(client *obs.Client) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.client = client
	}
	return !c.closed
}

// Linked gives the lasting link's connection, where there is one.
func (c *Connection) Linked() (*obs.Client, bool) {
	c.mu.Lock()
	link := c.link
	c.mu.Unlock()
	if link == nil {
		return nil, false
	}
	return link.Client()
}

// Simulated reports whether a connection is to the sandbox's own OBS.
func (c *Connection) Simulated(client *obs.Client) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.simulated[client.Address()]
}

// simulate notes where the sandbox's own OBS is.
func (c *Connection) simulate(at obs.Endpoint) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.simulated == nil {
		c.simulated = make(map[string]bool)
	}
	c.simulated[at.Address()] = true
}

// Retry tries to connect now, also after a wrong password or a kick.
func (c *Connection) Retry() {
	c.mu.Lock()
	link := c.link
	c.mu.Unlock()
	if link != nil {
		link.Retry()
	}
}

// Close ends a dialed connection. The lasting link ends with its context.
func (c *Connection) Close() {
	c.mu.Lock()
	client := c.client
	c.client, c.closed = nil, true
	c.mu.Unlock()
	if client != nil {
		client.Close()
	}
}
