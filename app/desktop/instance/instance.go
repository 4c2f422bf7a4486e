// Package instance makes one program the one with the window: there is one
// window for a configuration folder, and a later start brings it to the front.
package instance

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cuelight/app/storage"
)

const (
	// raiseRequest and the word in the file are what a second window says to the
	// first, and raised is the answer of one that understood: one line each. Any
	// user of this machine can reach the port, and only ours can read the file.
	raiseRequest = "cuelight: show the window"
	raised       = "cuelight: shown"
	// linkRequest, the word and a link are what hands a link to the first window.
	linkRequest = "cuelight: open the link"
	taken       = "cuelight: taken"
	// maxLine is how many bytes of a line are read; who sends more is a stranger.
	maxLine = 4096
	// talkTimeout bounds the talk between the two.
	talkTimeout = 2 * time.Second
	// showTime is how long the window may take to come to the front, within that.
	showTime = 1500 * time.Millisecond
	// maxTalks is how many are answered at a time; who comes on top is turned away.
	maxTalks = 32
	// addressName and wordName are the files that tell a later start where the
	// window is and what to say to it.
	addressName, wordName = "window.addr", "window.word"
)

// ErrAnotherWindow: a window is open on this configuration already; it was
// asked to come to the front.
var ErrAnotherWindow = errors.New("another window is open already")

// ErrNotAnswering: a window is open on this configuration already, and could not
// be asked to come to the front. It comes together with ErrAnotherWindow.
var ErrNotAnswering = errors.New("did not answer")

// Instance is the one window of a configuration folder.
type Instance struct {
	unlock   func()
	listener net.Listener
	show     func(shown func())
	word     string
	serving  sync.WaitGroup
	// closing ends when Close is called.
	closing chan struct{}

	// mu guards the fields below, so that Close does not wait for a stranger.
	mu     sync.Mutex
	talks  map[net.Conn]bool // those that are answered now
	take   func(link string)
	closed bool
}

// Claim makes this program the one with the window. Where there is one already
// it is raised, and the error is ErrAnotherWindow. show is called, on a
// goroutine of its own, for each later start; it must not wait. It calls shown once
// the window is in front: until then the later start is told nothing, and that the
// window does not answer where that takes longer than a moment.
func Claim(ctx context.Context, dir string, show func(shown func())) (*Instance, error) {
	// It makes the configuration folder where there is none yet.
	unlock, first, err := storage.NewLocks(filepath.Join(dir, "locks")).Try("window")
	if err != nil {
		return nil, fmt.Errorf("look for another window: %w", err)
	}
	if !first {
		if err := raise(ctx, dir); err != nil {
			return nil, fmt.Errorf("%w, and %w: %w", ErrAnotherWindow, ErrNotAnswering, err)
		}
		return nil, ErrAnotherWindow
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		unlock()
		return nil, fmt.Errorf("listen for later starts: %w", err)
	}
	word := rand.Text()
	// The word first: whoever finds the address finds the word that belongs to it.
	err = storage.WriteFile(filepath.Join(dir, wordName), []byte(word))
	if err == nil {
		err = storage.WriteFile(filepath.Join(dir, addressName), []byte(listener.Addr().String()))
	}
	if err != nil {
		unlock()
		return nil, errors.Join(fmt.Errorf("say where the window is: %w", err), listener.Close())
	}
	i := &Instance{unlock: unlock, listener: listener, show: show, word: word, talks: make(map[net.Conn]bool), closing: make(chan struct{})}
	i.serving.Go(i.serve)
	return i, nil
}

func (i *Instance) serve() {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return // closed
		}
		if !i.begin(conn) {
			_ = conn.Close()
			continue
		}
		i.serving.Go(func() {
			defer i.end(conn)
			i.answer(conn)
		})
	}
}

// begin notes a connection that is answered, unless this is over or too many
// are.
func (i *Instance) begin(conn net.Conn) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed || len(i.talks) >= maxTalks {
		return false
	}
	i.talks[conn] = true
	return true
}

func (i *Instance) end(conn net.Conn) {
	i.mu.Lock()
	delete(i.talks, conn)
	i.mu.Unlock()
	_ = conn.Close()
}

func (i *Instance) answer(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(talkTimeout))
	line, err := readLine(conn)
	if err != nil {
		return
	}
	if asked := linkRequest + " " + i.word + " "; len(line) > len(asked) && same(line[:len(asked)], asked) {
		if take := i.taker(); take != nil {
			take(line[len(asked):])
			_, _ = fmt.Fprintln(conn, taken)
		}
		return
	}
	if !same(line, raiseRequest+" "+i.word) {
		return
	}
	done := make(chan struct{})
	i.show(sync.OnceFunc(func() { close(done) }))
	select {
	case <-done:
		_, _ = fmt.Fprintln(conn, raised)
	case <-time.After(showTime):
	case <-i.closing:
	}
}

// same compares without telling by its time where the two differ.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// TakeLinks has take called, on a goroutine of its own, for each link that a later
// start hands over; it must not wait.
func (i *Instance) TakeLinks(take func(link string)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.take = take
}

func (i *Instance) taker() func(string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.take
}

func readLine(from io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(from, maxLine)).ReadString('\n')
	return strings.TrimSpace(line), err
}

// raise asks the first window to come to the front.
func raise(ctx context.Context, dir string) error { return ask(ctx, dir, raiseRequest, "", raised) }

// HandOver gives a link to the window that is open on a configuration folder.
func HandOver(ctx context.Context, dir, link string) error {
	if strings.ContainsAny(link, "\r\n") || len(link) > maxLine/2 {
		return errors.New("no link")
	}
	return ask(ctx, dir, linkRequest, " "+link, taken)
}

// ask says one line to the first window, with the word in it, and waits for the
// answer.
func ask(ctx context.Context, dir, request, more, want string) error {
	ctx, cancel := context.WithTimeout(ctx, talkTimeout)
	defer cancel()
	address, err := storage.ReadFile(filepath.Join(dir, addressName))
	if err != nil {
		return err
	}
	word, err := storage.ReadFile(filepath.Join(dir, wordName))
	if err != nil {
		return err
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimSpace(string(address)))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline)
	if _, err := fmt.Fprintln(conn, request+" "+strings.TrimSpace(string(word))+more); err != nil {
		return err
	}
	line, err := readLine(conn)
	if err != nil {
		return err
	}
	if line != want {
		return errors.New("something else answers there")
	}
	return nil
}

// Close lets the next start be the first.
func (i *Instance) Close() error {
	i.mu.Lock()
	if !i.closed {
		close(i.closing)
	}
	i.closed = true
	for conn := range i.talks {
		_ = conn.Close()
	}
	i.mu.Unlock()
	err := i.listener.Close()
	i.serving.Wait()
	i.unlock()
	return err
}
