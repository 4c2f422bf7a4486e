package discovery

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/obs"
)

// profilesOn is a machine with these files.
func profilesOn(files map[string]string) Places {
	return Places{
		OS: "linux", Home: "/home/u", Env: func(string) string { return "" },
		Exists: func(string) bool { return false }, LookPath: func(string) (string, error) { return "", fs.ErrNotExist },
		ReadFile: func(name string) ([]byte, error) {
			if text, ok := files[filepath.ToSlash(name)]; ok {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		},
		ReadDir: func(folder string) ([]string, error) {
			var names []string
			for name := range files {
				if rest, in := strings.CutPrefix(name, filepath.ToSlash(folder)+"/"); in {
					first, _, _ := strings.Cut(rest, "/")
					names = append(names, first)
				}
			}
			if names == nil {
				return nil, fs.ErrNotExist
			}
			return names, nil
		},
	}
}

func TestTheEncodersSettingsOfAProfileAreFoundByItsName(t *testing.T) {
	const (
		native   = "/home/u/.config/obs-studio/"
		flatpak  = "/home/u/.var/app/com.obsproject.Studio/config/obs-studio/"
		server   = "plugin_config/obs-websocket/config.json"
		listens  = `{"server_enabled":true,"server_port":4455}`
		game     = "[General]\nName=게임\n"
		encoding = `{"bf":0}`
	)
	profile := func(base, folder, basic, encoder string) map[string]string {
		at := path.Join(base, "basic/profiles", folder)
		files := map[string]string{at + "/basic.ini": basic}
		if encoder != "" {
			files[at+"/streamEncoder.json"] = encoder
		}
		return files
	}
	merge := func(all ...map[string]string) map[string]string {
		out := map[string]string{native + server: listens}
		for _, files := range all {
			for name, text := range files {
				out[name] = text
			}
		}
		return out
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		at    obs.Endpoint
		want  string
		found bool
	}{
		{"in a folder of another name", merge(profile(native, "Untitled", "[General]\nName=Other\n", `{"bf":2}`), profile(native, "_", game, encoding)), obs.Endpoint{Host: "localhost", Port: 4455}, encoding, true},
		{"all at defaults", merge(profile(native, "game", game, "")), obs.Endpoint{Host: "127.0.0.1", Port: 4455}, "", true},
		{"kept elsewhere", merge(map[string]string{native + "global.ini": "[Locations]\nProfiles=/data\n"}, profile("/data/obs-studio", "game", game, encoding)), obs.Endpoint{Host: "localhost", Port: 4455}, encoding, true},
		{"the location said to be the usual one", merge(map[string]string{native + "global.ini": "[Locations]\nProfiles=/home/u/.config\n"}, profile(native, "game", game, encoding)), obs.Endpoint{Host: "localhost", Port: 4455}, encoding, true},
		{"no such profile", merge(profile(native, "game", "[General]\nName=Other\n", encoding)), obs.Endpoint{Host: "localhost", Port: 4455}, "", false},
		{"another port", merge(profile(native, "game", game, encoding)), obs.Endpoint{Host: "localhost", Port: 4466}, "", false},
		{"another machine", merge(profile(native, "game", game, encoding)), obs.Endpoint{Host: "192.168.0.7", Port: 4455}, "", false},
		{"two of this port that agree", merge(map[string]string{flatpak + server: listens}, profile(native, "game", game, encoding), profile(flatpak, "game", game, encoding)), obs.Endpoint{Host: "localhost", Port: 4455}, encoding, true},
		{"two of this port that do not agree", merge(map[string]string{flatpak + server: listens}, profile(native, "game", game, encoding), profile(flatpak, "game", game, `{"bf":2}`)), obs.Endpoint{Host: "localhost", Port: 4455}, "", false},
		{"no profiles at all", merge(), obs.Endpoint{Host: "localhost", Port: 4455}, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := StreamEncoder(t.Context(), profilesOn(c.files), c.at, "게임")
			if string(got) != c.want || c.found != (err == nil) || !c.found && !errors.Is(err, ErrNoProfile) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
