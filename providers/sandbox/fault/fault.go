// Package fault injects faults into the simulated services on demand and records
// the calls that came, so that a program can be tested against a service that
// fails.
package fault

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// The kinds of faults.
const (
	// Status answers with Fault.Status and a short plain text.
	Status = "status"
	// HTML answers 200 (or Fault.Status) with a web page, as a block page or a
	// proxy does.
	HTML = "html"
	// Slow waits Fault.DelayMS, then answers as usual.
	Slow = "slow"
	// Truncated promises the whole body, sends half and closes.
	Truncated = "truncated"
	// TooMany answers 429 with Retry-After from Fault.RetryAfter, when above 0.
	TooMany = "too_many"
	// ExpiredToken and InvalidToken answer 401, InsufficientScope 403, in the
	// OAuth form.
	ExpiredToken      = "expired_token"
	InvalidToken      = "invalid_token"
	InsufficientScope = "insufficient_scope"
	// Result answers 200 with Fault.Result and Fault.Message, the platform's
	// own way of saying no.
	Result = "result"
	// Envelope answers Fault.Status (default 400) with Fault.Message, as CHZZK says
	// no.
	Envelope = "envelope"
	// Null answers 200 with null, as the SOOP document's example of
	// user/stationinfo does.
	Null = "null"
	// Misprint answers 200 with JSON broken in the way the documents' example
	// of broad/list is.
	Misprint = "misprint"
	// Huge answers 200 with 64 MB of valid JSON.
	Huge = "huge"
	// Drop closes the connection without an answer; the call is not handled.
	Drop = "drop"
	// LostAnswer handles the call, then closes the connection without an answer.
	LostAnswer = "lost_answer"
)

var kinds = []string{
	Status, HTML, Slow, Truncated, TooMany, ExpiredToken, InvalidToken,
	InsufficientScope, Result, Envelope, Null, Misprint, Huge, Drop, LostAnswer,
}

// Fault is one fault to inject.
type Fault struct {
	// Endpoint is the platform's own path, such as "broad/rtmp"; "" or "*"
	// means any.
	Endpoint string `json:"endpoint"`
	// Method is an HTTP method such as "PUT"; "" means any.
	Method string `json:"method,omitempty"`
	// Kind is one of the constants above.
	Kind string `json:"kind"`
	// Times is how many calls it hits; 0 means 1, below 0 means all until
	// cleared.
	Times int `json:"times,omitempty"`
	// Status is the HTTP status of Status (default 500), HTML (default 200) and
	// Envelope (default 400).
	Status int `json:"status,omitempty"`
	// RetryAfter is in seconds.
	RetryAfter int `json:"retry_after,omitempty"`
	// DelayMS is how long Slow waits, in milliseconds.
	DelayMS int `json:"delay_ms,omitempty"`
	// Result and Message are what Result answers; Message is what Envelope does.
	Result  int    `json:"result,omitempty"`
	Message string `json:"message,omitempty"`
}

// Call is one request that came, without the values of its parameters.
type Call struct {
	Time     time.Time `json:"time"`
	Method   string    `json:"method"`
	Dialect  string    `json:"dialect"`
	Endpoint string    `json:"endpoint"`
	// Fields are the names of the parameters, sorted.
	Fields []string `json:"fields,omitempty"`
	// Fault is the Kind of the fault that was injected, if one was.
	Fault string `json:"fault,omitempty"`
}

// maxCalls bounds the calls recorded.
const maxCalls = 2000

// Set is the queue of faults to inject and the record of calls. The zero value is
// ready for use.
type Set struct {
	mu     sync.Mutex // guards what follows
	faults []Fault
	calls  []Call
	counts map[string]int
}

// Add queues faults, in order; it refuses a Kind that is not known.
func (s *Set) Add(faults ...Fault) error {
	for i := range faults {
		if !slices.Contains(kinds, faults[i].Kind) {
			return fmt.Errorf("fault kind %q is none of %s", faults[i].Kind, strings.Join(kinds, ", "))
		}
		if faults[i].Times == 0 {
			faults[i].Times = 1
		}
		faults[i].Endpoint = strings.Trim(faults[i].Endpoint, "/")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
	return nil
}

// Clear removes the faults that have not been injected yet.
func (s *Set) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// Pending returns the faults that have not been injected yet.
func (s *Set) Pending() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.faults)
}

// take removes the next fault for an endpoint from the queue, if there is one.
func (s *Set) take(method, endpoint string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.Endpoint != "" && f.Endpoint != "*" && f.Endpoint != endpoint {
			continue
		}
		if f.Method != "" && f.Method != method {
			continue
		}
		if f.Times > 0 {
			s.faults[i].Times--
			if s.faults[i].Times == 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
		}
		return f, true
	}
	return Fault{}, false
}

func (s *Set) note(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[c.Method+" "+c.Endpoint]++
	s.calls = append(s.calls, c)
	if extra := len(s.calls) - maxCalls; extra > 0 {
		s.calls = slices.Delete(s.calls, 0, extra)
	}
}

// Calls returns the latest calls, oldest first.
func (s *Set) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Counts returns how often each endpoint was called, by "METHOD endpoint".
func (s *Set) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]int, len(s.counts))
	for k, v := range s.counts {
		out[k] = v
	}
	return out
}
