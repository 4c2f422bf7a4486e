//go:build linux

package endtoend

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// secret is something that must not be seen, with a name that may.
type secret struct{ name, value string }

// tokenValue finds tokens in what an item of the keyring holds.
var tokenValue = regexp.MustCompile(`"(access|refresh)"\s*:\s*"([^"]+)"`)

// tokensIn reads the tokens that Cuelight put into the keyring, past its own
// code. None there is a failure.
func tokensIn(t testing.TB, k *realparts.Keyring) []secret {
	t.Helper()
	var found []secret
	for _, item := range k.Items(t) {
		for _, match := range tokenValue.FindAllStringSubmatch(item.Value, -1) {
			found = append(found, secret{match[1] + " token", match[2]})
		}
		if strings.Contains(strings.ToLower(item.Label), "token=") {
			t.Errorf("a label of the keyring gives a token away")
		}
	}
	names := map[string]bool{}
	for _, s := range found {
		names[s.name] = true
	}
	if !names["access token"] || !names["refresh token"] {
		t.Fatalf("the keyring holds no token pair, only %d items", len(k.Items(t)))
	}
	return found
}

// codesIn are the one-time codes that passed through the browser.
func codesIn(t testing.TB, b *realparts.Browser) []secret {
	t.Helper()
	var codes []secret
	for _, address := range b.Requested() {
		parsed, err := url.Parse(address)
		if err == nil && parsed.Query().Get("code") != "" {
			codes = append(codes, secret{"one-time code", parsed.Query().Get("code")})
		}
	}
	if len(codes) == 0 {
		t.Error("no one-time code passed through the browser, so none can be looked for")
	}
	return codes
}

// watchArguments collects the arguments of every process on the machine until
// the function it gives is called.
func watchArguments(t testing.TB) func() []byte {
	t.Helper()
	stop, done := make(chan struct{}), make(chan struct{})
	seen := map[string]bool{}
	go func() {
		defer close(done)
		for {
			files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
			for _, file := range files {
				if raw, err := os.ReadFile(file); err == nil { // it may have ended
					seen[string(raw)] = true
				}
			}
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	end := sync.OnceFunc(func() { close(stop); <-done })
	t.Cleanup(end)
	return func() []byte {
		end()
		var all bytes.Buffer
		for line := range seen {
			all.WriteString(strings.ReplaceAll(line, "\x00", " ") + "\n")
		}
		if !bytes.Contains(all.Bytes(), []byte(program)) {
			t.Error("the arguments of the program itself were never seen: the watch is blind")
		}
		return all.Bytes()
	}
}

// checkNothingLeaked looks for secrets in everything that was written and
// said. Not looked at are the keyring's own files and the sandbox's answer to
// being asked for the simulated application.
func checkNothingLeaked(t testing.TB, secrets []secret, arguments []byte, users ...*user) {
	t.Helper()
	look := func(where string, text []byte, except ...string) {
		for _, s := range secrets {
			if len(s.value) < 6 {
				t.Fatalf("the %s is too short to be looked for", s.name)
			}
			if form := leaked(text, s.value); form != "" && !contains(except, s.name) {
				t.Errorf("%s holds the %s (%s)", where, s.name, form)
			}
		}
	}
	look("a process argument", arguments)
	for _, u := range users {
		files := 0
		err := filepath.WalkDir(u.session.Home, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				if entry != nil && entry.IsDir() && entry.Name() == "keyrings" {
					return fs.SkipDir
				}
				return err
			}
			if !entry.Type().IsRegular() {
				return nil
			}
			raw, err := os.ReadFile(path)
			files++
			look(strings.TrimPrefix(path, u.session.Home), raw)
			return err
		})
		if err != nil || files == 0 {
			t.Errorf("looked at %d files of a home: %v", files, err)
		}
		u.mu.Lock()
		for _, s := range u.said {
			look("what `cuelight "+s.command+"` printed", []byte(s.text), s.asked...)
		}
		u.mu.Unlock()
	}
}

// leaked tells in which form a text holds a value, "" for none.
func leaked(text []byte, value string) string {
	for name, form := range map[string]string{
		"plain": value, "URL": url.QueryEscape(value), "hex": hex.EncodeToString([]byte(value)),
		"base64": strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(value)), "="),
	} {
		if bytes.Contains(text, []byte(form)) {
			return name
		}
	}
	return ""
}

func contains(list []string, name string) bool {
	for _, entry := range list {
		if entry == name {
			return true
		}
	}
	return false
}

func TestALeakIsFoundInEveryForm(t *testing.T) {
	const value = "a secret/value+1"
	for name, text := range map[string]string{
		"plain":  "key=" + value,
		"URL":    "?code=" + url.QueryEscape(value),
		"hex":    hex.EncodeToString([]byte(value)),
		"base64": base64.StdEncoding.EncodeToString([]byte(value)),
	} {
		if leaked([]byte(text), value) == "" {
			t.Errorf("not found: %s", name)
		}
	}
	if form := leaked([]byte("a masked ••••••"), value); form != "" {
		t.Errorf("found %s where there is nothing", form)
	}
}
