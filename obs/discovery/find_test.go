package discovery_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
)

// machine is a made-up machine: its files by slash path.
type machine struct {
	os    string
	env   map[string]string
	files map[string]string
	path  map[string]string // programs on the search path
	inst  []string
	deny  string // a file that may not be read
	named []string
}

func (m machine) places() discovery.Places {
	return discovery.Places{
		OS: m.os, Home: "/home/u", Portable: m.named,
		Env: func(name string) string { return m.env[name] },
		ReadFile: func(name string) ([]byte, error) {
			name = filepath.ToSlash(name)
			if name == m.deny {
				return nil, fs.ErrPermission
			}
			text, ok := m.files[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return []byte(text), nil
		},
		Exists: func(name string) bool { _, ok := m.files[filepath.ToSlash(name)]; return ok },
		LookPath: func(name string) (string, error) {
			if p, ok := m.path[name]; ok {
				return p, nil
			}
			return "", errors.New("not on the path")
		},
		Installed: func() []string { return m.inst },
	}
}

func testdata(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "obs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestDiscover(t *testing.T) {
	global, config := testdata(t, "global.ini"), testdata(t, "config.json")
	const linux = "/home/u/.config/obs-studio"
	const newer = "/plugin_config/obs-websocket/config.json"
	odd := secret.New("`pa\"ss; #\\word=1")
	tests := map[string]struct {
		machine machine
		want    discovery.Finding
	}{
		"nothing at all": {
			machine{os: "linux"},
			discovery.Finding{Reason: discovery.NotInstalled},
		},
		"installed and never started": {
			machine{os: "linux", path: map[string]string{"obs": "/usr/bin/obs"}},
			discovery.Finding{Reason: discovery.NeverStarted, Program: "/usr/bin/obs"},
		},
		"global.ini of OBS 28 to 30.1, with a password full of traps": {
			machine{os: "linux", files: map[string]string{linux + "/global.ini": global}},
			discovery.Finding{
				Reason: discovery.Found, File: linux + "/global.ini",
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4460, Password: odd},
			},
		},
		"config.json goes before global.ini": {
			machine{os: "linux", files: map[string]string{
				linux + "/global.ini": global, linux + newer: config,
			}},
			discovery.Finding{
				Reason: discovery.Found, File: linux + newer,
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"config.json that a script wrote: texts for numbers, numbers for texts": {
			machine{os: "linux", files: map[string]string{
				linux + newer: `{"server_enabled":"1","server_port":"4471","auth_required":1,"server_password":123456}`,
			}},
			discovery.Finding{
				Reason: discovery.Found, File: linux + newer,
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4471, Password: secret.New("123456")},
			},
		},
		"XDG_CONFIG_HOME": {
			machine{os: "linux", env: map[string]string{"XDG_CONFIG_HOME": "/xdg"}, files: map[string]string{"/xdg/obs-studio" + newer: config}},
			discovery.Finding{
				Reason: discovery.Found, File: "/xdg/obs-studio" + newer,
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"Flatpak": {
			machine{os: "linux", files: map[string]string{
				"/var/lib/flatpak/app/com.obsproject.Studio":                       "",
				"/home/u/.var/app/com.obsproject.Studio/config/obs-studio" + newer: config,
			}},
			discovery.Finding{
				Reason: discovery.Found, Flatpak: true,
				File:     "/home/u/.var/app/com.obsproject.Studio/config/obs-studio" + newer,
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"snap": {
			machine{os: "linux", path: map[string]string{"obs-studio": "/snap/bin/obs-studio"}, files: map[string]string{
				"/home/u/snap/obs-studio/current/.config/obs-studio" + newer: config,
			}},
			discovery.Finding{
				Reason: discovery.Found, Program: "/snap/bin/obs-studio",
				File:     "/home/u/snap/obs-studio/current/.config/obs-studio" + newer,
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"Windows": {
			machine{os: "windows", env: map[string]string{"APPDATA": "/appdata", "ProgramFiles": "/pf"}, files: map[string]string{
				"/appdata/obs-studio" + newer: config, "/pf/obs-studio/bin/64bit/obs64.exe": "",
			}},
			discovery.Finding{
				Reason: discovery.Found, File: "/appdata/obs-studio" + newer, Program: "/pf/obs-studio/bin/64bit/obs64.exe",
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"portable on Windows, where the installer noted": {
			machine{os: "windows", env: map[string]string{"APPDATA": "/appdata"}, inst: []string{"/d/obs"}, files: map[string]string{
				"/d/obs/config/obs-studio/global.ini": global, "/d/obs/bin/64bit/obs64.exe": "",
			}},
			discovery.Finding{
				Reason: discovery.Found, File: "/d/obs/config/obs-studio/global.ini", Program: "/d/obs/bin/64bit/obs64.exe",
				Portable: true, Endpoint: obs.Endpoint{Host: "localhost", Port: 4460, Password: odd},
			},
		},
		"a portable one that is on goes before an installed one that is off": {
			machine{os: "linux", named: []string{"/opt/obs"}, files: map[string]string{
				linux + newer: `{"server_enabled":false}`, "/opt/obs/config/obs-studio" + newer: config,
				"/opt/obs/bin/64bit/obs": "",
			}},
			discovery.Finding{
				Reason: discovery.Found, File: "/opt/obs/config/obs-studio" + newer, Program: "/opt/obs/bin/64bit/obs",
				Portable: true, Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"macOS": {
			machine{os: "darwin", files: map[string]string{
				"/home/u/Library/Application Support/obs-studio" + newer: config,
				"/Applications/OBS.app/Contents/MacOS/OBS":               "",
			}},
			discovery.Finding{
				Reason: discovery.Found, File: "/home/u/Library/Application Support/obs-studio" + newer,
				Program:  "/Applications/OBS.app/Contents/MacOS/OBS",
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4470, Password: secret.New("from json")},
			},
		},
		"server off": {
			machine{os: "linux", files: map[string]string{linux + newer: `{"server_enabled":false,"server_port":4455,"auth_required":true,"server_password":"p"}`}},
			discovery.Finding{
				Reason: discovery.ServerOff, File: linux + newer,
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4455, Password: secret.New("p")},
			},
		},
		"started, server never touched": {
			machine{os: "linux", files: map[string]string{linux + "/global.ini": "[General]\nFirstRun=true\n"}},
			discovery.Finding{Reason: discovery.ServerOff, File: linux + "/global.ini"},
		},
		"no password asked for": {
			machine{os: "linux", files: map[string]string{linux + newer: `{"server_enabled":true,"server_port":4455,"auth_required":false,"server_password":"p"}`}},
			discovery.Finding{Reason: discovery.Found, File: linux + newer, Endpoint: obs.Endpoint{Host: "localhost", Port: 4455}},
		},
		"another user's": {
			machine{os: "linux", deny: linux + newer},
			discovery.Finding{Reason: discovery.Unreadable, File: linux + newer},
		},
		"a broken file": {
			machine{os: "linux", files: map[string]string{linux + newer: `{"server_enabled":tr`}},
			discovery.Finding{Reason: discovery.Broken, File: linux + newer},
		},
		"an empty file": {
			machine{os: "linux", files: map[string]string{linux + newer: ""}},
			discovery.Finding{Reason: discovery.Broken, File: linux + newer},
		},
		"an empty config.json and a good global.ini": {
			machine{os: "linux", files: map[string]string{linux + newer: "", linux + "/global.ini": global}},
			discovery.Finding{
				Reason: discovery.Found, File: linux + "/global.ini",
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4460, Password: odd},
			},
		},
		"a config.json of another user and a good global.ini": {
			machine{os: "linux", deny: linux + newer, files: map[string]string{linux + "/global.ini": global}},
			discovery.Finding{
				Reason: discovery.Found, File: linux + "/global.ini",
				Endpoint: obs.Endpoint{Host: "localhost", Port: 4460, Password: odd},
			},
		},
		"values of other types, and a byte order mark": {
			machine{os: "linux", files: map[string]string{linux + newer: "\ufeff" + `{"server_enabled":1,"server_port":"4470","auth_required":"false","server_password":"p"}`}},
			discovery.Finding{Reason: discovery.Found, File: linux + newer, Endpoint: obs.Endpoint{Host: "localhost", Port: 4470}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := discovery.Find(t.Context(), tt.machine.places())
			got.File, got.Program = filepath.ToSlash(got.File), filepath.ToSlash(got.Program)
			if got != tt.want {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
			if (got.Err() == nil) != (got.Reason == discovery.Found) {
				t.Errorf("%s gives the error %v", got.Reason, got.Err())
			}
			if !got.Endpoint.Password.Equal(tt.want.Endpoint.Password) {
				t.Error("another password")
			}
		})
	}
}

func TestSeveralSettingsOnOneMachine(t *testing.T) {
	const native = "/home/u/.config/obs-studio"
	const flatpak = "/home/u/.var/app/com.obsproject.Studio/config/obs-studio"
	const newer = "/plugin_config/obs-websocket/config.json"
	config := func(port, password string) string {
		return `{"server_enabled":true,"server_port":` + port + `,"auth_required":true,"server_password":"` + password + `"}`
	}
	now := time.Now()
	places := machine{os: "linux", files: map[string]string{
		native + newer:         config("4460", "stale"),
		native + "/global.ini": "[OBSWebSocket]\nServerEnabled=true\nServerPort=4461\nServerPassword=older OBS\n",
		flatpak + newer:        config("4462", "in use"),
		"/home/u/snap/obs-studio/current/.config/obs-studio" + newer: "{",
	}}.places()
	ages := map[string]time.Duration{native + newer: time.Hour, native + "/global.ini": time.Minute, flatpak + newer: time.Second}
	places.Modified = func(name string) time.Time { return now.Add(-ages[filepath.ToSlash(name)]) }
	var got []string
	for _, f := range discovery.All(t.Context(), places) {
		got = append(got, string(f.Reason)+" "+f.Endpoint.Password.Reveal())
	}
	want := []string{"found in use", "found older OBS", "found stale", "broken "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if first := discovery.Find(t.Context(), places); !first.Flatpak || first.Endpoint.Port != 4462 {
		t.Errorf("the best is %+v", first)
	}
}

func TestAFileThatIsNoneIsNotWaitedFor(t *testing.T) {
	home := t.TempDir()
	folder := filepath.Join(home, ".config", "obs-studio")
	if err := os.MkdirAll(filepath.Join(folder, "global.ini"), 0o700); err != nil {
		t.Fatal(err)
	}
	if found := discovery.Find(t.Context(), homeOf(home)); found.Reason != discovery.Broken {
		t.Errorf("a folder in the place of the file is %s", found.Reason)
	}
	if err := os.Remove(filepath.Join(folder, "global.ini")); err != nil {
		t.Fatal(err)
	}
	huge, err := os.Create(filepath.Join(folder, "global.ini"))
	if err == nil {
		err = errors.Join(huge.Truncate(1<<26), huge.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if found := discovery.Find(t.Context(), homeOf(home)); found.Reason != discovery.Broken {
		t.Errorf("a file of 64 MB is %s", found.Reason)
	}
}

// homeOf is a machine with nothing but a home folder.
func homeOf(home string) discovery.Places {
	places := discovery.SystemPlaces()
	places.OS, places.Home = "linux", home
	places.Env = func(string) string { return "" }
	places.LookPath = func(string) (string, error) { return "", fs.ErrNotExist }
	return places
}
