// Package instance makes one program the one with the window: there is one
// window for a configuration folder, and a later start brings it to the front.
package instance

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cuelight/app/storage"
)

const (
	// raiseRequest is what a second window says to the first, and raised is the
	// answer of one that understood: one line each.
	raiseRequest = "cuelight: show the window"
	raised       = "cuelight: shown"
	// maxLine is how many bytes of a line are read; who sends more is a stranger.
	maxLine = 256
	// talkTimeout bounds the talk between the two.
	talkTimeout = 2 * time.Second
)

// ErrAnotherWindow: a window is open on this configuration already; it was
// asked to come to the front.
var ErrAnotherWindow = errors.New("another window is open already")

// Instance is the one window of a configuration folder.
type Instance struct {
	unlock   func()
	listener net.Listener
	show     func()
	serving  sync.WaitGroup

	// mu guards the fields below, so that Close does not wait for a stranger.
	mu     sync.Mutex
	talk   net.Conn // the one that is answered now
	closed bool
}

// Claim makes this program the one with the window. Where there is one already
// it is raised, and the error is ErrAnotherWindow. show is called, on a
// goroutine of its own, for each later start; it must not wait.
func Claim(ctx context.Context, dir string, show func()) (*Instance, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the configuration folder: %w", err)
	}
	file := filepath.Join(dir, "window.addr")
	unlock, first, err := storage.NewLocks(filepath.Join(dir, "locks")).Try("window")
	if err != nil {
		return nil, fmt.Errorf("look for another window: %w", err)
	}
	if !first {
		if err := raise(ctx, file); err != nil {
			return nil, fmt.Errorf("%w, and did not answer: %w", ErrAnotherWindow, err)
		}
		return nil, ErrAnotherWindow
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		unlock()
		return nil, fmt.Errorf("listen for later starts: %w", err)
	}
	if err := os.WriteFile(file, []byte(listener.Addr().String()), 0o600); err != nil {
		unlock()
		return nil, errors.Join(fmt.Errorf("say where the window is: %w", err), listener.Close())
	}
	i := &Instance{unlock: unlock, listener: listener, show: show}
	i.serving.Go(i.serve)
	return i, nil
}

func (i *Instance) serve() {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return // closed
		}
		if i.begin(conn) {
			i.answer(conn)
		}
		_ = conn.Close()
	}
}

// begin notes the connection that is answered, unless this is over.
func (i *Instance) begin(conn net.Conn) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.talk = conn
	return !i.closed
}

func (i *Instance) answer(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(talkTimeout))
	if line, err := readLine(conn); err == nil && line == raiseRequest {
		i.show()
		_, _ = fmt.Fprintln(conn, raised)
	}
}

func readLine(from io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(from, maxLine)).ReadString('\n')
	return strings.TrimSpace(line), err
}

func raise(ctx context.Context, file string) error {
	ctx, cancel := context.WithTimeout(ctx, talkTimeout)
	defer cancel()
	address, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimSpace(string(address)))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(talkTimeout))
	if _, err := fmt.Fprintln(conn, raiseRequest); err != nil {
		return err
	}
	line, err := readLine(conn)
	if err != nil {
		return err
	}
	if line != raised {
		return errors.New("something else answers there")
	}
	return nil
}

// Close lets the next start be the first.
func (i *Instance) Close() error {
	i.mu.Lock()
	i.closed = true
	if i.talk != nil {
		_ = i.talk.Close()
	}
	i.mu.Unlock()
	err := i.listener.Close()
	i.serving.Wait()
	i.unlock()
	return err
}
