package statestore

import (
	"sync"
	"testing"

	"cuelight/app/state"
	"cuelight/providers"
)

func notice(key string) state.Event {
	return state.NoticePosted{Notice: state.Notice{Key: key}}
}

func TestAWatcherIsWokenOnceForManyChanges(t *testing.T) {
	s := New(state.State{})
	changed, stop := s.Watch()
	defer stop()
	<-changed // the State of the beginning
	s.Emit(notice("a"), notice("b"))
	s.Emit(notice("c"))
	<-changed
	select {
	case <-changed:
		t.Error("woken twice for what was seen at once")
	default:
	}
	if got := len(s.State().Notices); got != 3 {
		t.Errorf("%d notices, want 3", got)
	}
}

func TestAWatcherThatStoppedIsNotWoken(t *testing.T) {
	s := New(state.State{})
	changed, stop := s.Watch()
	<-changed
	stop()
	s.Emit(notice("a"))
	select {
	case <-changed:
		t.Error("woken after the end")
	default:
	}
}

func TestAnObserverSeesEveryStepInOrderUntilItStops(t *testing.T) {
	s := New(state.State{})
	var steps [][2]int
	stop := s.Observe(func(prev, next state.State) {
		steps = append(steps, [2]int{len(prev.Notices), len(next.Notices)})
	})
	others := 0
	defer s.Observe(func(_, _ state.State) { others++ })()
	s.Emit(notice("a"), notice("b"))
	stop()
	s.Emit(notice("c"))
	if len(steps) != 2 || steps[0] != [2]int{0, 1} || steps[1] != [2]int{1, 2} {
		t.Errorf("saw %v", steps)
	}
	if others != 3 {
		t.Errorf("the other observer saw %d steps, want 3", others)
	}
}

func TestEventsOfManyGoroutinesAreAllApplied(t *testing.T) {
	s := New(state.State{})
	var work sync.WaitGroup
	const hands, each = 8, 50
	last := 0
	defer s.Observe(func(_, next state.State) {
		seq := next.Notices[len(next.Notices)-1].Seq
		if seq != last+1 {
			t.Errorf("notice %d follows %d", seq, last)
		}
		last = seq
	})()
	for range hands {
		work.Go(func() {
			for range each {
				s.Emit(notice("x"))
			}
		})
	}
	work.Wait()
	if last != hands*each {
		t.Errorf("%d of %d notices", last, hands*each)
	}
}

func TestAStateThatWasGivenOutStaysAsItWas(t *testing.T) {
	s := New(state.State{Accounts: []providers.Account{{Name: "mine"}}})
	before := s.State()
	s.Emit(state.AccountsChanged{Accounts: []providers.Account{{Name: "other"}}})
	if before.Accounts[0].Name != "mine" || s.State().Accounts[0].Name != "other" {
		t.Errorf("before %v, now %v", before.Accounts, s.State().Accounts)
	}
}
