package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bluenviron/gortmplib"
	"github.com/bluenviron/gortmplib/pkg/message"
	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/ingest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const goodKey = "soop1234-1234567890"

// gate lets goodKey in and tells what it was told.
type gate struct {
	began chan string
	ended chan bool
	dead  chan struct{}
}

func newGate() *gate {
	return &gate{began: make(chan string, 8), ended: make(chan bool, 8), dead: make(chan struct{})}
}

func (g *gate) Begin(_ context.Context, _ string, key secret.Text) (string, error) {
	if key.Reveal() != goodKey {
		return "", errors.New("wrong key")
	}
	g.began <- "soop1234"
	return "soop1234", nil
}

func (g *gate) StillAllowed(context.Context, string, secret.Text) (bool, error) {
	select {
	case <-g.dead:
		return false, nil
	default:
		return true, nil
	}
}

func (g *gate) End(_ context.Context, _ string, clean bool) error {
	g.ended <- clean
	return nil
}

func listen(t *testing.T, g ingest.Authorizer, log io.Writer) *ingest.Server {
	t.Helper()
	s, err := ingest.Listen(t.Context(), "127.0.0.1:0", g, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// publish connects as a publisher. The key is set off by "#" in the library's
// addresses.
func publish(t *testing.T, s *ingest.Server, key string) (*gortmplib.Client, error) {
	t.Helper()
	u, err := url.Parse("rtmp://" + s.Address() + "/app#" + key)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	c := &gortmplib.Client{URL: u, Publish: true}
	err = c.Initialize(ctx)
	return c, err
}

func send(t *testing.T, c *gortmplib.Client, bytes int) {
	t.Helper()
	err := c.Write(&message.Video{
		ChunkStreamID: 4, MessageStreamID: 0x1000000, Codec: message.CodecH264, IsKeyFrame: true,
		Type: message.VideoTypeAU, AU: make([]byte, bytes),
	})
	if err == nil {
		err = c.Write(&message.Audio{
			ChunkStreamID: 6, MessageStreamID: 0x1000000, Codec: message.CodecMPEG4Audio, Rate: message.AudioRate44100,
			Depth: message.AudioDepth16, IsStereo: true, AACType: message.AudioAACTypeAU, AU: make([]byte, 200),
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// within waits for an event.
func within[T any](t *testing.T, what string, events <-chan T) T {
	t.Helper()
	select {
	case e := <-events:
		return e
	case <-time.After(10 * time.Second):
		t.Fatalf("waited in vain for %s", what)
		panic("unreachable")
	}
}

// eventually waits for a condition that no event tells of.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); <-tick.C {
		if ok() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}

func TestAPublisherIsCountedUntilItGoes(t *testing.T) {
	for _, clean := range []bool{true, false} {
		g := newGate()
		s := listen(t, g, io.Discard)
		c, err := publish(t, s, goodKey)
		if err != nil {
			t.Fatal(err)
		}
		within(t, "the beginning", g.began)
		send(t, c, 100_000)
		eventually(t, "the bytes and codecs", func() bool {
			list := s.Streams()
			return len(list) == 1 && list[0].User == "soop1234" && list[0].Bytes > 100_000 &&
				list[0].Video == "H.264" && list[0].Audio == "AAC"
		})
		eventually(t, "a rate", func() bool {
			send(t, c, 1000)
			list := s.Streams()
			return len(list) == 1 && list[0].Kbps > 0
		})
		if clean {
			err = c.Write(&message.CommandAMF0{ChunkStreamID: 3, Name: "deleteStream", CommandID: 6, Arguments: []any{nil, 1.0}})
			if err != nil {
				t.Fatal(err)
			}
		} else {
			c.Close()
		}
		if got := within(t, "the end", g.ended); got != clean {
			t.Errorf("ended in good order: %t, not %t", got, clean)
		}
		c.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if left := s.Streams(); len(left) != 0 {
			t.Errorf("%d streams are left", len(left))
		}
	}
}

func TestAWrongKeyIsRefusedInWordsAndNotLogged(t *testing.T) {
	var log bytes.Buffer
	s := listen(t, newGate(), &log)
	c, err := publish(t, s, "soop1234-9999999999")
	if err == nil || !strings.Contains(err.Error(), "NetStream.Publish.BadName") {
		t.Errorf("the publisher is told %v", err)
	}
	c.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if text := log.String(); strings.Contains(text, "9999999999") || !strings.Contains(text, "refused") {
		t.Errorf("the log says %s", text)
	}
}

func TestAPublisherWhoseKeyDiesIsDropped(t *testing.T) {
	for name, kill := range map[string]func(*gate, *ingest.Server){
		"dropped at once":           func(_ *gate, s *ingest.Server) { s.Drop("soop1234") },
		"found out within a second": func(g *gate, _ *ingest.Server) { close(g.dead) },
		"dropped by the end of all": func(_ *gate, s *ingest.Server) { _ = s.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			g := newGate()
			s := listen(t, g, io.Discard)
			c, err := publish(t, s, goodKey)
			if err != nil {
				t.Fatal(err)
			}
			send(t, c, 1000)
			within(t, "the beginning", g.began)
			eventually(t, "the stream", func() bool { return len(s.Streams()) == 1 })
			s.Drop("somebody else")
			kill(g, s)
			if clean := within(t, "the end", g.ended); clean {
				t.Error("a dropped publisher did not end in good order")
			}
			_ = c.NetConn().SetReadDeadline(time.Now().Add(5 * time.Second))
			for {
				if _, err := c.Read(); err != nil {
					if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
						t.Error("the publisher was not hung up on")
					}
					break
				}
			}
			c.Close()
			_ = s.Close()
		})
	}
}

func TestNonsenseEndsOnlyItsOwnConnection(t *testing.T) {
	g := newGate()
	s := listen(t, g, io.Discard)
	for _, nonsense := range []string{"GET / HTTP/1.1\r\n\r\n", "\x03" + strings.Repeat("\x00", 4000), "\x06" + strings.Repeat("\xff", 8000)} {
		conn, err := net.Dial("tcp", s.Address())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, nonsense)
		_ = conn.Close()
	}
	c, err := publish(t, s, goodKey)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	within(t, "the end", g.ended)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
