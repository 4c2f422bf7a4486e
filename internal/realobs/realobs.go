//go:build linux

// Package realobs runs a real OBS Studio for tests: on an X server of its own
// without a screen, with a home folder of its own, on a free port. It is the
// OBS that is installed, or that of a Debian root, see RootVariable.
//
// Everything it starts runs in one process group each and is killed with its
// children when it stops.
package realobs

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ErrAbsent: a program that is needed is not installed.
var ErrAbsent = errors.New("not installed")

// Options says how the OBS is to be. The zero value is fine.
type Options struct {
	// Password of the websocket; default "real-obs-password".
	Password string
	// Home is its home folder; default a fresh one, removed at the end.
	Home string
	// Port of the websocket; default a free one.
	Port int
	// Display is an X display to use instead of a server of its own, such as
	// ":99": for tests that click in OBS beside another window.
	Display string
	// Env is added to the environment.
	Env []string
	// Timeout is how long OBS may take to answer; default 90 s.
	Timeout time.Duration
	// Since is the oldest OBS, such as "30.2", that has what the test is about:
	// with an older one ForTest skips it.
	Since string
	// Prepare changes OBS's settings before it starts for the first time.
	Prepare func(*OBS) error
}

// OBS is a running OBS Studio.
type OBS struct {
	// Port of its websocket on 127.0.0.1.
	Port int
	// Password of its websocket.
	Password string
	// Home is its home folder.
	Home string
	// Display is the X display it shows itself on.
	Display string
	// Version is its release, such as "30.2.3", once it has answered.
	Version string
	// Settings are its settings files, UI is what its user sees of it.
	Settings *Settings
	UI       *UI

	options Options
	ownHome bool
	x       *process
	manager *process
	obs     *process
	logFile string // what its last run prints
}

// ForTest starts an OBS for a test and stops it at its end. Where OBS is not
// installed the test is skipped, unless CUELIGHT_REAL=1 demands real parts.
func ForTest(t *testing.T, options Options) *OBS {
	t.Helper()
	if missing := Missing(); len(missing) > 0 {
		if os.Getenv("CUELIGHT_REAL") == "1" {
			t.Fatalf("real parts are demanded and missing: %v", missing)
		}
		t.Skipf("needs %s", strings.Join(missing, ", "))
	}
	demandName(t)
	if options.Since != "" && older(t, options.Since) {
		t.Skipf("needs OBS %s or newer", options.Since)
	}
	o, err := Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of OBS's output:\n%s", o.Log())
		}
		o.Stop()
	})
	return o
}

// Start runs OBS and waits until it takes requests.
func Start(ctx context.Context, options Options) (*OBS, error) {
	if missing := Missing(); len(missing) > 0 {
		return nil, fmt.Errorf("%w: %s", ErrAbsent, strings.Join(missing, ", "))
	}
	if options.Password == "" {
		options.Password = "real-obs-password"
	}
	if options.Timeout == 0 {
		options.Timeout = 90 * time.Second
	}
	o := &OBS{options: options, Password: options.Password, Port: options.Port, Home: options.Home, Display: options.Display}
	o.UI = &UI{obs: o}
	if err := o.start(ctx); err != nil {
		o.Stop()
		return nil, err
	}
	return o, nil
}

func (o *OBS) start(ctx context.Context) error {
	if err := o.prepareHome(); err != nil {
		return err
	}
	if o.options.Prepare != nil {
		if err := o.options.Prepare(o); err != nil {
			return err
		}
	}
	if o.Display == "" {
		if err := o.startX(ctx); err != nil {
			return err
		}
	}
	return o.Launch(ctx)
}

// prepareHome makes the home folder, with the websocket switched on and OBS's first
// questions answered.
func (o *OBS) prepareHome() error {
	if o.Port == 0 {
		port, err := freePort()
		if err != nil {
			return err
		}
		o.Port = port
	}
	if o.Home == "" {
		home, err := os.MkdirTemp(shared, "real-obs-")
		if err != nil {
			return err
		}
		o.Home, o.ownHome = home, true
	}
	o.Settings = &Settings{Dir: filepath.Join(o.Home, ".config", "obs-studio"), Port: o.Port, Password: o.Password}
	for _, folder := range []string{o.Settings.Dir, o.runtimeDir(), filepath.Join(o.Home, ".cache")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	return o.Settings.Write()
}

// runtimeDir is its XDG_RUNTIME_DIR.
func (o *OBS) runtimeDir() string { return filepath.Join(o.Home, "run") }

// Launch starts OBS itself, after Kill9 or Quit, and waits until it takes
// requests.
func (o *OBS) Launch(ctx context.Context) error {
	if err := o.Spawn(); err != nil {
		return err
	}
	return o.WaitReady(ctx)
}

// Spawn starts OBS and does not wait for it; args are added to its command line
// for this run.
func (o *OBS) Spawn(args ...string) error {
	// One file for each run: those of two OBS that share a home folder are not
	// mixed up.
	file, err := os.CreateTemp(o.Home, "obs-output-*.log")
	if err != nil {
		return err
	}
	o.logFile = file.Name()
	_ = file.Close() // run opens it anew
	name, args := command(append([]string{"--multi", "--disable-updater"}, args...))
	p, err := run(o.logFile, o.env(), name, args...)
	if err != nil {
		return err
	}
	o.obs = p
	return nil
}

func (o *OBS) env() []string {
	return append([]string{
		"HOME=" + o.Home, "DISPLAY=" + o.Display, "PATH=" + os.Getenv("PATH"),
		"XDG_RUNTIME_DIR=" + o.runtimeDir(), "LIBGL_ALWAYS_SOFTWARE=1",
		"QT_QPA_PLATFORM=xcb", "LANG=C.UTF-8",
		// No session bus: OBS asks it for nothing that a test needs.
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent",
	}, o.options.Env...)
}

// Address of its websocket.
func (o *OBS) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port)) }

// Pid is the process id of OBS.
func (o *OBS) Pid() int { return o.obs.cmd.Process.Pid }

// Log is the end of what OBS printed in its last run.
func (o *OBS) Log() string {
	raw, _ := os.ReadFile(o.logFile)
	return string(raw[max(0, len(raw)-4000):])
}

// Kill9 ends OBS as a crash does.
func (o *OBS) Kill9() { o.obs.kill() }

// Freeze stops OBS in its tracks, its port still open; Thaw lets it go on.
func (o *OBS) Freeze() { _ = syscall.Kill(o.Pid(), syscall.SIGSTOP) }

// Thaw ends a Freeze.
func (o *OBS) Thaw() { _ = syscall.Kill(o.Pid(), syscall.SIGCONT) }

// Quit ends OBS with a TERM signal, and waits; OBS 29 then ends without a word
// to its clients.
func (o *OBS) Quit(timeout time.Duration) error { return o.obs.terminate(timeout) }

// Restart kills OBS and starts it again on the same port.
func (o *OBS) Restart(ctx context.Context) error {
	o.Kill9()
	return o.Launch(ctx)
}

// Stop ends everything and removes what was made.
func (o *OBS) Stop() {
	for _, p := range []*process{o.obs, o.manager, o.x} {
		p.kill()
	}
	if o.ownHome {
		_ = os.RemoveAll(o.Home)
	}
}

// freePort gives a port that nobody listens on.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
