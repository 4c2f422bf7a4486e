//go:build unix

package obs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"cuelight/internal/peakmemory"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/link"
)

// maxMemory is how much memory a process may take at most, whatever answers at
// OBS's address.
const maxMemory = memoryFactor * 150 << 20

// A flood is what an impostor at OBS's address sends to whoever connects.
var floods = map[string]func(net.Conn){
	"an endless status line": func(c net.Conn) { pour(c, "HTTP/1.1 101 ", "aaaaaaaaaaaaaaaa") },
	"an endless header":      func(c net.Conn) { pour(c, "HTTP/1.1 101 Switching Protocols\r\nX-A: ", "aaaaaaaaaaaaaaaa") },
	"endless headers":        func(c net.Conn) { pour(c, "HTTP/1.1 101 Switching Protocols\r\n", "X-A: aaaaaaaa\r\n") },
	"a refusal without end":  func(c net.Conn) { pour(c, "HTTP/1.1 200 OK\r\n\r\n", "<html>aaaaaaaa") },
	"a huge Hello": overWebsocket(func(c *websocket.Conn) {
		hugeMessage(c, `{"op":0,"d":{"rpcVersion":1,"obsWebSocketVersion":"`, "aaaaaaaa", 200<<20)
	}),
	"a huge challenge": overWebsocket(func(c *websocket.Conn) {
		hugeMessage(c, `{"op":0,"d":{"rpcVersion":1,"authentication":{"salt":"s","challenge":"`, "aaaaaaaa", 100<<20)
	}),
	"a Hello of ever more fragments": overWebsocket(func(c *websocket.Conn) { hugeMessage(c, `{"op":0,"x":"`, "a", 1<<30) }),
	"a huge Identified": overWebsocket(func(c *websocket.Conn) {
		greet(c, false)
		hugeMessage(c, `{"op":2,"d":{"x":"`, "aaaaaaaa", 200<<20)
	}),
	"a huge event": overWebsocket(func(c *websocket.Conn) {
		greet(c, true)
		hugeMessage(c, `{"op":5,"d":{"eventType":"CurrentProfileChanged","eventData":{"profileName":"`, "aaaaaaaa", 200<<20)
	}),
	"large events without end": overWebsocket(func(c *websocket.Conn) {
		greet(c, true)
		event := []byte(`{"op":5,"d":{"eventType":"CurrentProfileChanged","eventIntent":2,"eventData":{"profileName":"` + strings.Repeat("a", 1900<<10) + `"}}}`)
		for c.WriteMessage(websocket.TextMessage, event) == nil {
		}
	}),
	"meters without end": overWebsocket(func(c *websocket.Conn) {
		greet(c, true)
		inputs := strings.Repeat(`{"inputName":"a","inputLevelsMul":[[1,1,1]]},`, 5000)
		event := []byte(`{"op":5,"d":{"eventType":"InputVolumeMeters","eventIntent":65536,"eventData":{"inputs":[` + strings.TrimSuffix(inputs, ",") + `]}}}`)
		for c.WriteMessage(websocket.TextMessage, event) == nil {
		}
	}),
	"answers full of nothing":        answering("{}"),
	"answers full of lists":          answering("[]"),
	"answers of the deepest nesting": answering(strings.Repeat("[", 9000) + strings.Repeat("]", 9000)),
	"settings full of nothing":       answering(`"a":{}`),
}

func pour(c net.Conn, head, more string) {
	_, err := io.WriteString(c, head)
	for chunk := strings.Repeat(more, 4096); err == nil; {
		_, err = io.WriteString(c, chunk)
	}
}

// overWebsocket takes the upgrade and goes on as then says.
func overWebsocket(then func(*websocket.Conn)) func(net.Conn) {
	return func(conn net.Conn) {
		upgrader := websocket.Upgrader{Subprotocols: []string{"obswebsocket.json"}}
		request, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		ws, err := upgrader.Upgrade(&hijacked{conn: conn, header: http.Header{}}, request, nil)
		if err == nil {
			then(ws)
		}
	}
}

// hijacked is the answer of an HTTP server that has only one connection.
type hijacked struct {
	conn   net.Conn
	header http.Header
}

func (h *hijacked) Header() http.Header         { return h.header }
func (h *hijacked) Write(p []byte) (int, error) { return h.conn.Write(p) }
func (h *hijacked) WriteHeader(int)             {}
func (h *hijacked) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return h.conn, bufio.NewReadWriter(bufio.NewReader(h.conn), bufio.NewWriter(h.conn)), nil
}

// hugeMessage sends one message in fragments.
func hugeMessage(c *websocket.Conn, head, more string, size int) {
	w, err := c.NextWriter(websocket.TextMessage)
	if err != nil {
		return
	}
	_, err = io.WriteString(w, head)
	chunk := strings.Repeat(more, 64<<10/len(more))
	for sent := 0; err == nil && sent < size; sent += len(chunk) {
		_, err = io.WriteString(w, chunk)
	}
	_ = w.Close()
}

// greet says Hello and, with all, Identified.
func greet(c *websocket.Conn, all bool) {
	_ = c.WriteMessage(websocket.TextMessage, []byte(plainHello))
	_, _, _ = c.ReadMessage()
	if all {
		_ = c.WriteMessage(websocket.TextMessage, []byte(identified))
	}
}

// answering answers every request with as much of one thing as a message holds.
func answering(one string) func(net.Conn) {
	return overWebsocket(func(c *websocket.Conn) {
		greet(c, true)
		many := strings.TrimSuffix(strings.Repeat(one+",", (2<<20-1000)/(len(one)+1)), ",")
		list, object := "["+many+"]", "{}"
		if strings.HasPrefix(one, `"`) {
			list, object = "[]", "{"+many+"}"
		}
		for {
			var request struct {
				D struct {
					ID string `json:"requestId"`
				} `json:"d"`
			}
			if c.ReadJSON(&request) != nil {
				return
			}
			_ = c.WriteMessage(websocket.TextMessage, fmt.Appendf(nil,
				`{"op":7,"d":{"requestId":%q,"requestStatus":{"code":100,"result":true},"responseData":{"inputs":%s,"scenes":[],"sceneItems":[],"streamServiceType":"a","streamServiceSettings":%s}}}`,
				request.D.ID, list, object))
		}
	})
}

func TestNoFloodTakesMuchMemory(t *testing.T) {
	if address := os.Getenv("CUELIGHT_TEST_FLOOD"); address != "" {
		meetFlood(t, address)
		return
	}
	for name, send := range floods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = listener.Close() }()
			go func() {
				for {
					conn, err := listener.Accept()
					if err != nil {
						return
					}
					go func() {
						defer func() { _ = conn.Close() }()
						send(conn)
					}()
				}
			}()
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNoFloodTakesMuchMemory$")
			child.Env = append(os.Environ(), "CUELIGHT_TEST_FLOOD="+listener.Addr().String())
			began := time.Now()
			if out, err := child.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			if took := time.Since(began); took > 15*time.Second {
				t.Errorf("took %v", took)
			}
			peak := peakmemory.Of(t, child.ProcessState)
			t.Logf("%d MB", peak>>20)
			if peak > maxMemory {
				t.Errorf("a process took %d MB", peak>>20)
			}
		})
	}
}

// meetFlood does what a command does, and then what a window does.
func meetFlood(t *testing.T, address string) {
	endpoint, err := obs.ParseEndpoint(address)
	if err != nil {
		t.Fatal(err)
	}
	endpoint.Password, endpoint.Unprotected = secret.New("password"), true // so that floods behind the greeting are met too
	dialer := obs.Dialer{Request: time.Second}
	if client, err := dialer.Dial(t.Context(), endpoint); err == nil {
		_, _ = client.Version(t.Context())
		_, _ = client.Service(t.Context())
		_, _ = client.StreamStatus(t.Context())
		_, _ = client.Microphones(t.Context())
		client.Close()
	} else if !errors.Is(err, obs.ErrProtocol) && !errors.Is(err, obs.ErrClosed) {
		t.Errorf("a flood is told as %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	held := link.New(link.Options{
		Find:   func(context.Context) (obs.Endpoint, error) { return endpoint, nil },
		Notify: func(link.Event) { time.Sleep(10 * time.Millisecond) }, // a slow listener
		Dialer: dialer,
	})
	_ = held.Run(ctx)
}
