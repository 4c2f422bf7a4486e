package sessions

import (
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// fake is a session that takes its time to close.
type fake struct {
	closes time.Duration
	closed atomic.Int32
	err    error
}

func (f *fake) Close() error {
	time.Sleep(f.closes)
	f.closed.Add(1)
	return f.err
}

// opener opens fakes and remembers them.
type opener struct {
	mu     sync.Mutex
	opened []*fake
	takes  time.Duration
	next   fake
	err    error
}

func (o *opener) open(providers.Account) (providers.Session, error) {
	time.Sleep(o.takes)
	o.mu.Lock()
	defer o.mu.Unlock()
	f := &fake{closes: o.next.closes, err: o.next.err}
	o.opened = append(o.opened, f)
	return f, o.err
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func account(name, client string) providers.Account {
	return providers.Account{Name: name, Settings: map[string]string{"client_id": client}}
}

func TestASessionIsOpenedOnceForTheSameSettings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &opener{takes: time.Second}
		p := NewPool(o.open, quiet())
		var work sync.WaitGroup
		sessions := make([]providers.Session, 5)
		for i := range sessions {
			work.Go(func() { sessions[i], _ = p.Session(account("mine", "a")) })
		}
		work.Wait()
		if len(o.opened) != 1 {
			t.Fatalf("opened %d times", len(o.opened))
		}
		for _, s := range sessions {
			if s != providers.Session(o.opened[0]) {
				t.Error("not the same session for everybody")
			}
		}
		if err := p.Close(); err != nil || o.opened[0].closed.Load() != 1 {
			t.Errorf("closed %d times, %v", o.opened[0].closed.Load(), err)
		}
	})
}

func TestOtherSettingsOpenAnotherSessionAndEndTheOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &opener{next: fake{closes: time.Minute}}
		p := NewPool(o.open, quiet())
		first, _ := p.Session(account("mine", "a"))
		began := time.Now()
		second, err := p.Session(account("mine", "b"))
		if err != nil || first == second {
			t.Fatalf("the same session for other settings (%v)", err)
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("waited %v for the old session's end", waited)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		for i, f := range o.opened {
			if f.closed.Load() != 1 {
				t.Errorf("session %d was closed %d times", i, f.closed.Load())
			}
		}
	})
}

// The old code closed a session under the lock that everything else waited
// for: Config() waited as long as the refresh of a token took.
func TestNobodyWaitsForASessionThatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &opener{next: fake{closes: 40 * time.Second}}
		p := NewPool(o.open, quiet())
		if _, err := p.Session(account("mine", "a")); err != nil {
			t.Fatal(err)
		}
		p.KeepIngest(providers.Account{Name: "mine"}, providers.Ingest{Server: "rtmp://here"})
		began := time.Now()
		p.Drop("mine")
		_, known := p.Ingest(providers.Account{Name: "mine"})
		if _, err := p.Session(account("other", "a")); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(began); waited != 0 || known {
			t.Errorf("waited %v; the ingest is known: %v", waited, known)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		if time.Since(began) < 40*time.Second || o.opened[0].closed.Load() != 1 {
			t.Error("Close did not wait for the session that was dropped")
		}
	})
}

func TestASessionThatCannotBeOpenedIsTriedAgain(t *testing.T) {
	o := &opener{err: errors.New("no")}
	p := NewPool(o.open, quiet())
	if _, err := p.Session(account("mine", "a")); !errors.Is(err, o.err) {
		t.Fatalf("got %v", err)
	}
	o.err = nil
	if _, err := p.Session(account("mine", "a")); err != nil || len(o.opened) != 2 {
		t.Errorf("opened %d times, %v", len(o.opened), err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if o.opened[0].closed.Load() != 0 {
		t.Error("what was never opened was closed")
	}
}

func TestAClosedPoolOpensNothing(t *testing.T) {
	o := &opener{next: fake{err: errors.New("late")}}
	p := NewPool(o.open, quiet())
	if _, err := p.Session(account("mine", "a")); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); !errors.Is(err, o.next.err) {
		t.Errorf("the session's own failure is not told: %v", err)
	}
	if _, err := p.Session(account("mine", "a")); !errors.Is(err, ErrClosed) || len(o.opened) != 1 {
		t.Errorf("opened %d times, %v", len(o.opened), err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}

// The answer for the channel that was worked on comes after another was chosen.
func TestALateIngestIsNotThatOfAnotherChannel(t *testing.T) {
	p := NewPool((&opener{}).open, quiet())
	first, second := providers.Account{Name: "mine", Channel: "a"}, providers.Account{Name: "mine", Channel: "b"}
	p.KeepIngest(first, providers.Ingest{Server: "rtmp://a"})
	if got, known := p.Ingest(second); known {
		t.Errorf("the other channel's is %v", got)
	}
	if got, known := p.Ingest(first); !known || got.Server != "rtmp://a" {
		t.Errorf("its own is %v, %v", got, known)
	}
	p.KeepIngest(second, providers.Ingest{Server: "rtmp://b"})
	p.ForgetIngest("mine")
	for _, account := range []providers.Account{first, second} {
		if _, known := p.Ingest(account); known {
			t.Errorf("that of %s is still known", account.Channel)
		}
	}
}

func TestIngestsAreKeptByAccount(t *testing.T) {
	p := NewPool((&opener{}).open, quiet())
	p.KeepIngest(providers.Account{Name: "mine"}, providers.Ingest{Server: "rtmp://a", Key: secret.New("k1")})
	p.KeepIngest(providers.Account{Name: "other"}, providers.Ingest{Server: "rtmp://b", Key: secret.New("k2")})
	p.ForgetIngest("mine")
	if _, known := p.Ingest(providers.Account{Name: "mine"}); known {
		t.Error("still known")
	}
	if got, known := p.Ingest(providers.Account{Name: "other"}); !known || got.Server != "rtmp://b" || got.Key.Reveal() != "k2" {
		t.Errorf("got %v, %v", got.Server, known)
	}
}

func TestRequireTellsWhatAPlatformCannotDo(t *testing.T) {
	_, err := Require[providers.KeyResetter](&fake{}, "reset the stream key")
	var refused *providers.Error
	if !errors.As(err, &refused) || refused.Kind != providers.ErrUsage || refused.Op != "reset the stream key" {
		t.Errorf("got %v", err)
	}
	if has := Capabilities(&fake{}); has.Ingest || has.Edit {
		t.Errorf("a session that can do nothing has %+v", has)
	}
	if in, err := HasToken(t.Context(), &fake{}); !in || err != nil {
		t.Errorf("a platform without tokens: %v, %v", in, err)
	}
}
