package command

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/words"
)

// stuck is a standard error that nobody reads until it is freed.
type stuck struct {
	freed   chan struct{}
	written strings.Builder
}

func (s *stuck) Write(p []byte) (int, error) {
	<-s.freed
	return s.written.Write(p)
}

// Whoever observes the State is called under its lock: a reader of standard error
// that is slow must not hold up the program.
func TestAStuckStandardErrorHoldsNoEventUp(t *testing.T) {
	out := &stuck{freed: make(chan struct{})}
	r := &run{words: words.New("en"), out: printer{p: Program{Stderr: out}}}
	var present state.State
	var observer func(prev, next state.State)
	emit := func(n state.Notice) {
		next := state.Reduce(present, state.NoticePosted{Notice: n})
		observer(present, next)
		present = next
	}
	stop := r.reportWaits(func(observe func(prev, next state.State)) func() {
		observer = observe
		return func() {}
	})
	emitted := make(chan struct{})
	go func() {
		defer close(emitted)
		for range 4 {
			emit(state.Held(time.Now(), 7))
			for n := range 20 { // as many as are kept: the first is forgotten
				emit(state.Notice{Key: fmt.Sprint("other ", n)})
			}
		}
	}()
	select {
	case <-emitted:
	case <-time.After(5 * time.Second):
		t.Error("an event waits for standard error")
	}
	close(out.freed)
	<-emitted
	stop()
	if said := strings.Count(out.written.String(), "7"); said < 1 || said > 2 {
		t.Errorf("said %q", out.written.String())
	}
}
