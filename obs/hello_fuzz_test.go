package obs

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"cuelight/internal/secret"
)

// script is the other end of a connection: it agrees to the upgrade, says what
// it is given, and ends.
type script struct {
	says []byte
	from *bytes.Reader
	took bytes.Buffer
}

func (s *script) Write(sent []byte) (int, error) {
	s.took.Write(sent)
	if s.from != nil {
		return len(sent), nil
	}
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(sent)))
	if err != nil {
		return 0, err
	}
	sum := sha1.Sum([]byte(request.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) // RFC 6455, 4.2.2
	agreed := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Protocol: " + subprotocol + "\r\nSec-WebSocket-Accept: " + base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"
	s.from = bytes.NewReader(slices.Concat([]byte(agreed), s.says))
	s.took.Reset()
	return len(sent), nil
}

func (s *script) Read(into []byte) (int, error) {
	if s.from == nil {
		return 0, io.EOF
	}
	return s.from.Read(into)
}

func (*script) Close() error                     { return nil }
func (*script) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (*script) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (*script) SetDeadline(time.Time) error      { return nil }
func (*script) SetReadDeadline(time.Time) error  { return nil }
func (*script) SetWriteDeadline(time.Time) error { return nil }

// frame is a text message as a server sends it.
func frame(text string) []byte {
	head := []byte{0x81, byte(len(text))}
	if len(text) > 125 {
		head = []byte{0x81, 126, byte(len(text) >> 8), byte(len(text))}
	}
	return append(head, text...)
}

// FuzzHello has something answer at OBS's address, with a websocket and whatever
// comes over it: the password never leaves in plain, and what is refused is told
// as one of the kinds of Dial.
func FuzzHello(f *testing.F) {
	const challenge = `{"op":0,"d":{"obsWebSocketVersion":"5.5.4","rpcVersion":1,"authentication":{"challenge":"c","salt":"s"}}}`
	f.Add(slices.Concat(frame(challenge), frame(`{"op":2,"d":{"negotiatedRpcVersion":1}}`)))
	f.Add(slices.Concat(frame(`{"op":0,"d":{"obsWebSocketVersion":"5.0","rpcVersion":1}}`), frame(`{"op":2,"d":{}}`)))
	f.Add(frame(strings.Replace(challenge, `"c"`, `1`, 1)))
	f.Add([]byte{0x88, 2, 0x0f, 0xab}) // closed by a kick
	f.Add([]byte{0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0x01, 1, '{', 0x80, 1, '}'})
	f.Fuzz(func(t *testing.T, says []byte) {
		other := &script{says: says}
		dialer := websocket.Dialer{
			Subprotocols:   []string{subprotocol},
			NetDialContext: func(context.Context, string, string) (net.Conn, error) { return other, nil },
		}
		conn, answer, err := dialer.DialContext(t.Context(), "ws://obs.example", nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		_, err = identify(t.Context(), conn, Endpoint{Password: secret.New("plain-password"), Unprotected: true})
		if bytes.Contains(unmasked(other.took.Bytes()), []byte("plain-password")) {
			t.Errorf("%q is given the password", says)
		}
		if err == nil {
			return
		}
		told, ok := errors.AsType[*Error](err)
		if !ok || !slices.Contains([]error{ErrProtocol, ErrClosed, ErrPassword, ErrKicked, ErrNotReady, ErrSilent}, told.Kind) {
			t.Errorf("%q is told as %v", says, err)
		}
	})
}

// unmasked takes the mask off a client's frames of one kind: those with a length
// in 16 bits or less.
func unmasked(sent []byte) (out []byte) {
	for len(sent) > 6 {
		n, at := int(sent[1]&0x7f), 2
		if n == 126 && len(sent) > 8 {
			n, at = int(sent[2])<<8|int(sent[3]), 4
		}
		mask, body := sent[at:at+4], sent[at+4:]
		n = min(n, len(body))
		for i := range n {
			out = append(out, body[i]^mask[i%4])
		}
		sent = body[n:]
	}
	return out
}

// FuzzEndpoint reads an address as a person types it, or another process's file
// has it: what is accepted can be dialled, shown and read again.
func FuzzEndpoint(f *testing.F) {
	for _, seed := range []string{
		"localhost:4455", "::1", "[::1]:4455", "ws://192.168.0.7:4455/", ":4455", "obs.example", "[fe80::1%eth0]:1", "[x", "a]:1", "h:+1", "h:0x10", "방송:1", "a\x1b:1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		e, err := ParseEndpoint(typed)
		if err != nil {
			if !errors.Is(err, ErrUsage) {
				t.Errorf("%q is told as %v", typed, err)
			}
			return
		}
		if e.Port < 1 || e.Port > 65535 || e.Host == "" || !e.Password.Empty() {
			t.Errorf("%q gives %q, %d", typed, e.Host, e.Port)
		}
		if strings.ContainsFunc(e.Address(), func(r rune) bool { return r < ' ' || r == 0x7f || r == ' ' }) {
			t.Errorf("%q gives the address %q", typed, e.Address())
		}
		again, err := ParseEndpoint(e.Address())
		if err != nil || again.Address() != e.Address() {
			t.Errorf("%q gives %q, and that %q: %v", typed, e.Address(), again.Address(), err)
		}
	})
}
