package instance

import (
	"net"
	"strings"
	"testing"
	"time"
)

// FuzzRaise has somebody else on this machine call the port that raises the
// window: only the request with the word in it does, and nothing is told.
func FuzzRaise(f *testing.F) {
	const word = "WORD"
	for _, seed := range []string{
		raiseRequest + " " + word + "\n", raiseRequest + "\n", raiseRequest + " \n", raiseRequest + " " + word, "GET / HTTP/1.1\r\n\r\n",
		strings.Repeat("x", maxLine+10), raiseRequest + " " + word + "\nmore\n", " " + raiseRequest + " " + word + " \r\n", "\x00\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		shown := 0
		i := &Instance{word: word, show: func(done func()) { shown++; done() }}
		ours, theirs := net.Pipe()
		_ = theirs.SetDeadline(time.Now().Add(talkTimeout))
		answered := make(chan string)
		go func() {
			_, _ = theirs.Write(said) // it may be cut short
			line, _ := readLine(theirs)
			answered <- line
		}()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			i.answer(ours)
			_ = ours.Close()
		}()
		// Who says less than a line and stays is turned away by the deadline; here
		// the end comes at once.
		if !strings.Contains(string(said), "\n") && len(said) < maxLine {
			time.Sleep(time.Millisecond)
			_ = theirs.Close()
		}
		answer := <-answered
		_ = theirs.Close()
		<-ended
		line, _, whole := strings.Cut(string(said), "\n")
		meant := whole && len(line) < maxLine && strings.TrimSpace(line) == raiseRequest+" "+word
		if (shown == 1) != meant || shown > 1 {
			t.Errorf("%q raises the window %d times", said, shown)
		}
		if answer != "" && (!meant || answer != raised) {
			t.Errorf("%q is answered with %q", said, answer)
		}
	})
}
