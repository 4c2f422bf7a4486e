//go:build linux

package packaged

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
)

// Where things are under Windows.
const (
	installed   = `C:\users\` + user + `\AppData\Local\Programs\Cuelight`
	runKey      = `HKCU\Software\Microsoft\Windows\CurrentVersion\Run`
	protocolKey = `HKCU\Software\Classes\cuelight`
	removalKey  = `HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Cuelight`
	keyringKey  = `HKCU\Software\Wine\Credential Manager`
)

// packageFile gives the one package of a kind, as the root knows it.
func (w *windows) packageFile(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(w.root, packageFolder, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d packages %s (%v)", len(found), pattern, err)
	}
	return strings.TrimPrefix(found[0], w.root)
}

func (w *windows) install(t *testing.T) {
	t.Helper()
	w.mustRun(t, "wine", w.packageFile(t, "Cuelight-*-setup.exe"), "/S", "/STARTUP")
}

// terminal runs the installed program's terminal form.
func (w *windows) terminal(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	return w.run(t, stdin, append([]string{"wine", installed + `\cuelight.com`}, args...)...)
}

// do is terminal for what has to succeed; it gives the object that --json prints.
func (w *windows) do(t *testing.T, stdin string, args ...string) map[string]any {
	t.Helper()
	o := w.terminal(t, stdin, append(args, "--json")...)
	var object map[string]any
	if err := json.Unmarshal([]byte(o.out), &object); err != nil || o.code != 0 {
		t.Fatalf("%q ended with %d, printed %q, said %q", args, o.code, o.out, o.errors)
	}
	return object
}

// uninstall runs the uninstaller to its end: it goes on from a copy of itself.
func (w *windows) uninstall(t *testing.T, args ...string) {
	t.Helper()
	w.mustRun(t, append([]string{"wine", installed + `\uninstall.exe`, "/S"}, args...)...)
	waitFor(t, 30*time.Second, "the uninstaller", func() bool {
		_, err := os.Stat(w.path("users", user, "AppData/Local/Programs/Cuelight/uninstall.exe"))
		return os.IsNotExist(err) && w.registry(t, removalKey) == ""
	})
	w.run(t, "", "wineserver", "-w")
}

func TestRealWindowsPackageIsInstalledUsedAndRemoved(t *testing.T) {
	w := newWindows(t)
	before := w.files(t)
	w.install(t)
	t.Run("what was installed", func(t *testing.T) { checkInstalled(t, w) })
	t.Run("terminal", func(t *testing.T) { checkTerminal(t, w) })
	obs := realobs.ForTest(t, realobs.Options{Password: "an-obs-password-91c4"})
	t.Run("OBS", func(t *testing.T) { checkOBS(t, w, obs) })
	t.Run("keyring", func(t *testing.T) { checkKeyring(t, w) })
	t.Run("window", func(t *testing.T) { checkWindow(t, w) })
	t.Run("link", func(t *testing.T) { checkLink(t, w) })

	w.uninstall(t)
	if _, err := os.Stat(w.path("users", user, "AppData/Roaming/cuelight/config.json")); err != nil {
		t.Errorf("removed without /PURGE, and the settings are gone: %v", err)
	}
	if !strings.Contains(w.registry(t, keyringKey), "cuelight") {
		t.Error("removed without /PURGE, and the keyring items are gone")
	}
	w.install(t)
	w.uninstall(t, "/PURGE")
	after := slices.DeleteFunc(w.files(t), func(path string) bool {
		return slices.Contains(before, path) || strings.Contains(path, "obs-studio")
	})
	// The folder for programs of the user is Windows' own.
	after = slices.DeleteFunc(after, func(path string) bool { return strings.HasSuffix(path, "/AppData/Local/Programs") })
	if len(after) > 0 {
		t.Errorf("left behind: %q", after)
	}
	for _, key := range []string{protocolKey, removalKey, `HKCU\Software\Cuelight`} {
		if left := w.registry(t, key); left != "" {
			t.Errorf("left behind in the registry: %s", left)
		}
	}
	for _, key := range []string{runKey, keyringKey} {
		if left := w.registry(t, key); strings.Contains(strings.ToLower(left), "cuelight") {
			t.Errorf("left behind in the registry: %s", left)
		}
	}
}

func checkInstalled(t *testing.T, w *windows) {
	folder := w.path("users", user, "AppData/Local/Programs/Cuelight")
	for _, name := range []string{"cuelight.exe", "cuelight.com", "uninstall.exe", "LICENSE.txt", "THIRD-PARTY-LICENSES.txt"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(w.path("users", user, "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Cuelight.lnk")); err != nil {
		t.Errorf("the Start menu: %v", err)
	}
	for key, want := range map[string]string{
		runKey:                              `"` + installed + `\cuelight.exe"`,
		protocolKey:                         "URL Protocol",
		protocolKey + `\shell\open\command`: `"` + installed + `\cuelight.exe" "%1"`,
		removalKey:                          "DisplayVersion",
	} {
		if got := w.registry(t, key); !strings.Contains(got, want) {
			t.Errorf("%s has no %s: %s", key, want, got)
		}
	}
}

// A terminal gets Hangul and exit codes, and the version of the package.
func checkTerminal(t *testing.T, w *windows) {
	name := filepath.Base(w.packageFile(t, "Cuelight-*-setup.exe"))
	version := strings.TrimSuffix(strings.TrimPrefix(name, "Cuelight-"), "-setup.exe")
	if o := w.terminal(t, "", "--version"); o.code != 0 || o.out != "cuelight "+version+"\n" {
		t.Errorf("the version: %d %q %q", o.code, o.out, o.errors)
	}
	if o := w.terminal(t, "", "nosuch", "--lang", "ko"); o.code != 2 || !strings.Contains(o.errors, "명령") {
		t.Errorf("a mistake: %d %q %q", o.code, o.out, o.errors)
	}
	if o := w.terminal(t, "", "login", "--lang", "ko"); o.code != 3 || !strings.Contains(o.errors, "계정") {
		t.Errorf("no account: %d %q %q", o.code, o.out, o.errors)
	}
	if o := w.terminal(t, "", "help", "--lang", "ko"); o.code != 0 || !strings.Contains(o.out, "방송") {
		t.Errorf("help: %d %q", o.code, o.out)
	}
}

// An OBS is found by its settings in %APPDATA%, and in a portable folder; the
// sandbox signs in, sets a real one up and puts it back.
func checkOBS(t *testing.T, w *windows, obs *realobs.OBS) {
	settings := fmt.Sprintf(`{"alerts_enabled":false,"auth_required":true,"first_load":false,"server_enabled":true,"server_password":%q,"server_port":%d}`,
		obs.Password, obs.Port)
	const file = "obs-studio/plugin_config/obs-websocket/config.json"
	portable := w.path("Program Files/obs-studio/config", file)
	w.write(t, w.path("Program Files/obs-studio/bin/64bit/obs64.exe"), "")
	w.write(t, portable, settings)
	found := func() string { return fmt.Sprint(w.do(t, "", "doctor")["obs"]) }
	if got := found(); !strings.Contains(got, fmt.Sprint(obs.Port)) {
		t.Errorf("the portable OBS was not found: %s", got)
	}
	if err := os.RemoveAll(w.path("Program Files/obs-studio")); err != nil {
		t.Fatal(err)
	}
	w.write(t, w.path("users", user, "AppData/Roaming", file), settings)
	if got := found(); !strings.Contains(got, fmt.Sprint(obs.Port)) {
		t.Errorf("the OBS of %%APPDATA%% was not found: %s", got)
	}

	behind := realparts.DialOBS(t, obs.Address(), obs.Password)
	const earlier = "rtmp://127.0.0.1:9/earlier"
	behind.SetService(t, earlier, "an-earlier-stream-key-7f3a")
	at := []string{"--sandbox", "--obs", obs.Address()}
	w.do(t, "", append(at, "login", "--number", "111111")...)
	w.do(t, "", append(at, "setup")...)
	if server := behind.Service(t).Server; server == earlier || !strings.HasPrefix(server, "rtmp") {
		t.Errorf("OBS sends to %q after the set-up", server)
	}
	if status := fmt.Sprint(w.do(t, "", append(at, "status")...)); strings.Contains(status, obs.Password) {
		t.Error("the status tells OBS's password")
	}
	w.do(t, "", append(at, "restore")...)
	if server := behind.Service(t).Server; server != earlier {
		t.Errorf("OBS sends to %q after it was put back", server)
	}
}

// A secret larger than one item of the Credential Manager is kept in several, which go
// with the account.
func checkKeyring(t *testing.T, w *windows) {
	items := func() (n int) {
		for line := range strings.SplitSeq(w.registry(t, keyringKey), "\n") {
			if strings.HasPrefix(line, "HKEY_") && strings.Contains(line, "cuelight") {
				n++
			}
		}
		return n
	}
	add := func() {
		w.do(t, strings.Repeat("large-secret", 400)+"\n", "account", "add", "soop", "--name", "large", "--client-id", "an-id")
	}
	before := items()
	add()
	if got := items() - before; got < 4 {
		t.Errorf("a secret of 4,800 bytes is in %d items: %s", got, w.registry(t, keyringKey))
	}
	w.do(t, "", "account", "remove", "large")
	if got := items(); got != before {
		t.Errorf("%d items are left of a removed account", got-before)
	}
	add()
}
