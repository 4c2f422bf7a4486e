package discovery

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"cuelight/obs"
)

// Reason says what discovery came to.
type Reason string

const (
	// Found: OBS's settings name an endpoint with the server switched on.
	Found Reason = "found"
	// NotInstalled: neither a program nor settings of OBS were found.
	NotInstalled Reason = "not-installed"
	// NeverStarted: OBS is installed and has no settings yet: start it once.
	NeverStarted Reason = "never-started"
	// ServerOff: OBS's websocket server is switched off, as it is by default:
	// Tools, WebSocket Server Settings, Enable WebSocket server.
	ServerOff Reason = "server-off"
	// Unreadable: there are settings, and this user may not read them.
	Unreadable Reason = "unreadable"
	// Broken: there are settings, and what is in them is no settings: they are
	// empty, cut or damaged.
	Broken Reason = "broken"
)

// The kinds of what was found instead of an endpoint, see Finding.Err.
var (
	ErrNotInstalled = errors.New("OBS is not installed")
	ErrNeverStarted = errors.New("OBS has never been started")
	ErrServerOff    = errors.New("OBS's websocket server is switched off")
	ErrUnreadable   = errors.New("OBS's settings cannot be read")
	ErrBroken       = errors.New("OBS's settings are damaged")
)

// Finding is what discovery knows of OBS on this machine.
type Finding struct {
	// Endpoint is a proposal, usable when Reason is Found: switches on OBS's
	// command line (--websocket_port, --websocket_password) are not in its
	// files.
	Endpoint obs.Endpoint
	// Reason is Found, or why not.
	Reason Reason
	// File is the settings file that decided; empty when there is none.
	File string
	// Modified is when that file was written last; zero where that is not known.
	Modified time.Time
	// Program is the path of OBS's executable; empty when not found.
	Program string
	// Portable: the settings are inside the program's own folder.
	Portable bool
	// Flatpak: OBS is to be started through flatpak, as the application
	// com.obsproject.Studio.
	Flatpak bool
}

// Err is nil when an endpoint was found, and else an *Error of kind
// ErrNotInstalled, ErrNeverStarted, ErrServerOff, ErrUnreadable or ErrBroken.
func (f Finding) Err() error {
	kind, ok := map[Reason]error{
		NotInstalled: ErrNotInstalled, NeverStarted: ErrNeverStarted,
		ServerOff: ErrServerOff, Unreadable: ErrUnreadable, Broken: ErrBroken,
	}[f.Reason]
	if !ok {
		return nil
	}
	return &obs.Error{Kind: kind, Op: "discover", Comment: f.File}
}

// configFolder is one folder that may hold OBS's settings.
type configFolder struct {
	path     string
	portable bool
	flatpak  bool
}

// Find looks for OBS's own settings and reads them; it never writes. It gives
// the best of All.
func Find(ctx context.Context, p Places) Finding { return All(ctx, p)[0] }

// All gives what every settings file of OBS on this machine says: those whose
// server is on first, and of these the one that was written last, else in the
// order of Places. There may be several: of an installed OBS and a Flatpak, or of
// an older and a newer OBS, which keep them in different files. It does not dial:
// that a server should listen does not mean that OBS runs.
//
// Where there is no such file, it gives the one finding that says why.
func All(ctx context.Context, p Places) []Finding {
	program, flatpakInstalled := p.program()
	var all []Finding
	for _, folder := range p.folders() {
		if ctx.Err() != nil {
			break
		}
		for _, found := range readFolder(p, folder) {
			found.Program = program
			if own := p.portableProgram(folder.path); folder.portable && own != "" {
				found.Program = own
			}
			all = append(all, found)
		}
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Reason.rank(), a.Reason.rank()), b.Modified.Compare(a.Modified))
	})
	if len(all) > 0 {
		return all
	}
	if program != "" || flatpakInstalled {
		return []Finding{{Reason: NeverStarted, Program: program, Flatpak: flatpakInstalled && program == ""}}
	}
	return []Finding{{Reason: NotInstalled}}
}

// rank orders reasons by how far OBS has got.
func (r Reason) rank() int {
	switch r {
	case Unreadable, Broken:
		return 1
	case ServerOff:
		return 2
	case Found:
		return 3
	}
	return 0
}

// readFolder reads both files of one folder: config.json, where obs-websocket
// 5.5 (OBS 30.2) moved its settings, and global.ini, where an older OBS has them
// in a section. Without that section global.ini counts only where it is alone:
// then OBS has run and its server never did.
func readFolder(p Places, folder configFolder) []Finding {
	var all []Finding
	for _, source := range []struct {
		name string
		read func([]byte) (*serverSettings, error)
	}{
		{filepath.Join("plugin_config", "obs-websocket", "config.json"), readConfigJSON},
		{"global.ini", readGlobalINI},
	} {
		file := filepath.Join(folder.path, source.name)
		f := Finding{Portable: folder.portable, Flatpak: folder.flatpak, File: file}
		raw, err := p.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if p.Modified != nil {
			f.Modified = p.Modified(file)
		}
		var settings *serverSettings
		if err == nil {
			settings, err = source.read(raw)
		}
		if f.Reason = Broken; errors.Is(err, fs.ErrPermission) {
			f.Reason = Unreadable
		}
		switch {
		case settings != nil:
			f.Endpoint, f.Reason = settings.endpoint(), settings.reason()
		case err != nil:
		case len(all) > 0:
			continue
		default:
			f.Reason = ServerOff
		}
		all = append(all, f)
	}
	return all
}
