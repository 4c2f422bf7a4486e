package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cuelight/app/destination"
	"cuelight/obs/obssim"
	"cuelight/providers"
)

// handsSeed is, in the environment, the seed of a run to be repeated.
const handsSeed = "CUELIGHT_TEST_SEED"

// hands is the whole company: two windows in this process, commands in processes
// of their own that are killed at any moment, and a user who switches profiles.
type hands struct {
	*studio
	t    *testing.T
	seed uint64
	hand hand
	end  time.Time
	// gentle: nobody is killed, because a kill in the middle of a refresh loses
	// a token that is good for one use.
	gentle atomic.Bool

	ran, killed atomic.Int32 // commands

	mu    sync.Mutex // guards typed
	typed map[string]string
}

// TestManyHandsLoseNothing lets everybody do everything at once. At the end each
// profile of OBS can be put back to exactly what its user had, what was typed is
// there, and each expiry of a token has cost one refresh.
func TestManyHandsLoseNothing(t *testing.T) {
	h := newHands(t)
	h.end = time.Now().Add(30 * time.Second)
	if testing.Short() {
		h.end = time.Now().Add(10 * time.Second)
	}
	var work sync.WaitGroup
	for i := range 2 {
		e := h.open(h.change)
		running(t, e)
		until(t, e, "OBS", linked)
		work.Go(func() { h.window(e, fmt.Sprintf("window %d", i), h.random(100+i)) })
	}
	for i := range 6 {
		work.Go(func() { h.commands(h.random(200 + i)) })
	}
	work.Go(func() { h.switches(h.random(300)) })
	expiries := h.expiries(h.random(400))
	work.Wait()
	t.Logf("%d commands, of which %d were killed", h.ran.Load(), h.killed.Load())
	h.wantOneRefreshEach(expiries)
	h.wantEverythingBack()
	h.wantTyped()
}

func newHands(t *testing.T) *hands {
	t.Helper()
	seed := rand.Uint64()
	if given := os.Getenv(handsSeed); given != "" {
		var err error
		if seed, err = strconv.ParseUint(given, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("to repeat this run: %s=%d", handsSeed, seed)
	h := &hands{studio: newSharedStudio(t), t: t, seed: seed, typed: make(map[string]string)}
	h.profiles(t)
	h.hand = hand{Dir: h.dir, Ring: handsRing(t.TempDir()), OBS: h.obs.Addr().String()}
	e := h.open(h.change)
	for name, number := range map[string]string{"mine": "111111", "other": "222222"} {
		h.add(e, name)
		if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: number}); err != nil {
			t.Fatal(err)
		}
	}
	h.obs.Faults(func(f *obssim.Faults) {
		f.SwitchTakes = 35 * time.Millisecond // as OBS takes
		// OBS itself goes from one request of a batch to the next in microseconds;
		// this one would be switched there all the time.
		f.SteadyWrites = true
	})
	return h
}

// change makes an Engine of this company.
func (h *hands) change(o *Options) { o.Keyring = fileRing{h.hand.Ring} }

func (h *hands) random(n int) *rand.Rand { return rand.New(rand.NewPCG(h.seed, uint64(n))) }

func (h *hands) on() bool { return time.Now().Before(h.end) && !h.t.Failed() }

// window does what a window does, and types into a field of its own.
func (h *hands) window(e *Engine, name string, r *rand.Rand) {
	for n := 0; h.on(); n++ {
		text := fmt.Sprintf("%s %d", name, n)
		change := providers.Patch{Title: &text}
		if strings.HasSuffix(name, "1") {
			change = providers.Patch{EndingMessage: &text}
		}
		e.Broadcast.Draft(change)
		h.mu.Lock()
		h.typed[name] = text
		h.mu.Unlock()
		if err := act(h.t.Context(), e, r); err != nil {
			h.t.Errorf("%s: %v", name, err)
		}
		time.Sleep(time.Duration(r.IntN(200)) * time.Millisecond)
	}
}

// commands runs one command after another, and kills some.
func (h *hands) commands(r *rand.Rand) {
	for h.on() {
		told := h.hand
		told.Seed = r.Uint64()
		text, err := json.Marshal(told)
		if err != nil {
			h.t.Error(err)
			return
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), handEnv+"="+string(text))
		var said bytes.Buffer
		child.Stderr = &said
		if err := child.Start(); err != nil {
			h.t.Error(err)
			return
		}
		killed := &atomic.Bool{}
		if r.IntN(2) == 0 {
			timer := time.AfterFunc(time.Duration(r.IntN(1500))*time.Millisecond, func() {
				if !h.gentle.Load() {
					killed.Store(true)
					_ = child.Process.Kill()
				}
			})
			defer timer.Stop()
		}
		err = child.Wait()
		h.ran.Add(1)
		switch {
		case err != nil && killed.Load():
			h.killed.Add(1)
		case err != nil:
			h.t.Errorf("a command: %v: %s", err, said.String())
		}
	}
}

// switches is the user in OBS's profile menu.
func (h *hands) switches(r *rand.Rand) {
	for h.on() {
		h.obs.SwitchProfile([]string{"AA", "BB"}[r.IntN(2)])
		time.Sleep(time.Duration(50+r.IntN(300)) * time.Millisecond)
	}
}

// expiries lets the tokens expire twice, and gives how often refreshes were asked
// for meanwhile.
func (h *hands) expiries(r *rand.Rand) (refreshes int) {
	before := h.platform.Faults().Counts()["POST auth/token"]
	for range 2 {
		time.Sleep(time.Duration(2500+r.IntN(1000)) * time.Millisecond)
		h.gentle.Store(true)
		time.Sleep(100 * time.Millisecond)
		h.clock.pass(9 * time.Hour) // access tokens live for 8 hours
		time.Sleep(1500 * time.Millisecond)
		h.gentle.Store(false)
	}
	return h.platform.Faults().Counts()["POST auth/token"] - before
}

// wantOneRefreshEach holds two accounts and two expiries to at most four.
func (h *hands) wantOneRefreshEach(refreshes int) {
	if refreshes < 2 || refreshes > 4 {
		h.t.Errorf("two expiries of two accounts' tokens cost %d refreshes", refreshes)
	}
}

func (h *hands) wantEverythingBack() {
	e := h.open(h.change)
	for _, name := range []string{"AA", "BB"} {
		h.choose(h.t, name)
		// Its user has set nothing since, so that nothing has to be overwritten.
		err := e.Stream.Restore(h.t.Context(), false, nil)
		if err != nil && !errors.Is(err, destination.ErrNoBackup) {
			h.t.Errorf("profile %s: %v", name, err)
		}
	}
	h.wantOwn(h.t, "AA", "BB")
}

// wantTyped looks for the last text of each window in the drafts of both accounts
// and at the platform.
func (h *hands) wantTyped() {
	e := h.open(h.change)
	there := ""
	for _, account := range []string{"mine", "other"} {
		if err := e.Accounts.UseAccount(h.t.Context(), account); err != nil {
			h.t.Fatal(err)
		}
		if err := e.Broadcast.Refresh(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		shown := e.State().Broadcast
		there += fmt.Sprintf("%s: %s, %s; ", account, shown.Shown().Title, shown.Shown().EndingMessage)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, text := range h.typed {
		if !strings.Contains(there, text) {
			h.t.Errorf("what was typed in %s is not there: %q; there is %s", name, text, there)
		}
	}
}
