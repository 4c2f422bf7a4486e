package obssim

import (
	"net"
	"sync"
	"time"

	"cuelight/internal/secret"
)

// StartFault is a way for a start of the stream to go wrong.
type StartFault int

const (
	// StartWell goes as it should.
	StartWell StartFault = iota
	// StartDropped: the request succeeds and nothing happens, as while OBS's
	// settings dialog is open.
	StartDropped
	// StartStuck: STARTING, and nothing more.
	StartStuck
	// StartFails: STARTING, then STOPPED, as with an ingest that is not there.
	StartFails
	// StartUnsaid: it streams, and sends no event about it.
	StartUnsaid
)

// Fault is what to do with a request instead of answering it well.
type Fault struct {
	// Times is how often; 0 means always.
	Times int
	// Delay comes before the answer.
	Delay time.Duration
	// Status and Comment refuse it with that code.
	Status  int
	Comment string
	// Ignore never answers.
	Ignore bool
	// Close ends the session with that close code instead.
	Close int
}

// Faults is how the simulated OBS misbehaves. The zero value behaves.
type Faults struct {
	// CloseAtHello and CloseAtIdentify end each new session with that close
	// code.
	CloseAtHello, CloseAtIdentify int
	// Mute accepts connections and says nothing on them.
	Mute bool
	// Hang keeps every session open and stops reading and answering, pings
	// included, like a frozen OBS.
	Hang bool
	// Requests holds a fault by request name; "*" is for every request.
	Requests map[string]Fault
	// Start is what becomes of a start.
	Start StartFault
	// StartTakes is how long a good start takes.
	StartTakes time.Duration
	// RefuseAfterStop is for how long settings are refused (500) after a stop;
	// real OBS does so for 2 to 3 s.
	RefuseAfterStop time.Duration
	// EndTakes is for how long after STOPPED the output still counts as active,
	// and a start is taken and dropped; real OBS does so for some 200 ms.
	EndTakes time.Duration
	// InBatch is called within a batch after each request that succeeded, with
	// how many those are and its name: for what another client or the user does
	// in that very moment. May be nil.
	InBatch func(done int, request string)
	// SteadyWrites keeps SwitchProfile from happening within a batch that writes:
	// a real OBS may do that, and then nobody can tell what the profile held.
	SteadyWrites bool
	// SwitchTakes is how long a switch of the profile takes, see SwitchProfile.
	SwitchTakes time.Duration
	// IgnoreWrites says that new stream settings were taken, and keeps the old.
	IgnoreWrites bool
	// Congestion is what the stream reports, 0 to 1.
	Congestion float64
	// DropRatio is the share of frames lost to the network, 0 to 1.
	DropRatio float64
	// FPS is the frame rate reached; 0 means all of the wanted one.
	FPS float64
	// Frozen keeps its picture still.
	Frozen bool
}

// Faults changes how it misbehaves, from the next moment on.
func (o *OBS) Faults(change func(*Faults)) { o.faults.change(change) }

// faultSet is how it misbehaves now.
type faultSet struct {
	mu  sync.Mutex // guards now
	now Faults
}

func (f *faultSet) change(change func(*Faults)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.now)
}

// current gives all but the faults of requests, see forRequest.
func (f *faultSet) current() Faults {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now
	now.Requests = nil
	return now
}

// forRequest uses up one of the faults kept for a request.
func (f *faultSet) forRequest(name string) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, key := range []string{name, "*"} {
		fault, ok := f.now.Requests[key]
		if !ok {
			continue
		}
		switch fault.Times {
		case 0:
		case 1:
			delete(f.now.Requests, key)
		default:
			left := fault
			left.Times--
			f.now.Requests[key] = left
		}
		return fault
	}
	return Fault{}
}

// Kick ends every session with a close code: 4011 is OBS's Kick button, 1001
// its server being switched off.
func (o *OBS) Kick(code int) { o.server.closeSessions(code, "") }

// Reset ends every session with a TCP reset and no close frame, as a crash
// does.
func (o *OBS) Reset() {
	for _, s := range o.server.everySession() {
		if tcp, ok := s.conn.NetConn().(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = s.conn.Close()
	}
}

// Quit leaves as OBS does: ExitStarted, close code 1001, port closed.
func (o *OBS) Quit() {
	o.Emit("ExitStarted", intentGeneral, nil)
	o.server.stopListening()
	o.server.closeSessions(1001, "Server stopping.")
}

// Crash leaves without a word: connections reset, port closed.
func (o *OBS) Crash() {
	o.server.stopListening()
	o.Reset()
}

// Restart listens again on the same port, after Quit or Crash.
func (o *OBS) Restart() error {
	o.output.reset()
	return o.server.listen(o.Addr().String())
}

// SetPassword changes the password; sessions that are in stay in.
func (o *OBS) SetPassword(password secret.Text) {
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	o.server.password = password
}

// Flood sends n events as fast as the clients take them.
func (o *OBS) Flood(n int) {
	for i := range n {
		o.Emit("InputMuteStateChanged", intentInputs, map[string]any{"inputName": "Mic/Aux", "inputMuted": i%2 == 0})
	}
}
