// Package obstest is what the tests of package obs and of those beside it
// share: a simulated OBS for one test, and a client with short waits.
package obstest

import (
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
)

// Lasting is the goroutine that starts real parts, which outlives a test.
func Lasting() goleak.Option {
	return goleak.IgnoreAnyFunction("cuelight/internal/realparts.serveStarts")
}

// Quick is a Dialer whose waits are short, for faults that take their time.
func Quick() obs.Dialer {
	return obs.Dialer{
		Handshake: 500 * time.Millisecond, Request: 300 * time.Millisecond, NotReady: time.Second,
		Ping: 50 * time.Millisecond, Silence: 400 * time.Millisecond,
		Watchdog: 500 * time.Millisecond, Poll: 50 * time.Millisecond,
	}
}

// StartSim starts a simulated OBS that asks for a password, until the end of
// the test.
func StartSim(t *testing.T, options obssim.Options) *obssim.OBS {
	t.Helper()
	if options.Password.Empty() {
		options.Password = secret.New("open sesame")
	}
	o, err := obssim.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	return o
}

// Dial connects until the end of the test.
func Dial(t *testing.T, d obs.Dialer, e obs.Endpoint) *obs.Client {
	t.Helper()
	c, err := d.Dial(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// WantKind ends the test unless err is an *obs.Error of that kind.
func WantKind(t *testing.T, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("got %v, want kind %v", err, kind)
	}
	var typed *obs.Error
	if !errors.As(err, &typed) {
		t.Fatalf("%v is no *obs.Error", err)
	}
}
