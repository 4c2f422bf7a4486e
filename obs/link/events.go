package link

import (
	"context"
	"time"

	"cuelight/obs"
)

// Kind says what an Event is about.
type Kind string

const (
	// Connecting: a first attempt is under way. Quiet retries do not repeat
	// it.
	Connecting Kind = "connecting"
	// Connected: Link.Client gives a Client from now on; Version is set.
	Connected Kind = "connected"
	// Lost: the connection is gone; Err tells why. The link goes on by
	// itself unless Stopped follows.
	Lost Kind = "lost"
	// Waiting: OBS is not there yet; Err tells why. Said again only when the
	// reason changes. A normal state, for no dialog.
	Waiting Kind = "waiting"
	// Stopped: no further attempt until Link.Retry; Err is of kind
	// ErrPassword or ErrKicked. After ErrPassword the link also goes on when
	// Find gives another endpoint or password.
	Stopped Kind = "stopped"
	// OBS: Event happened in OBS.
	OBS Kind = "obs"
	// Stream: Stream is the state of the output, read at the beginning of
	// each connection and whenever events were lost.
	Stream Kind = "stream"
	// Service: Service is what OBS streams to and Profile whose it is; sent at
	// the first connection and whenever either is found changed, by whomever.
	Service Kind = "service"
)

// Event is something that happened to the link or came over it.
type Event struct {
	Kind Kind
	Time time.Time
	// Address is HOST:PORT of the endpoint in question; may be empty before one
	// was found.
	Address string
	Version obs.Version
	Err     error
	Event   obs.Event
	Stream  obs.Stream
	Service obs.Service
	// Profile is the name of the profile in use, with Service.
	Profile string
}

// Options says how a Link works. Find is needed, all else has defaults.
type Options struct {
	// Find gives the endpoint to dial, afresh before each attempt. Its error is
	// what Waiting carries.
	Find func(context.Context) (obs.Endpoint, error)
	// Others gives more endpoints to try, in this order, where that of Find does
	// not answer or refuses the password. It is called right after Find; nil
	// means that there are none.
	Others func() []obs.Endpoint
	// Notify takes the events, one at a time and in order. While it does not
	// return, the link stands still.
	Notify func(Event)
	// Dialer opens the connections.
	Dialer obs.Dialer
	// Retry is the time between attempts on this machine; default 500 ms.
	Retry time.Duration
	// RetryFar is the longest time between attempts on another machine, and
	// where something else than OBS answers; default 5 s.
	RetryFar time.Duration
	// ServiceEvery is how often the stream service is compared while idle;
	// default 10 s.
	ServiceEvery time.Duration
	// StartupDelay is how long an OBS before 30 that has just come up is left alone:
	// requests during its start can crash it. Default 1 s.
	StartupDelay time.Duration
}

func (o Options) withDefaults() Options {
	set := func(field *time.Duration, value time.Duration) {
		if *field <= 0 {
			*field = value
		}
	}
	set(&o.Retry, 500*time.Millisecond)
	set(&o.RetryFar, 5*time.Second)
	set(&o.ServiceEvery, 10*time.Second)
	set(&o.StartupDelay, time.Second)
	if o.Notify == nil {
		o.Notify = func(Event) {}
	}
	return o
}
