//go:build linux

package foreground

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// startX starts an X server without a window manager; the test is skipped where there
// is none.
func startX(t *testing.T) {
	t.Helper()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		if os.Getenv("CUELIGHT_REAL") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no X server: %v", err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	_ = write.Close()
	display := bufio.NewScanner(read)
	if !display.Scan() {
		t.Fatalf("the X server does not say where it is: %v", display.Err())
	}
	t.Setenv("DISPLAY", ":"+display.Text())
}

// manager does what a window manager does for us.
type manager struct {
	t    *testing.T
	conn *xgb.Conn
	root xproto.Window
}

func (m *manager) atom(name string) uint32 {
	m.t.Helper()
	reply, err := xproto.InternAtom(m.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		m.t.Fatal(err)
	}
	return uint32(reply.Atom)
}

func (m *manager) set(window xproto.Window, property string, kind xproto.Atom, value uint32) {
	m.t.Helper()
	data := make([]byte, 4)
	xgb.Put32(data, value)
	err := xproto.ChangePropertyChecked(m.conn, xproto.PropModeReplace, window, xproto.Atom(m.atom(property)), kind, 32, 1, data).Check()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *manager) window(class string, pid uint32) xproto.Window {
	m.t.Helper()
	id, err := xproto.NewWindowId(m.conn)
	if err != nil {
		m.t.Fatal(err)
	}
	screen := xproto.Setup(m.conn).DefaultScreen(m.conn)
	err = xproto.CreateWindowChecked(m.conn, screen.RootDepth, id, m.root, 0, 0, 10, 10, 0, xproto.WindowClassInputOutput, screen.RootVisual, 0, nil).Check()
	if err != nil {
		m.t.Fatal(err)
	}
	if class != "" {
		xproto.ChangeProperty(m.conn, xproto.PropModeReplace, id, xproto.AtomWmClass, xproto.AtomString, 8, uint32(len(class)), []byte(class))
	}
	if pid != 0 {
		m.set(id, "_NET_WM_PID", xproto.AtomCardinal, pid)
	}
	return id
}

func TestRealXServerTellsWhichProgramIsInFront(t *testing.T) {
	startX(t)
	if _, err := Open(); !errors.Is(err, ErrUnsupported) {
		t.Fatalf("without a window manager: %v", err)
	}
	conn, err := xgb.NewConn()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	m := &manager{t: t, conn: conn, root: xproto.Setup(conn).DefaultScreen(conn).Root}
	m.set(m.root, "_NET_SUPPORTED", xproto.AtomAtom, m.atom("_NET_ACTIVE_WINDOW"))
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if names, err := w.Front(); err != nil || len(names) != 0 {
		t.Errorf("with nothing in front: %q, %v", names, err)
	}
	self, _ := os.Executable()
	mine := m.window("tslgame.exe\x00TslGame\x00", uint32(os.Getpid()))
	m.set(m.root, "_NET_ACTIVE_WINDOW", xproto.AtomWindow, uint32(mine))
	if names, err := w.Front(); err != nil || !slices.Equal(names, []string{filepath.Base(self), "tslgame.exe", "TslGame"}) {
		t.Errorf("in front: %q, %v", names, err)
	}
	m.set(m.root, "_NET_ACTIVE_WINDOW", xproto.AtomWindow, uint32(m.window("", 0)))
	if names, err := w.Front(); err != nil || len(names) != 0 {
		t.Errorf("a window that says nothing: %q, %v", names, err)
	}
	if err := xproto.DestroyWindowChecked(conn, mine).Check(); err != nil {
		t.Fatal(err)
	}
	m.set(m.root, "_NET_ACTIVE_WINDOW", xproto.AtomWindow, uint32(mine))
	if names, err := w.Front(); err != nil || len(names) != 0 {
		t.Errorf("a window that has gone: %q, %v", names, err)
	}
}

func TestWithoutAnXServerItIsSaidThatProgramsCannotBeSeen(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := Open(); !errors.Is(err, ErrUnsupported) {
		t.Errorf("got %v", err)
	}
}
