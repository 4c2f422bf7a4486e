package discovery

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cuelight/internal/secret"
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
	// Unreadable: there are settings, and this user may not read them or they
	// are broken.
	Unreadable Reason = "unreadable"
)

// The kinds of what was found instead of an endpoint, see Finding.Err.
var (
	ErrNotInstalled = errors.New("OBS is not installed")
	ErrNeverStarted = errors.New("OBS has never been started")
	ErrServerOff    = errors.New("OBS's websocket server is switched off")
	ErrUnreadable   = errors.New("OBS's settings cannot be read")
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
	// Program is the path of OBS's executable; empty when not found.
	Program string
	// Portable: the settings are inside the program's own folder.
	Portable bool
	// Flatpak: OBS is to be started through flatpak, as the application
	// com.obsproject.Studio.
	Flatpak bool
}

// Err is nil when an endpoint was found, and else an *Error of kind
// ErrNotInstalled, ErrNeverStarted, ErrServerOff or ErrUnreadable.
func (f Finding) Err() error {
	kind, ok := map[Reason]error{
		NotInstalled: ErrNotInstalled, NeverStarted: ErrNeverStarted,
		ServerOff: ErrServerOff, Unreadable: ErrUnreadable,
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

// Find looks for OBS's own settings and reads them; it never writes. Of
// several it takes the one whose server is on, preferring the order of
// Places. It does not dial: that a server should listen does not mean
// that OBS runs.
func Find(ctx context.Context, p Places) Finding {
	best := Finding{Reason: NotInstalled}
	program, flatpakInstalled := p.program()
	if program != "" || flatpakInstalled {
		best = Finding{Reason: NeverStarted, Program: program, Flatpak: flatpakInstalled && program == ""}
	}
	for _, folder := range p.folders() {
		if ctx.Err() != nil {
			break
		}
		found := readFolder(p, folder)
		if found.Reason.rank() <= best.Reason.rank() {
			continue
		}
		found.Program = program
		if folder.portable {
			if own := p.portableProgram(folder.path); own != "" {
				found.Program = own
			}
		}
		best = found
	}
	return best
}

// rank orders reasons by how far OBS has got.
func (r Reason) rank() int {
	switch r {
	case NeverStarted:
		return 1
	case Unreadable:
		return 2
	case ServerOff:
		return 3
	case Found:
		return 4
	}
	return 0
}

// readFolder reads one folder. config.json, where obs-websocket 5.5 (OBS 30.2)
// moved its settings, goes before the section in global.ini.
func readFolder(p Places, folder configFolder) Finding {
	f := Finding{Portable: folder.portable, Flatpak: folder.flatpak}
	for _, source := range []struct {
		name string
		read func([]byte) (*serverSettings, error)
	}{
		{filepath.Join("plugin_config", "obs-websocket", "config.json"), readConfigJSON},
		{"global.ini", readGlobalINI},
	} {
		file := filepath.Join(folder.path, source.name)
		raw, err := p.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		f.File = file
		if err != nil {
			f.Reason = Unreadable
			return f
		}
		settings, err := source.read(raw)
		if err != nil {
			f.Reason = Unreadable
			return f
		}
		if settings != nil {
			f.Endpoint, f.Reason = settings.endpoint(), settings.reason()
			return f
		}
		// global.ini without the section: OBS has run, its server never did.
		f.Reason = ServerOff
	}
	return f
}

// serverSettings is what both generations of the file hold.
type serverSettings struct {
	enabled, auth bool
	port          int
	password      secret.Text
}

func (s serverSettings) endpoint() obs.Endpoint {
	e := obs.Endpoint{Host: "localhost", Port: s.port}
	if s.auth {
		e.Password = s.password
	}
	return e
}

func (s serverSettings) reason() Reason {
	if s.enabled {
		return Found
	}
	return ServerOff
}

// readConfigJSON reads plugin_config/obs-websocket/config.json.
func readConfigJSON(raw []byte) (*serverSettings, error) {
	fields := struct {
		Enabled  bool   `json:"server_enabled"`
		Port     int    `json:"server_port"`
		Auth     *bool  `json:"auth_required"`
		Password string `json:"server_password"`
	}{Port: obs.DefaultPort}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), &fields); err != nil {
		return nil, err
	}
	return &serverSettings{
		enabled: fields.Enabled, port: validPort(fields.Port),
		auth: fields.Auth == nil || *fields.Auth, password: secret.New(fields.Password),
	}, nil
}

// readGlobalINI reads section [OBSWebSocket] of global.ini, nil without one.
func readGlobalINI(raw []byte) (*serverSettings, error) {
	section, ok := readINI(raw, "OBSWebSocket")
	if !ok {
		return nil, nil
	}
	// The defaults are OBS's: off, and with a password.
	return &serverSettings{
		enabled: section.flag("ServerEnabled", false), port: validPort(int(uint16(section.number("ServerPort")))),
		auth: section.flag("AuthRequired", true), password: secret.New(section.text("ServerPassword")),
	}, nil
}

func validPort(port int) int {
	if port < 1 || port > 65535 {
		return obs.DefaultPort
	}
	return port
}

// readFile is os.ReadFile with a bound: a settings file has some kilobytes.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > 4<<20 {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(path)
}
