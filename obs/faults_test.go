package obs_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestEveryCloseCodeIsUnderstood(t *testing.T) {
	codes := map[int]error{
		1000: obs.ErrClosed, 1001: obs.ErrClosed, 1011: obs.ErrClosed, 1012: obs.ErrClosed,
		1002: obs.ErrProtocol, 1003: obs.ErrProtocol, 1007: obs.ErrProtocol, 1009: obs.ErrProtocol,
		4000: obs.ErrClosed, 4002: obs.ErrProtocol, 4003: obs.ErrProtocol, 4004: obs.ErrProtocol,
		4005: obs.ErrProtocol, 4006: obs.ErrProtocol, 4007: obs.ErrProtocol, 4008: obs.ErrProtocol,
		4009: obs.ErrPassword, 4010: obs.ErrProtocol, 4011: obs.ErrKicked, 4012: obs.ErrProtocol,
		4999: obs.ErrClosed,
	}
	moments := map[string]func(*obssim.Faults, int){
		"at hello":    func(f *obssim.Faults, code int) { f.CloseAtHello = code },
		"at identify": func(f *obssim.Faults, code int) { f.CloseAtIdentify = code },
		"in session": func(f *obssim.Faults, code int) {
			f.Requests = map[string]obssim.Fault{"GetVersion": {Close: code}}
		},
	}
	for when, set := range moments {
		o := obstest.StartSim(t, obssim.Options{})
		for code, kind := range codes {
			t.Run(fmt.Sprintf("%d %s", code, when), func(t *testing.T) {
				o.Faults(func(f *obssim.Faults) { *f = obssim.Faults{}; set(f, code) })
				c, err := obstest.Quick().Dial(t.Context(), o.Endpoint())
				if err == nil {
					defer c.Close()
					_, err = c.Version(t.Context())
					<-c.Done()
					obstest.WantKind(t, c.Err(), kind)
				}
				obstest.WantKind(t, err, kind)
				var typed *obs.Error
				if errors.As(err, &typed); typed.Code != code {
					t.Errorf("code %d, want %d", typed.Code, code)
				}
			})
		}
	}
}

func TestWrongAndMissingPassword(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	for _, password := range []string{"", "wrong"} {
		e := o.Endpoint()
		e.Password = secret.New(password)
		_, err := obstest.Quick().Dial(t.Context(), e)
		obstest.WantKind(t, err, obs.ErrPassword)
		if strings.Contains(err.Error(), "wrong\"") {
			t.Error("the error quotes the password")
		}
	}
}

func TestNothingUsefulListens(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	defer web.Close()
	mute := obstest.StartSim(t, obssim.Options{})
	mute.Faults(func(f *obssim.Faults) { f.Mute = true })
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	tests := map[string]struct {
		address string
		kind    error
	}{
		"nobody":                      {closed.Addr().String(), obs.ErrUnreachable},
		"another program":             {web.Listener.Addr().String(), obs.ErrProtocol},
		"something that says nothing": {mute.Addr().String(), obs.ErrUnreachable},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e, err := obs.ParseEndpoint(tt.address)
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			_, err = obstest.Quick().Dial(t.Context(), e)
			obstest.WantKind(t, err, tt.kind)
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestLocalhostFallsBackToIPv6(t *testing.T) {
	o, err := obssim.New(obssim.Options{Listen: "[::1]:0"})
	if err != nil {
		t.Skip("this machine has no IPv6 loopback")
	}
	defer o.Close()
	_, port, _ := net.SplitHostPort(o.Addr().String())
	n, _ := strconv.Atoi(port)
	obstest.Dial(t, obstest.Quick(), obs.Endpoint{Host: "localhost", Port: n})
}

func TestASlowAnswerFailsItsRequestOnly(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"GetVersion": {Delay: 500 * time.Millisecond, Times: 1}}
	})
	_, err := c.Version(t.Context())
	obstest.WantKind(t, err, obs.ErrNoAnswer)
	// The late answer comes in between, and belongs to nobody.
	for range 20 {
		if _, err := c.Service(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if _, err := c.Version(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestNotReadyIsWaitedOut(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"*": {Status: 207, Times: 3}}
	})
	if _, err := c.Service(t.Context()); err != nil {
		t.Errorf("after three refusals: %v", err)
	}
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"*": {Status: 207}}
	})
	_, err := c.Service(t.Context())
	obstest.WantKind(t, err, obs.ErrNotReady)
}

func TestPendingRequestsEndWithTheConnection(t *testing.T) {
	for name, end := range map[string]func(*obssim.OBS, *obs.Client){
		"reset by OBS":   func(o *obssim.OBS, _ *obs.Client) { o.Reset() },
		"frozen OBS":     func(o *obssim.OBS, _ *obs.Client) { o.Faults(func(f *obssim.Faults) { f.Hang = true }) },
		"closed by us":   func(_ *obssim.OBS, c *obs.Client) { c.Close() },
		"OBS quits":      func(o *obssim.OBS, _ *obs.Client) { o.Quit() },
		"kicked by user": func(o *obssim.OBS, _ *obs.Client) { o.Kick(4011) },
	} {
		t.Run(name, func(t *testing.T) {
			o := obstest.StartSim(t, obssim.Options{})
			d := obstest.Quick()
			d.Request = time.Minute
			c := obstest.Dial(t, d, o.Endpoint())
			o.Faults(func(f *obssim.Faults) {
				f.Requests = map[string]obssim.Fault{"GetVersion": {Ignore: true}}
			})
			errs := make(chan error, 50)
			for range cap(errs) {
				go func() { _, err := c.Version(context.Background()); errs <- err }()
			}
			if _, err := c.Service(t.Context()); err != nil {
				t.Fatal(err)
			}
			end(o, c)
			for range cap(errs) {
				select {
				case err := <-errs:
					if !errors.Is(err, obs.ErrClosed) && !errors.Is(err, obs.ErrKicked) {
						t.Fatal(err)
					}
				case <-time.After(3 * time.Second):
					t.Fatal("a request hangs")
				}
			}
			if _, err := c.Service(t.Context()); err == nil {
				t.Error("a dead client answers")
			}
		})
	}
}

func TestFloodOfEvents(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	d := obstest.Quick()
	d.Request = 5 * time.Second
	c := obstest.Dial(t, d, o.Endpoint())
	events := c.Events() // taken only after the flood
	var flood sync.WaitGroup
	flood.Go(func() { o.Flood(5000) })
	if err := c.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	flood.Wait()
	if _, err := c.Version(t.Context()); err != nil { // all of it has come in
		t.Fatal(err)
	}
	var seen, lost int
	var started bool
	for {
		select {
		case e := <-events:
			seen++
			lost += e.Lost
			started = started || e.State == obs.StateStarted
			continue
		case <-time.After(200 * time.Millisecond):
		}
		break
	}
	if !started {
		t.Error("the flood washed the start of the stream away")
	}
	if lost == 0 || seen > 1000 {
		t.Errorf("%d events kept, %d told lost: the queue has no bound", seen, lost)
	}
}

func TestNotReadyUntilTheTimeIsUp(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"*": {Status: 207}}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 250*time.Millisecond)
	defer cancel()
	_, err := c.Service(ctx)
	obstest.WantKind(t, err, obs.ErrNotReady)
}
