//go:build linux || freebsd || openbsd || netbsd

package foreground

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Available reports whether this system tells at all.
const Available = true

// maxProperty bounds what is read of a property, in units of 4 bytes.
const maxProperty = 1024

// The library would tell on standard error that there is no X server.
func init() { xgb.Logger = log.New(io.Discard, "", 0) }

// Watch tells which program is in front. It is for one goroutine.
type Watch struct {
	conn *xgb.Conn
	root xproto.Window
	// active and pid are the names of properties (Extended Window Manager Hints).
	active, pid xproto.Atom
}

// Open begins. Its error is of kind ErrUnsupported where there is no X server, or
// its window manager does not say which window is active.
func Open() (*Watch, error) {
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	w := &Watch{conn: conn, root: xproto.Setup(conn).DefaultScreen(conn).Root}
	if w.active, err = w.atom("_NET_ACTIVE_WINDOW"); err == nil {
		w.pid, err = w.atom("_NET_WM_PID")
	}
	if err == nil {
		err = w.supported()
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return w, nil
}

// Close ends.
func (w *Watch) Close() { w.conn.Close() }

// Front gives the name of the executable file of the program in front, where its
// window tells its process, and the window's class.
func (w *Watch) Front() ([]string, error) {
	window, err := w.activeWindow()
	if err != nil || window == 0 {
		return nil, err
	}
	var names []string
	if process, err := w.number(window, w.pid); err == nil && process > 0 {
		if path, err := os.Readlink("/proc/" + strconv.FormatUint(uint64(process), 10) + "/exe"); err == nil {
			names = append(names, filepath.Base(strings.TrimSuffix(path, " (deleted)")))
		}
	}
	class, err := xproto.GetProperty(w.conn, false, window, xproto.AtomWmClass, xproto.AtomString, 0, maxProperty).Reply()
	if err == nil {
		for name := range strings.SplitSeq(string(class.Value), "\x00") {
			if name != "" {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

func (w *Watch) atom(name string) (xproto.Atom, error) {
	reply, err := xproto.InternAtom(w.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, err
	}
	return reply.Atom, nil
}

// supported gives an error where the window manager does not say which window is
// active.
func (w *Watch) supported() error {
	list, err := w.atom("_NET_SUPPORTED")
	if err != nil {
		return err
	}
	reply, err := xproto.GetProperty(w.conn, false, w.root, list, xproto.AtomAtom, 0, maxProperty).Reply()
	if err != nil {
		return err
	}
	for value := reply.Value; len(value) >= 4; value = value[4:] {
		if xproto.Atom(xgb.Get32(value)) == w.active {
			return nil
		}
	}
	return errors.New("the window manager does not tell")
}

// activeWindow gives the window in front; 0 while there is none.
func (w *Watch) activeWindow() (xproto.Window, error) {
	id, err := w.number(w.root, w.active)
	return xproto.Window(id), err
}

// number reads a property that holds one number of 32 bits; 0 where it is not there.
func (w *Watch) number(window xproto.Window, property xproto.Atom) (uint32, error) {
	reply, err := xproto.GetProperty(w.conn, false, window, property, xproto.GetPropertyTypeAny, 0, 1).Reply()
	if err != nil {
		return 0, err
	}
	if reply.Format != 32 || len(reply.Value) < 4 {
		return 0, nil
	}
	return xgb.Get32(reply.Value), nil
}
