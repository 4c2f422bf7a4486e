package discovery

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// flatpakID is OBS's application in Flathub.
const flatpakID = "com.obsproject.Studio"

// Places is the machine as discovery sees it. SystemPlaces gives the real one;
// a test makes its own.
type Places struct {
	// OS is a runtime.GOOS: its rules say where things are.
	OS string
	// Home is the user's home folder.
	Home string
	// Env looks up an environment variable.
	Env func(string) string
	// ReadFile reads a file; an error of fs.ErrNotExist means that it is not
	// there.
	ReadFile func(string) ([]byte, error)
	// ReadDir lists the names in a folder. May be nil: then the profiles' settings
	// cannot be found.
	ReadDir func(string) ([]string, error)
	// Modified tells when a file was written last; zero where that is not known.
	// May be nil.
	Modified func(string) time.Time
	// Exists reports whether a file or folder is there.
	Exists func(string) bool
	// LookPath finds a program on the search path.
	LookPath func(string) (string, error)
	// Installed gives folders in which an installer says that it put OBS, such
	// as those in the registry of Windows. May be nil.
	Installed func() []string
	// Portable lists OBS folders with settings of their own that the user named.
	Portable []string
}

// SystemPlaces is this machine.
func SystemPlaces() Places {
	home, _ := os.UserHomeDir()
	return Places{
		OS: runtime.GOOS, Home: home, Env: os.Getenv,
		ReadFile: readFile,
		ReadDir:  readDir,
		Modified: modified,
		Exists:   func(path string) bool { _, err := os.Stat(path); return err == nil },
		LookPath: exec.LookPath, Installed: installedFolders,
	}
}

// folders lists the folders that may hold settings, best first.
func (p Places) folders() []configFolder {
	var out []configFolder
	add := func(flatpak bool, elements ...string) {
		if elements[0] != "" {
			out = append(out, configFolder{path: filepath.Join(elements...), flatpak: flatpak})
		}
	}
	switch p.OS {
	case "windows":
		add(false, p.Env("APPDATA"), "obs-studio")
	case "darwin":
		add(false, p.Home, "Library", "Application Support", "obs-studio")
	default:
		if xdg := p.Env("XDG_CONFIG_HOME"); xdg != "" {
			add(false, xdg, "obs-studio")
		} else {
			add(false, p.Home, ".config", "obs-studio")
		}
		add(true, p.Home, ".var", "app", flatpakID, "config", "obs-studio")
		add(false, p.Home, "snap", "obs-studio", "current", ".config", "obs-studio")
	}
	for _, folder := range p.portableFolders() {
		out = append(out, configFolder{path: filepath.Join(folder, "config", "obs-studio"), portable: true})
	}
	return out
}

// portableFolders lists OBS folders that may hold config/obs-studio: named by
// the user, or where OBS is installed.
func (p Places) portableFolders() []string {
	folders := append([]string(nil), p.Portable...)
	if p.OS == "windows" {
		folders = append(folders, p.windowsFolders()...)
	}
	return folders
}

// windowsFolders lists where OBS is usually installed on Windows: what its
// installer noted, the standard folder, Steam's.
func (p Places) windowsFolders() []string {
	var out []string
	if p.Installed != nil {
		out = append(out, p.Installed()...)
	}
	for _, variable := range []string{"ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"} {
		if base := p.Env(variable); base != "" {
			out = append(out,
				filepath.Join(base, "obs-studio"),
				filepath.Join(base, "Steam", "steamapps", "common", "OBS Studio"))
		}
	}
	return out
}

// programIn gives the executable inside an OBS folder, empty without one.
func (p Places) programIn(folder string) string {
	name := filepath.Join(folder, "bin", "64bit", "obs")
	if p.OS == "windows" {
		name += "64.exe"
	}
	if p.Exists(name) {
		return name
	}
	return ""
}

// portableProgram gives the executable that uses a portable config folder.
func (p Places) portableProgram(config string) string {
	return p.programIn(filepath.Dir(filepath.Dir(config)))
}

// program finds OBS's executable, and whether there is a Flatpak of it.
func (p Places) program() (path string, flatpak bool) {
	for _, folder := range p.portableFolders() {
		if path := p.programIn(folder); path != "" {
			return path, false
		}
	}
	switch p.OS {
	case "windows":
		return "", false
	case "darwin":
		for _, base := range []string{"/Applications", filepath.Join(p.Home, "Applications")} {
			if app := filepath.Join(base, "OBS.app", "Contents", "MacOS", "OBS"); p.Exists(app) {
				return app, false
			}
		}
		return "", false
	}
	for _, name := range []string{"obs", "obs-studio"} { // the snap has the longer name
		if found, err := p.LookPath(name); err == nil {
			path = found
			break
		}
	}
	for _, base := range []string{"/var/lib/flatpak", filepath.Join(p.Home, ".local", "share", "flatpak")} {
		flatpak = flatpak || p.Exists(filepath.Join(base, "app", flatpakID))
	}
	return path, flatpak
}
