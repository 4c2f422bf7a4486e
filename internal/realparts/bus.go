//go:build linux

package realparts

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Session is a home with a session bus of its own.
type Session struct {
	// Home and Runtime are HOME and XDG_RUNTIME_DIR.
	Home, Runtime string
	// Bus is the address of the session bus; empty where there is none.
	Bus string
}

// Env is the environment of a program in this session: a clean one, in which
// nothing of the user who runs the tests is found.
func (s *Session) Env() []string {
	env := []string{
		"HOME=" + s.Home, "XDG_RUNTIME_DIR=" + s.Runtime, "PATH=" + os.Getenv("PATH"),
		"LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
		// A player of sounds would start a sound server by itself otherwise.
		"PULSE_SERVER=unix:" + filepath.Join(s.Runtime, "no-sound"),
	}
	if s.Bus != "" {
		env = append(env, "DBUS_SESSION_BUS_ADDRESS="+s.Bus)
	} else {
		// Where root's own bus exists, nothing must find it.
		env = append(env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(s.Runtime, "none"))
	}
	return env
}

// busConfig is a session bus that starts no services by itself, so that a test
// decides what there is.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
`

// NoSession is a home without a session bus, as on a server.
func NoSession(t testing.TB) *Session {
	t.Helper()
	base := folder(t)
	s := &Session{Home: filepath.Join(base, "home"), Runtime: filepath.Join(base, "run")}
	for _, dir := range []string{
		filepath.Join(s.Home, ".cache"), filepath.Join(s.Home, ".local", "share", "keyrings"), s.Runtime,
	} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// BareSession is a home with a session bus on which nobody offers anything:
// no keyring, no tray.
func BareSession(t testing.TB) *Session {
	t.Helper()
	Need(t, "dbus-daemon")
	s := NoSession(t)
	config := filepath.Join(s.Runtime, "bus.conf")
	text := fmt.Sprintf(busConfig, filepath.Join(s.Runtime, "bus"))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	Run(t, Command{
		Name: "dbus-daemon", Args: []string{"--config-file=" + config, "--nofork", "--nopidfile", "--print-address=3"},
		Env: s.Env(), Extra: []*os.File{write},
	})
	_ = write.Close() // the child has its own
	_ = read.SetReadDeadline(time.Now().Add(10 * time.Second))
	address, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("the session bus tells no address: %v", err)
	}
	s.Bus = strings.TrimSpace(address)
	return s
}

// connect opens a connection to the session's bus, closed with the test.
func (s *Session) connect(t testing.TB) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(s.Bus)
	if err != nil {
		t.Fatalf("connect to the session bus: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// waitName waits until somebody on the bus owns a name.
func (s *Session) waitName(t testing.TB, name string, timeout time.Duration) {
	t.Helper()
	conn := s.connect(t)
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	err := conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, name))
	if err != nil {
		t.Fatal(err)
	}
	var owned bool
	if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&owned); err != nil {
		t.Fatal(err)
	}
	if owned {
		return
	}
	late := time.After(timeout)
	for {
		select {
		case signal := <-signals: // the bus greets us with another one of its own
			if signal.Name == "org.freedesktop.DBus.NameOwnerChanged" {
				return
			}
		case <-late:
			t.Fatalf("nobody owns %s after %v", name, timeout)
		}
	}
}
