//go:build linux

package endtoend

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// TestAnImpostorAtOBSsAddressFillsNoMemory measures the shipped program.
func TestAnImpostorAtOBSsAddressFillsNoMemory(t *testing.T) {
	const maxMemory = 150 << 10 // kilobytes, as the system counts
	chunk := strings.Repeat("a", 1<<20)
	hello := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{Subprotocols: []string{"obswebsocket.json"}}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		message, err := conn.NextWriter(websocket.TextMessage)
		if err != nil {
			return
		}
		_, err = io.WriteString(message, `{"op":0,"d":{"authentication":{"challenge":"`)
		for range 500 {
			if err == nil {
				_, err = io.WriteString(message, chunk)
			}
		}
	}))
	defer hello.Close()
	raw, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	go func() {
		for {
			conn, err := raw.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				_, err := io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nX-A: ")
				for err == nil {
					_, err = io.WriteString(conn, chunk)
				}
			}()
		}
	}()
	for name, address := range map[string]string{
		"a huge Hello": hello.Listener.Addr().String(), "an endless header": raw.Addr().String(),
	} {
		for _, verb := range []string{"status", "watch"} {
			t.Run(verb+": "+name, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
				defer cancel()
				c := exec.CommandContext(ctx, program, "--config", t.TempDir(), "--lang", "en", "--obs", address, verb)
				c.Cancel = func() error { return c.Process.Signal(syscall.SIGINT) }
				c.Env = append(c.Environ(), "CUELIGHT_OBS_PASSWORD=password", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
				out, _ := c.CombinedOutput()
				usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
				if !ok {
					t.Fatal("the system does not tell how much memory a process took")
				}
				t.Logf("%d MB", usage.Maxrss>>10)
				if usage.Maxrss > maxMemory {
					t.Errorf("took %d MB: %.300s", usage.Maxrss>>10, out)
				}
			})
		}
	}
}
