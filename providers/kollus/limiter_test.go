package kollus

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/providers"
)

func TestSessionsOfOneProgramAndOfAnotherTakeTurns(t *testing.T) {
	inSandbox(t, func(w *world) {
		// Two sessions in this program and one in another, which shares nothing
		// but the vault.
		here, there := New(), New()
		simulated := w.sandbox.Kollus(true)
		sessions := []common{
			w.open(here, simulated, withKey).(common), w.open(here, simulated, withoutKey).(common), w.open(there, simulated, "").(common),
		}
		began := time.Now()
		var all sync.WaitGroup
		var failed atomic.Int32
		for i := range 75 {
			all.Go(func() {
				if _, err := sessions[i%3].Channels(w.t.Context(), providers.ChannelQuery{Page: i}); err != nil {
					failed.Add(1)
				}
			})
		}
		all.Wait()
		state, err := w.sandbox.KollusState(w.t.Context())
		if err != nil || state.Calls != 75 || state.TooMany != 0 || failed.Load() != 0 {
			w.t.Errorf("%d calls came, %d of them too soon, %d failed (%v)", state.Calls, state.TooMany, failed.Load(), err)
		}
		if took := time.Since(began); took < 74*time.Second || took > 90*time.Second {
			w.t.Errorf("75 calls took %s", took)
		}
		if len(w.waits) < 70 {
			w.t.Errorf("only %d waits were told", len(w.waits))
		}
	})
}

func TestAProgramThatOnlyVerifiesLeavesTheNextItsTurn(t *testing.T) {
	inSandbox(t, func(w *world) {
		simulated, own := w.sandbox.Kollus(true), w.vault
		for range 3 {
			w.vault = newVault() // of an account that is not saved yet
			if err := w.open(New(), simulated, "").(common).Verify(w.t.Context()); err != nil {
				w.t.Error(err)
			}
		}
		w.vault = own
		if _, err := w.open(New(), simulated, "").(common).Channels(w.t.Context(), providers.ChannelQuery{}); err != nil {
			w.t.Error(err)
		}
	})
}

// busy answers 429 until the pause it asks for is over.
type busy struct {
	pause  string
	until  time.Time
	calls  int
	early  int
	answer string
}

func (b *busy) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	b.calls++
	if b.calls > 1 && time.Now().Before(b.until) {
		b.early++
	}
	if b.calls == 1 {
		w.Header().Set("Retry-After", b.pause)
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"message":"Too Many Attempts."}`)
		return
	}
	_, _ = io.WriteString(w, b.answer)
}

func TestAPauseThatIsAskedForIsKeptByEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &busy{pause: "37", until: time.Now().Add(37 * time.Second), answer: example(t, "channels.json")}
		s, _ := service(t, "", b.ServeHTTP)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if _, err := s.Channels(t.Context(), providers.ChannelQuery{}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if b.calls != 4 || b.early != 0 {
			t.Errorf("%d calls, %d of them within the pause", b.calls, b.early)
		}
	})
}

func TestAPauseLongerThanTheCallerWaitsIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &busy{pause: "37", answer: example(t, "channels.json")}
		s, _ := service(t, "", b.ServeHTTP)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		began := time.Now()
		_, err := s.Channels(ctx, providers.ChannelQuery{})
		e := failure(err)
		if !errors.Is(err, providers.ErrTooFrequent) || e.RetryAfter != 37*time.Second || e.Message != "Too Many Attempts." || b.calls != 1 {
			t.Errorf("%v (after %s), %d calls", err, e.RetryAfter, b.calls)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("told after %s", took)
		}
		// The next call does not even try.
		_, err = s.Channels(ctx, providers.ChannelQuery{})
		if e := failure(err); e.Reason != "platform.wait_too_long" || e.RetryAfter < 30*time.Second || b.calls != 1 {
			t.Errorf("%v, %d calls", err, b.calls)
		}
	})
}

func TestAGivenUpWaitHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newLimiters(time.Second).forAccount("x")
		if err := p.wait(t.Context(), "first", nil); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		gone := make(chan error, 1)
		go func() { gone <- p.wait(ctx, "second", nil) }()
		synctest.Wait()
		cancel()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		began := time.Now()
		if err := p.wait(t.Context(), "third", nil); err != nil || time.Since(began) > time.Second {
			t.Errorf("waited %s (%v)", time.Since(began), err)
		}
	})
}
