package sessions

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"cuelight/app/state"
)

func TestASessionThatWaitsIsSeenFromOutside(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var work sync.WaitGroup
	seen := make(chan state.Event, 8)
	now := time.Unix(100, 0)
	waits := Waits{
		Emit: func(events ...state.Event) {
			for _, e := range events {
				seen <- e
			}
		},
		Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
		Begin: func(f func(context.Context)) { work.Go(func() { f(ctx) }) },
	}
	waits.Of("kollus")("channels", 20*time.Millisecond)
	want := state.WaitBegan{Account: "kollus", Wait: state.WaitState{Op: "channels", Wait: 20 * time.Millisecond, Until: now.Add(20 * time.Millisecond)}}
	if first := <-seen; first != state.Event(want) {
		t.Errorf("shown as %+v", first)
	}
	if then := <-seen; then != state.Event(state.WaitEnded(want)) {
		t.Errorf("not taken away: %+v", then)
	}
	waits.Of("kollus")("channels", time.Hour)
	<-seen
	cancel()
	work.Wait()
	if then := <-seen; then != state.Event(state.WaitEnded{Account: "kollus", Wait: state.WaitState{Op: "channels", Wait: time.Hour, Until: now.Add(time.Hour)}}) {
		t.Errorf("at the end of the program: %+v", then)
	}
}
