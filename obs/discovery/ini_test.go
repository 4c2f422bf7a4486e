package discovery_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
)

// iniCases are settings of OBS as people and scripts leave them, and the
// password that OBS 29 takes then; empty where it asks for none. PORT and HEX
// stand for the port.
var iniCases = func() map[string]struct{ text, password string } {
	const base = "[OBSWebSocket]\nFirstLoad=false\nServerEnabled=true\nServerPort=PORT\nAuthRequired=true\nServerPassword=abc\n"
	with := func(old, replacement, password string) struct{ text, password string } {
		return struct{ text, password string }{strings.Replace(base, old, replacement, 1), password}
	}
	return map[string]struct{ text, password string }{
		"as OBS writes it":       with("", "", "abc"),
		"CR and LF":              {strings.ReplaceAll(base, "\n", "\r\n"), "abc"},
		"names in other case":    {strings.NewReplacer("OBSWebSocket", "obswebsocket", "Server", "server", "Auth", "AUTH").Replace(base), "abc"},
		"true as a number":       {strings.ReplaceAll(base, "=true", "=1"), "abc"},
		"true in capitals":       {strings.ReplaceAll(base, "=true", "=TRUE"), "abc"},
		"true as another number": with("AuthRequired=true", "AuthRequired=-2", "abc"),
		"true in hexadecimal":    with("AuthRequired=true", "AuthRequired=0x10", "abc"),
		"a number with letters":  with("AuthRequired=true", "AuthRequired=1abc", "abc"),
		"yes is no":              with("AuthRequired=true", "AuthRequired=yes", ""),
		"a fraction is no":       with("AuthRequired=true", "AuthRequired=0.5", ""),
		"0X is no number":        with("AuthRequired=true", "AuthRequired=0X1", ""),
		"a space after true":     with("AuthRequired=true", "AuthRequired=true ", ""),
		"port in hexadecimal":    with("PORT", "0xHEX", "abc"),
		"port after a space":     with("PORT", " PORT", "abc"),
		"port with letters":      with("PORT", "PORTabc", "abc"),
		"escapes":                with("=abc", `=a\\n\\\\b\tc`, `a\n\\b\tc`),
		"no quotes or comments":  with("=abc", `="a" #;=[b]`, `"a" #;=[b]`),
		"spaces around a value":  with("=abc", "=  a b  ", "  a b  "),
		"a space before a key":   with("ServerPassword", "  ServerPassword", "abc"),
		"a space after a key":    with("ServerPassword=abc", "ServerPassword =x\nServerPassword=abc", "abc"),
		"a comment":              with("ServerPassword", "#ServerPassword=x\n # ServerPassword=y\nServerPassword", "abc"),
		"a key twice":            with("ServerPassword", "serverpassword=first\nServerPassword", "first"),
		"a section twice":        {base + "[OBSWebSocket]\nServerEnabled=false\nServerPort=1\nServerPassword=zzz\n", "abc"},
		"a section in parts":     with("ServerPassword=abc", "[Other]\nServerPassword=x\n[obswebsocket]\nServerPassword=abc", "abc"),
		"an empty section first": {"[obswebsocket]\n" + base, "abc"},
		"a section with a tail":  with("[OBSWebSocket]", "[OBSWebSocket] ServerPassword=first", "first"),
	}
}()

func TestGlobalINIIsReadAsOBSReadsIt(t *testing.T) {
	const file = "/home/u/.config/obs-studio/global.ini"
	read := func(text string) discovery.Finding {
		return discovery.Find(t.Context(), machine{os: "linux", files: map[string]string{file: text}}.places())
	}
	for name, c := range iniCases {
		found := read(strings.NewReplacer("HEX", "1138", "PORT", "4408").Replace(c.text))
		if found.Reason != discovery.Found || found.Endpoint.Port != 4408 || !found.Endpoint.Password.Equal(secret.New(c.password)) {
			t.Errorf("%s: %s, port %d, password %q; want %q", name, found.Reason, found.Endpoint.Port, found.Endpoint.Password.Reveal(), c.password)
		}
	}
	for name, text := range map[string]string{
		"a space in the name of the section": "[ OBSWebSocket ]\nServerEnabled=true\n",
		"nothing of it":                      "[Other]\nServerEnabled=true\n",
		"not switched on":                    "[OBSWebSocket]\nServerPort=4455\n",
	} {
		if found := read(text); found.Reason != discovery.ServerOff {
			t.Errorf("%s: %s", name, found.Reason)
		}
	}
	for file, want := range map[string]obs.Endpoint{
		"mixed_case.ini":       {Host: "localhost", Port: 16488, Password: secret.New(`abc\ndef`)},
		"hexadecimal_port.ini": {Host: "localhost", Port: 16489, Password: secret.New("lower")},
	} {
		if found := read(testdata(t, file)); found.Reason != discovery.Found || found.Endpoint != want {
			t.Errorf("%s: %s, %+v, %q", file, found.Reason, found.Endpoint, found.Endpoint.Password.Reveal())
		}
	}
}

func FuzzSettings(f *testing.F) {
	for _, c := range iniCases {
		f.Add(c.text, `{"server_enabled":true,"server_port":4455}`)
	}
	for _, file := range []string{"global.ini", "mixed_case.ini", "hexadecimal_port.ini"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "obs", file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), `{"server_enabled":false,"server_password":"kept-password"}`)
	}
	f.Add("\xff\xfe[\x00", `{"server_enabled":1,"server_port":"70000","auth_required":"no"}`)
	f.Fuzz(func(t *testing.T, ini, config string) {
		const folder = "/home/u/.config/obs-studio"
		found := discovery.Find(t.Context(), machine{os: "linux", files: map[string]string{
			folder + "/global.ini": ini, folder + "/plugin_config/obs-websocket/config.json": config,
		}}.places())
		if found.Reason == discovery.Found && (found.Endpoint.Port < 1 || found.Endpoint.Port > 65535) {
			t.Errorf("port %d", found.Endpoint.Port)
		}
		if (found.Reason == discovery.Found) != (found.Err() == nil) || found.File == "" {
			t.Errorf("found %s in %q, and told %v", found.Reason, found.File, found.Err())
		}
		if err := found.Err(); err != nil && strings.Contains(err.Error(), "kept-password") {
			t.Errorf("told as %v", err)
		}
	})
}
