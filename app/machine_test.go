package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/vault"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// childDir names, in the environment, the folder that a child of these tests
// writes into until it is killed.
const childDir = "CUELIGHT_TEST_CHILD_DIR"

// TestMain lets the test binary be its own other process.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(dir))
		os.Exit(1)
	}
	if told := os.Getenv(handEnv); told != "" {
		os.Exit(beHand(told))
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes every file that Cuelight keeps, again and again.
func writeUntilKilled(dir string) error {
	clock, categories := &clock{now: noon}, &oneCategory{}
	e, err := Open(context.Background(), Options{Dir: dir, Keyring: newRing(), Now: clock.Now})
	if err != nil {
		return err
	}
	go e.sessionLog.Run(context.Background()) // until the process is killed
	drafts, err := config.Open(context.Background(), config.Options{
		Dir: dir, Locks: storage.NewLocks(filepath.Join(dir, "locks")), Log: slog.New(slog.DiscardHandler), Now: time.Now,
		SaveDelay: time.Microsecond, // a moment to be killed in comes at once
	})
	if err != nil {
		return err
	}
	fmt.Println("writing")
	long := strings.Repeat("가나다라", 500)
	for i := 0; ; i++ {
		text := long[:3*(1+i%500)]
		err := e.config.Update(context.Background(), func(c *config.Config) error {
			c.Language = []string{"ko", "en"}[i%2]
			c.Accounts = []providers.Account{{Name: "mine", Platform: "none", Settings: map[string]string{"long": text}}}
			return nil
		})
		if err != nil {
			return err
		}
		drafts.EditDraft("mine", "", providers.Patch{}, providers.Patch{Title: &text})
		categories.name = text
		clock.pass(2 * category.FreshFor) // so that it is asked for again
		if _, err := e.categories.List(context.Background(), "mine", categories, ""); err != nil {
			return err
		}
		for _, stream := range []state.StreamState{state.StreamOn, state.StreamOff} {
			e.sessionLog.Observe(state.State{}, streaming(state.State{}, stream))
		}
	}
}

// oneCategory is a platform with one category; without a name it does not
// answer.
type oneCategory struct{ name string }

func (*oneCategory) Locales() []string { return []string{"ko_KR"} }

func (c *oneCategory) Categories(context.Context, string) ([]providers.Category, error) {
	if c.name == "" {
		return nil, errBad
	}
	return []providers.Category{{Number: "1", Name: c.name}}, nil
}

func TestAProcessKilledAtAnyMomentLeavesEverythingReadable(t *testing.T) {
	dir := t.TempDir()
	for round := range 25 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil || line != "writing\n" {
			t.Fatalf("the child said %q, %v", line, err)
		}
		time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond) // the moment is the point
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait()
		if !readableAfterAKill(t, dir) {
			t.Fatalf("in round %d", round)
		}
	}
	sweptAfterAKill(t, dir)
}

func readableAfterAKill(t *testing.T, dir string) bool {
	t.Helper()
	e, err := Open(t.Context(), Options{Dir: dir, Keyring: newRing()})
	if err != nil {
		t.Errorf("the next start: %v", err)
		return false
	}
	defer closed(t, e)
	if c := e.Config(); c.Language == "" && len(c.Accounts) > 0 {
		t.Errorf("half a configuration: %+v", c)
	}
	if draft := e.config.Draft("mine", ""); e.Config().Language != "" && draft.Title != nil && *draft.Title == "" {
		t.Error("half a draft")
	}
	if broken, _ := filepath.Glob(filepath.Join(dir, "*.broken-*")); len(broken) != 0 {
		t.Errorf("broken: %v", broken)
	}
	// A platform that does not answer, so that what is on disk is used.
	if kept, err := e.categories.List(t.Context(), "mine", &oneCategory{}, ""); err == nil && kept[0].Name == "" {
		t.Error("half a list of categories")
	}
	for _, log := range e.Support.Sessions() {
		if _, err := e.Support.Session(log); err != nil {
			t.Errorf("session log: %v", err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if err := e.config.Update(ctx, func(c *config.Config) error { c.Theme = "dark"; return nil }); err != nil {
		t.Errorf("what was locked stays locked: %v", err)
	}
	return !t.Failed()
}

// sweptAfterAKill looks for what killed processes were writing.
func sweptAfterAKill(t *testing.T, dir string) {
	t.Helper()
	young, old := filepath.Join(dir, "config.json.1.tmp"), filepath.Join(dir, "drafts.json.2.tmp")
	for _, name := range []string{young, old} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-2 * storage.StaleTemp)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), Options{Dir: dir, Keyring: newRing()})
	if err != nil {
		t.Fatal(err)
	}
	closed(t, e)
	if left, _ := filepath.Glob(filepath.Join(dir, "*.tmp")); slices.Contains(left, old) || !slices.Contains(left, young) {
		t.Errorf("left: %v; the old one should be gone, the young one may be somebody's", left)
	}
}

func TestAConfigurationThatBreaksInTheMiddleOfARunIsNotLost(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	path := filepath.Join(s.dir, config.FileName)
	if err := os.WriteFile(path, []byte(`{"accounts": [`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.add(e, "second")
	for _, engine := range []*Engine{e, s.open()} {
		if accounts := engine.State().Accounts; len(accounts) != 2 || accounts[0].Name != "mine" {
			t.Errorf("the accounts are %+v", accounts)
		}
	}
	notices := e.State().Notices
	if len(notices) == 0 || notices[len(notices)-1].Key != "config_broken" {
		t.Fatalf("told: %+v", notices)
	}
	if kept, err := os.ReadFile(notices[len(notices)-1].Detail); err != nil || string(kept) != `{"accounts": [` {
		t.Errorf("kept aside: %q, %v", kept, err)
	}
}

func TestAKeyringThatHangsInTheMiddleOfARunHoldsNothingUp(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn(func(o *Options) { o.KeyringTimeout = 50 * time.Millisecond })
	release := s.ring.Hang()
	defer release()
	began := time.Now()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Errorf("set-up: %v", err)
	}
	if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Errorf("restore: %v", err)
	}
	s.wantUsersOwn(t)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("held up for %v", took)
	}
	got := e.State()
	if got.Keyring.Durable || len(got.Notices) != 1 || got.Notices[0].Key != "keyring_memory" {
		t.Errorf("told: %+v %+v", got.Keyring, got.Notices)
	}
	wantTold(t, &vault.MemoryOnlyError{Err: got.Keyring.Err})
}

func TestWithoutAKeyringARunWorksInMemory(t *testing.T) {
	s := newStudio(t)
	s.ring.Fail(errors.New("no secret service"))
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.wantWritten(t)
	if ok, why := e.vault.Durable(); ok || why == nil {
		t.Error("passed for durable")
	}
	if got := e.State().Notices; len(got) != 1 {
		t.Errorf("told %d times", len(got))
	}
}

func TestTwoCuelightsAtOnceKeepTheUsersOwnSettings(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	first := s.signedIn()
	engines := []*Engine{first, s.open(), s.open()}
	var work sync.WaitGroup
	for i, e := range engines {
		work.Go(func() {
			if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
				t.Errorf("set-up: %v", err)
			}
			if err := e.Broadcast.Update(t.Context(), providers.Patch{Title: ptr(fmt.Sprint("title ", i))}, nil); err != nil {
				t.Errorf("update: %v", err)
			}
			if err := e.Stream.SetOBSPassword(t.Context(), secret.New(obsPassword)); err != nil {
				t.Errorf("password: %v", err)
			}
		})
	}
	work.Wait()
	s.wantWritten(t)
	if err := engines[2].Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
}

func TestAClockThatJumpsLeavesTheUptimeAlone(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	for _, jump := range []time.Duration{5 * time.Hour, -9 * time.Hour} {
		s.clock.pass(jump)
		s.obs.Reset() // a new connection asks OBS for how long it has streamed
		until(t, e, "the link lost", gone)
		got := until(t, e, "the stream again", func(s state.State) bool { return linked(s) && s.OBS.Stream == state.StreamOn })
		if up := s.clock.Now().Sub(got.OBS.Since); up < 0 || up > time.Minute {
			t.Errorf("after %v on air since %v ago", jump, up)
		}
	}
}
