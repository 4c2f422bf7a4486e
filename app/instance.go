package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cuelight/app/storage"
)

// instanceHello is what a second window says to the first; instanceShown is
// the answer of one that understood.
const (
	instanceHello = "cuelight: show the window"
	instanceShown = "cuelight: shown"
	// instancePatience bounds the talk between the two.
	instancePatience = 2 * time.Second
)

// ErrAnotherWindow: a window is open on this configuration already; it was
// asked to come to the front.
var ErrAnotherWindow = errors.New("another window is open already")

// Instance is the one window of a configuration folder.
type Instance struct {
	unlock   func()
	listener net.Listener
}

// FirstInstance makes this program the one with the window. Where there is one
// already it is raised, and the error is ErrAnotherWindow. show is called, on
// a goroutine of its own, for each later start.
func FirstInstance(ctx context.Context, dir string, show func()) (*Instance, error) {
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
	i := &Instance{unlock: unlock, listener: listener}
	go i.serve(show)
	return i, nil
}

func (i *Instance) serve(show func()) {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return // closed
		}
		_ = conn.SetDeadline(time.Now().Add(instancePatience))
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err == nil && strings.TrimSpace(line) == instanceHello {
			show()
			_, _ = fmt.Fprintln(conn, instanceShown)
		}
		_ = conn.Close()
	}
}

func raise(ctx context.Context, file string) error {
	ctx, cancel := context.WithTimeout(ctx, instancePatience)
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
	_ = conn.SetDeadline(time.Now().Add(instancePatience))
	if _, err := fmt.Fprintln(conn, instanceHello); err != nil {
		return err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	if strings.TrimSpace(line) != instanceShown {
		return errors.New("something else answers there")
	}
	return nil
}

// Close lets the next start be the first.
func (i *Instance) Close() error {
	err := i.listener.Close()
	i.unlock()
	return err
}
