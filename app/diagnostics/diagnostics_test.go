package diagnostics

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cuelight/app/state"
	"cuelight/obs/discovery"
	"cuelight/providers"
)

// known is a secret that is known.
const known = "s3cret-of-the-vault"

var errTest = errors.New("a test's error")

// fakeMachine answers as it is told.
type fakeMachine struct {
	place           Location
	locate, connect error
}

func (m *fakeMachine) Keyring(context.Context) (bool, error) { return false, errTest }

func (m *fakeMachine) Tray(context.Context) bool { return true }

func (m *fakeMachine) LocateOBS(context.Context) (Location, error) { return m.place, m.locate }

func (m *fakeMachine) ConnectOBS(context.Context) (string, error) { return "31.0", m.connect }

func (m *fakeMachine) Accounts() ([]providers.Account, string) {
	return []providers.Account{{Name: "in", Platform: "soop"}, {Name: "broken", Platform: "none"}}, "in"
}

func (m *fakeMachine) SignedIn(_ context.Context, account providers.Account) (bool, error) {
	if account.Name == "broken" {
		return false, errTest
	}
	return true, nil
}

func newDiagnostics(t *testing.T, m Machine) *Diagnostics {
	t.Helper()
	return New(Options{
		Dir: t.TempDir(), Sandbox: true, Language: func() string { return "ko" }, Machine: m,
		State: func() state.State { return state.State{} },
		Mask:  func() *strings.Replacer { return strings.NewReplacer(known, "*") },
	})
}

func TestTheReportTellsWhatWasFound(t *testing.T) {
	m := &fakeMachine{place: Location{
		Address: "localhost:4455", Finding: discovery.Finding{Reason: discovery.Found, File: "f", Program: "p"},
	}}
	d := newDiagnostics(t, m)
	got := d.Diagnose(t.Context())
	if got.System == "" || got.Go == "" || !got.Tray {
		t.Errorf("found %+v", got)
	}
	if want := (ReportConfig{Dir: d.opt.Dir, Writable: true, Sandbox: true, Language: "ko"}); got.Config != want {
		t.Errorf("configuration %+v", got.Config)
	}
	if want := (ReportKeyring{Err: errTest}); got.Keyring != want {
		t.Errorf("keyring %+v", got.Keyring)
	}
	want := ReportOBS{Reason: string(discovery.Found), File: "f", Program: "p", Address: "localhost:4455", Connected: true, Version: "31.0"}
	if got.OBS != want {
		t.Errorf("OBS %+v", got.OBS)
	}
	accounts := []ReportAccount{
		{Name: "in", Platform: "soop", Current: true, SignedIn: true}, {Name: "broken", Platform: "none", Err: errTest},
	}
	if !reflect.DeepEqual(got.Accounts, accounts) {
		t.Errorf("accounts %+v", got.Accounts)
	}
}

func TestAnOBSThatIsAwayIsReported(t *testing.T) {
	for _, c := range []struct {
		name string
		m    fakeMachine
		want ReportOBS
	}{
		{"nowhere to look", fakeMachine{locate: errTest}, ReportOBS{Err: errTest}},
		{
			"no connection",
			fakeMachine{place: Location{Address: "x:1", Finding: discovery.Finding{File: "f"}}, connect: errTest},
			ReportOBS{Address: "x:1", File: "f", Err: errTest},
		},
		{
			"simulated",
			fakeMachine{place: Location{Address: "x:1", Simulated: true, Finding: discovery.Finding{File: "f"}}},
			ReportOBS{Address: "x:1", Simulated: true, Connected: true, Version: "31.0"},
		},
	} {
		if got := newDiagnostics(t, &c.m).Diagnose(t.Context()).OBS; got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsReported(t *testing.T) {
	d := newDiagnostics(t, &fakeMachine{})
	blocked := filepath.Join(d.opt.Dir, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.opt.Dir = filepath.Join(blocked, "below")
	if d.Diagnose(t.Context()).Config.Writable {
		t.Error("a folder below a file can be written")
	}
}

func TestTheLastLinesOfTheLogAreMasked(t *testing.T) {
	d := newDiagnostics(t, &fakeMachine{})
	if lines, err := d.LogTail(3); lines != nil || err != nil {
		t.Errorf("no log: %q, %v", lines, err)
	}
	path := filepath.Join(d.opt.Dir, "logs", "cuelight.log")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("one\ntwo\nkey="+known+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int][]string{2: {"two", "key=*"}, 9: {"one", "two", "key=*"}} {
		if lines, err := d.LogTail(n); err != nil || !slices.Equal(lines, want) {
			t.Errorf("the last %d: %q, %v", n, lines, err)
		}
	}
}
