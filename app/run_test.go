package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"cuelight/app/config"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
	"cuelight/providers/soop"
)

// running keeps an Engine's State true, as a window does, until stop.
func running(t testing.TB, e *Engine) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := e.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	t.Cleanup(stop)
	return stop
}

func linked(s state.State) bool {
	return s.OBS.Link == state.LinkUp && s.OBS.Stream != state.StreamUnknown
}

func TestRunShowsEverythingWithoutBeingAsked(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	stop := running(t, e)
	got := until(t, e, "everything known", func(s state.State) bool {
		return linked(s) && s.Broadcast.Known && s.Live.Known && s.OBS.Matches == state.MatchNo && s.Keyring.Known
	})
	if got.OBS.Server == "" || got.OBS.Stream != state.StreamOff || got.Account.Nick == "" || !got.Keyring.Durable {
		t.Errorf("shown as %+v", got)
	}
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State(); got.OBS.Matches != state.MatchYes {
		t.Errorf("after set-up: %+v", got.OBS)
	}
	stop()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Errorf("without the link: %v", err)
	}
}

func TestOBSGoesAwayAndComesBack(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	s.obs.Quit()
	gone := until(t, e, "OBS gone", func(s state.State) bool { return s.OBS.Link == state.LinkWaiting && s.OBS.Err != nil })
	if gone.OBS.Stream != state.StreamUnknown || gone.OBS.Server != "" {
		t.Errorf("still known of an OBS that is gone: %+v", gone.OBS)
	}
	if _, err := e.Stream.SetUp(t.Context(), nil); err == nil {
		t.Error("set up an OBS that is gone")
	}
	if err := s.obs.Restart(); err != nil {
		t.Fatal(err)
	}
	back := until(t, e, "OBS back", linked)
	if back.OBS.Err != nil {
		t.Errorf("shown as %+v", back.OBS)
	}
}

func TestAWrongPasswordWaitsForTheRightOne(t *testing.T) {
	s := newStudio(t)
	s.obs.SetPassword(secret.New("another-pass-42"))
	e := s.open(func(o *Options) { o.OBSPassword = secret.Text{} })
	s.add(e, "mine")
	running(t, e)
	until(t, e, "the password is refused", func(s state.State) bool { return s.OBS.Link == state.LinkPassword })
	if err := e.Stream.SetOBSPassword(t.Context(), secret.New("another-pass-42")); err != nil {
		t.Fatal(err)
	}
	until(t, e, "OBS", linked)
	// The next process knows it from the keyring.
	next := s.open(func(o *Options) { o.OBSPassword = secret.Text{} })
	if _, err := next.obs.Client(t.Context()); err != nil {
		t.Errorf("the next process: %v", err)
	}
}

func TestAfterAKickNothingIsTriedUnasked(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	s.obs.Kick(4011)
	until(t, e, "kicked", func(s state.State) bool { return s.OBS.Link == state.LinkKicked })
	if c := check(t, e.State(), "obs"); c.Action != state.ActionOBSRetry {
		t.Errorf("the checklist says %+v", c)
	}
	e.Stream.RetryOBS()
	until(t, e, "OBS", linked)
}

func TestWhatIsDoneInOBSItselfIsShown(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	running(t, e)
	until(t, e, "OBS, pointing here", func(s state.State) bool { return linked(s) && s.OBS.Matches == state.MatchYes })

	user, err := obs.Dial(t.Context(), s.obs.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	defer user.Close()
	if err := user.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	on := until(t, e, "the stream", func(s state.State) bool { return s.OBS.Stream == state.StreamOn && s.Live.OnAir })
	if on.OBS.Since.IsZero() {
		t.Error("since when is not shown")
	}
	if err := user.StopStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the end of the stream", func(s state.State) bool { return s.OBS.Stream == state.StreamOff })

	s.elsewhere() // no event tells of it; the next look does
	err = task.ErrBusy
	for errors.Is(err, task.ErrBusy) { // the window's own look may be under way
		until(t, e, "the end of another look", func(s state.State) bool { return !s.Tasks[state.TaskRefresh].Running })
		err = e.Broadcast.Refresh(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := e.State().OBS; got.Matches != state.MatchNo || !strings.Contains(got.Server, "elsewhere.example") {
		t.Errorf("shown as %+v", got)
	}
}

func TestCloseEndsEverythingAlsoInTheSandbox(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ring, dir := newRing(), t.TempDir()
	options := Options{
		Dir: dir, Sandbox: true, Registry: providers.Registry{soop.New()}, Keyring: ring, Places: emptyMachine(t),
	}
	first, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
		t.Fatal(err)
	}
	if err := first.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	goleak.VerifyNone(t, before)

	// A real OBS goes on when a command ends, and so does this one.
	second, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if errs := second.Support.Probe(t.Context()); len(errs) > 0 {
		t.Fatal(errs)
	}
	got := second.State()
	if !got.Sandbox || !got.OBS.Simulated || got.OBS.Stream != state.StreamOn || !got.Live.OnAir || got.OBS.Matches != state.MatchYes {
		t.Errorf("the next process shows %+v %+v", got.OBS, got.Live)
	}
	if err := errors.Join(second.Stream.Stop(t.Context(), nil), second.Close()); err != nil {
		t.Fatal(err)
	}
	goleak.VerifyNone(t, before)
	if second.Dir() != filepath.Join(dir, "sandbox") {
		t.Errorf("the sandbox is in %s", second.Dir())
	}
	if _, err := os.Stat(filepath.Join(dir, config.FileName)); !os.IsNotExist(err) {
		t.Error("the sandbox wrote into the real configuration")
	}
}
