//go:build unix && !race

package oauth

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"cuelight/internal/peakmemory"
	"cuelight/providers"
)

// TestNoFloodOfTheListenerTakesMuchMemory has another program of this machine open
// thousands of connections during a sign-in, each with a header as long as one may
// be that never ends. The browser gets through all the same.
func TestNoFloodOfTheListenerTakesMuchMemory(t *testing.T) {
	if os.Getenv("CUELIGHT_TEST_FLOOD") != "" {
		awaitFlooded(t)
		return
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), "CUELIGHT_TEST_FLOOD=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	header := "GET /callback HTTP/1.1\r\nX: " + strings.Repeat("x", 15<<10)
	for range 5000 {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			break // no more are taken in
		}
		defer func() { _ = c.Close() }()
		_ = c.SetWriteDeadline(time.Now().Add(100 * time.Millisecond))
		_, _ = c.Write([]byte(header))
	}
	visit := fmt.Sprintf("GET /callback?code=the-code-of-the-user&state=the-state HTTP/1.1\r\nHost: %s\r\n\r\n", address)
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		if c, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			_, _ = c.Write([]byte(visit))
			_ = c.SetReadDeadline(time.Now().Add(time.Second))
			_, err = c.Read(make([]byte, 1))
			_ = c.Close()
			if err == nil {
				break
			}
		}
	}
	if err := child.Wait(); err != nil {
		t.Fatal(err)
	}
	peak := peakmemory.Of(t, child.ProcessState)
	t.Logf("%d MB", peak>>20)
	if peak > 150<<20 {
		t.Errorf("a process took %d MB", peak>>20)
	}
}

// awaitFlooded is the sign-in that the flood meets; it tells where it listens.
func awaitFlooded(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	request := providers.SignInRequest{RedirectURI: "http://" + l.Addr().String() + "/callback", StateRequired: true}
	p, err := Begin(t.Context(), request, "the-state", Options{
		Listen: func(context.Context, string, string) (net.Listener, error) { return l, nil }, Timeout: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(l.Addr())
	code, err := p.Wait(t.Context())
	if err != nil || code != "the-code-of-the-user" {
		t.Errorf("got %v", err)
	}
	_ = p.Close()
}
