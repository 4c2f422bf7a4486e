package app

import (
	"errors"
	"strings"
	"testing"

	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

// usersOwn is what the user had in OBS before Cuelight came.
var usersOwn = map[string]any{"server": "rtmp://elsewhere.example/live", "key": "users-own-key-77", "bwtest": true}

func (s *studio) elsewhere() { s.obs.ChangeService("rtmp_custom", usersOwn) }

func (s *studio) wantUsersOwn(t *testing.T) {
	t.Helper()
	_, settings := s.obs.Service()
	for name, want := range usersOwn {
		if settings[name] != want {
			t.Errorf("%s is %v", name, settings[name])
		}
	}
}

func statesOf(task state.TaskState) string {
	var words []string
	for _, s := range task.Steps {
		words = append(words, string(s.ID)+"="+[]string{"pending", "running", "done", "warned", "failed", "skipped"}[s.State])
	}
	return strings.Join(words, " ")
}

func TestSetUpPointsOBSAtTheAccountAndKeepsWhatWasThere(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	result, err := e.Stream.SetUp(t.Context(), nil)
	if err != nil || !result.Changed || !result.Kept {
		t.Fatalf("got %+v, %v", result, err)
	}
	if server, key := s.held(); server != s.platform.IngestURL(t.Context()) || key != s.key("soop1234") {
		t.Errorf("OBS holds %s", server)
	}
	got := e.State()
	if got.OBS.Matches != state.MatchYes || !got.OBS.CanRestore || got.OBS.Link != state.LinkUp || !got.Broadcast.Known {
		t.Errorf("shown as %+v", got.OBS)
	}
	if steps := statesOf(got.Tasks[state.TaskSetUp]); steps != "ingest=done obs=done keep=done write=done verify=done" {
		t.Errorf("steps: %s", steps)
	}
}

func TestSettingUpTwiceWritesOnceAndKeepsTheUsersOwn(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	for i, changed := range []bool{true, false} {
		result, err := e.Stream.SetUp(t.Context(), nil)
		if err != nil || result.Changed != changed {
			t.Fatalf("time %d: %+v, %v", i+1, result, err)
		}
	}
	if steps := statesOf(e.State().Tasks[state.TaskSetUp]); steps != "ingest=done obs=done keep=skipped write=skipped verify=done" {
		t.Errorf("steps: %s", steps)
	}
	if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
	if got := e.State().OBS; got.CanRestore || got.Matches != state.MatchNo {
		t.Errorf("shown as %+v", got)
	}
	if err := e.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrNoBackup) {
		t.Errorf("restoring twice: %v", err)
	}
}

func TestASecondAccountDoesNotReplaceTheKeptSettings(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.add(e, "other")
	if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "222222"}); err != nil {
		t.Fatal(err)
	}
	// Another process has no memory of the first set-up but the keyring.
	if _, err := s.open().Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, key := s.held(); key != s.key("baekhogu") {
		t.Error("OBS does not hold the second account's key")
	}
	if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
}

func TestWhatTheUserSetSinceIsWhatIsKept(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.elsewhere()
	if result, err := e.Stream.SetUp(t.Context(), nil); err != nil || !result.Changed {
		t.Fatalf("got %+v, %v", result, err)
	}
	if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
}

func TestSetUpTellsWhatIsInTheWay(t *testing.T) {
	for _, c := range []struct {
		name    string
		arrange func(s *studio, e *Engine)
		kind    error
		steps   string
	}{
		{"not signed in", func(_ *studio, e *Engine) { _ = e.Accounts.SignOut(t.Context(), false) }, providers.ErrSignIn, "ingest=failed"},
		{"platform away", func(s *studio, _ *Engine) {
			s.spoil(sandbox.Fault{Endpoint: "broad/rtmp", Kind: fault.Status, Status: 503, Times: -1})
		}, providers.ErrUnreachable, "ingest=failed"},
		{"OBS away", func(s *studio, _ *Engine) { s.obs.Quit() }, obs.ErrUnreachable, "ingest=done obs=failed"},
		{"OBS refuses the password", func(s *studio, _ *Engine) { s.obs.SetPassword(secret.New("changed")) }, obs.ErrPassword, "ingest=done obs=failed"},
		{"OBS refuses the write", func(s *studio, _ *Engine) {
			s.obs.Faults(func(f *obssim.Faults) {
				f.Requests = map[string]obssim.Fault{"SetStreamServiceSettings": {Status: 700, Comment: "no"}}
			})
		}, obs.ErrRefused, "ingest=done obs=done keep=done write=failed"},
		{"OBS does not keep what is written", func(s *studio, _ *Engine) {
			s.obs.Faults(func(f *obssim.Faults) { f.IgnoreWrites = true })
		}, obs.ErrMismatch, "ingest=done obs=done keep=done write=done verify=failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			s.elsewhere()
			e := s.signedIn()
			c.arrange(s, e)
			if _, err := e.Stream.SetUp(t.Context(), nil); !errors.Is(err, c.kind) {
				t.Errorf("got %v", err)
			}
			if steps := statesOf(e.State().Tasks[state.TaskSetUp]); !strings.HasPrefix(steps, c.steps) {
				t.Errorf("steps: %s", steps)
			}
			s.wantUsersOwn(t)
		})
	}
}

func TestARefusedWriteKeepsNothingNew(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	refuse := func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"SetStreamServiceSettings": {Status: 700, Comment: "no"}}
	}
	s.obs.Faults(refuse)
	if result, err := e.Stream.SetUp(t.Context(), nil); !errors.Is(err, obs.ErrRefused) || result.Kept {
		t.Errorf("got %+v, %v", result, err)
	}
	if e.State().OBS.CanRestore {
		t.Error("nothing was changed, and putting it back is offered")
	}
	if err := e.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrNoBackup) {
		t.Errorf("got %v", err)
	}
	// The same over settings that are kept already: they stay.
	s.obs.Faults(func(f *obssim.Faults) { f.Requests = nil })
	if result, err := e.Stream.SetUp(t.Context(), nil); err != nil || !result.Kept {
		t.Fatalf("got %+v, %v", result, err)
	}
	if _, err := e.Stream.ResetKey(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.obs.ChangeService("rtmp_custom", map[string]any{"server": "rtmp://third.example/live", "key": "third-key-2468"})
	s.obs.Faults(refuse)
	if _, err := e.Stream.SetUp(t.Context(), nil); !errors.Is(err, obs.ErrRefused) || !e.State().OBS.CanRestore {
		t.Errorf("got %v, can restore: %v", err, e.State().OBS.CanRestore)
	}
	s.obs.Faults(func(f *obssim.Faults) { f.Requests = nil })
	if err := e.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrChangedSince) {
		t.Errorf("restoring over what the user has set since: %v", err)
	}
	if server, _ := s.held(); server != "rtmp://third.example/live" {
		t.Errorf("OBS holds %s", server)
	}
	if err := e.Stream.Restore(t.Context(), true, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
}

func TestAWriteWhoseAnswerIsLostKeepsTheEarlierSettings(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	s.obs.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"SetStreamServiceSettings": {Close: 1006, Times: 1}}
	})
	if _, err := e.Stream.SetUp(t.Context(), nil); err == nil {
		t.Error("a write without an answer passed for a good one")
	}
	if !e.State().OBS.CanRestore {
		t.Error("nobody knows whether OBS was changed, and the earlier settings were forgotten")
	}
}

func TestSetUpWithoutAnAccountSaysSo(t *testing.T) {
	s := newStudio(t)
	if _, err := s.open().Stream.SetUp(t.Context(), nil); !errors.Is(err, config.ErrNoAccount) {
		t.Errorf("got %v", err)
	}
}
