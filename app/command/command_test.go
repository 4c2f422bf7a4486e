package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cuelight/app/command"
	"cuelight/app/vault"
	"cuelight/internal/keyringtest"
	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/providers/soop"
)

// terminal runs commands one after the other in the same sandbox.
type terminal struct {
	t    *testing.T
	ring *keyringtest.Ring
	dir  string
	// person: somebody sits at it.
	person bool
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	t.Setenv("CUELIGHT_LANG", "en")
	t.Setenv("CUELIGHT_CONFIG", "")
	t.Setenv("CUELIGHT_OBS_PASSWORD", "")
	return &terminal{t: t, ring: keyringtest.New(vault.ErrNotInKeyring), dir: t.TempDir()}
}

// outcome is what a command left.
type outcome struct {
	code     int
	out, err string
}

func (c *terminal) with(stdin string, args ...string) outcome {
	c.t.Helper()
	var out, err bytes.Buffer
	window, code := command.Main(c.t.Context(), command.Program{
		Version: "1.2.3", Registry: providers.Registry{soop.New(), kollus.New()}, Keyring: c.ring,
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &err, Fonts: []string{"Pretendard"},
		AtTerminal: func() bool { return c.person },
	}, append([]string{"--config", c.dir}, args...))
	if window != nil {
		c.t.Errorf("%v asked for a window", args)
	}
	return outcome{code, out.String(), err.String()}
}

func (c *terminal) sandbox(args ...string) outcome {
	c.t.Helper()
	return c.with("", append([]string{"--sandbox"}, args...)...)
}

// must runs a command in the sandbox that has to succeed.
func (c *terminal) must(args ...string) outcome {
	c.t.Helper()
	o := c.sandbox(args...)
	if o.code != 0 {
		c.t.Fatalf("%v ended with %d: %s", args, o.code, o.err)
	}
	return o
}

// object reads standard output as exactly one JSON object.
func (o outcome) object(t *testing.T) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(o.out))
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		t.Fatalf("no JSON object: %v in %q", err, o.out)
	}
	if decoder.More() {
		t.Errorf("more than one object: %s", o.out)
	}
	return object
}

func TestTheWholeWayFromTheTerminal(t *testing.T) {
	c := newTerminal(t)
	if o := c.must("login", "--number", "111111"); !strings.Contains(o.out, "자러가자 (soop1234)") {
		t.Errorf("login said %q", o.out)
	}
	if o := c.must("setup"); !strings.Contains(o.out, "rtmp://127.0.0.1:") || !strings.Contains(o.err, "✓") {
		t.Errorf("setup said %q and %q", o.out, o.err)
	}
	if again := c.must("setup", "--json").object(t); again["changed"] != false || again["matches"] != true {
		t.Errorf("the second setup: %v", again)
	}
	c.must("update", "--title", "새 제목", "--hashtags", "게임, #소통")
	if o := c.must("start", "--anyway"); o.out == "" {
		t.Error("start said nothing")
	}
	status := c.must("status", "--json").object(t)
	want := map[string]any{
		"account": map[string]any{"name": "practice", "platform": "soop", "nick": "자러가자", "user_id": "soop1234", "signed_in": true},
	}
	for part, value := range want {
		got, _ := json.Marshal(status[part])
		wanted, _ := json.Marshal(value)
		if string(got) != string(wanted) {
			t.Errorf("%s is %s", part, got)
		}
	}
	obs, broadcast, live := status["obs"].(map[string]any), status["broadcast"].(map[string]any), status["live"].(map[string]any)
	if obs["streaming"] != true || obs["service"].(map[string]any)["matches"] != true || obs["practice"] != true {
		t.Errorf("obs is %v", obs)
	}
	if tags, _ := json.Marshal(broadcast["hashtags"]); broadcast["title"] != "새 제목" || string(tags) != `["게임","소통"]` {
		t.Errorf("broadcast is %v", broadcast)
	}
	if live["on_air"] != true || live["known"] != true {
		t.Errorf("live is %v", live)
	}
	stopped := c.must("stop", "--json").object(t)
	if stopped["obs"].(map[string]any)["streaming"] != false {
		t.Errorf("after stop: %v", stopped["obs"])
	}
	for _, part := range []string{"account", "broadcast"} { // what stopping has nothing to do with is told, not left empty
		got, _ := json.Marshal(stopped[part])
		wanted, _ := json.Marshal(status[part])
		if string(got) != string(wanted) {
			t.Errorf("stop tells %s as %s, not %s", part, got, wanted)
		}
	}
	c.must("logout")
	if o := c.sandbox("setup"); o.code != command.ExitSignIn {
		t.Errorf("setup after logout ended with %d", o.code)
	}
}

func TestExitCodesAndTheObjectOfAFailure(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare []string
		args    []string
		want    int
	}{
		{"no such flag", nil, []string{"status", "--nonsense"}, command.ExitUsage},
		{"no such command", nil, []string{"nonsense"}, command.ExitUsage},
		{"no such account", nil, []string{"--sandbox", "--account", "none", "status"}, command.ExitUsage},
		{"use no such account", nil, []string{"--sandbox", "account", "use", "none"}, command.ExitUsage},
		{"no account yet", nil, []string{"setup"}, command.ExitSignIn},
		{"not signed in", nil, []string{"--sandbox", "setup"}, command.ExitSignIn},
		{"a wrong number", nil, []string{"--sandbox", "login", "--number", "999999"}, command.ExitSignIn},
		{"a number that is none", nil, []string{"--sandbox", "login", "--number", "1"}, command.ExitUsage},
		{"nothing to change", []string{"login", "--number", "111111"}, []string{"--sandbox", "update"}, command.ExitUsage},
		{"a title too long", []string{"login", "--number", "111111"}, []string{"--sandbox", "update", "--title", strings.Repeat("가", 76)}, command.ExitUsage},
		{"no such category", []string{"login", "--number", "111111"}, []string{"--sandbox", "update", "--category", "없는 것"}, command.ExitUsage},
		{"OBS is not there", []string{"login", "--number", "111111"}, []string{"--sandbox", "--obs", "127.0.0.1:1", "setup"}, command.ExitOBS},
		{"no address of OBS", []string{"login", "--number", "111111"}, []string{"--sandbox", "--obs", "::nonsense::", "setup"}, command.ExitUsage},
		{"nothing to restore", []string{"login", "--number", "111111"}, []string{"--sandbox", "restore"}, command.ExitOther},
	} {
		t.Run(c.name, func(t *testing.T) {
			term := newTerminal(t)
			if c.prepare != nil {
				term.must(c.prepare...)
			}
			plain := term.with("", c.args...)
			if plain.code != c.want || plain.out != "" || strings.TrimSpace(plain.err) == "" {
				t.Errorf("ended with %d, said %q and %q", plain.code, plain.out, plain.err)
			}
			scripted := term.with("", append([]string{"--json"}, c.args...)...)
			if scripted.code != c.want {
				t.Errorf("with --json ended with %d", scripted.code)
			}
			failure, _ := scripted.object(t)["error"].(map[string]any)
			if failure["exit"] != float64(c.want) || failure["what"] == "" || failure["what"] == nil {
				t.Errorf("the object is %s", scripted.out)
			}
		})
	}
}

func TestAPlatformThatIsNotThereEndsWithSix(t *testing.T) {
	c := newTerminal(t)
	added := c.with("a-client-secret\n", "account", "add", "soop", "--client-id", "x", "--base-url", "http://127.0.0.1:1/soop")
	if added.code != 0 {
		t.Fatal(added.err)
	}
	if o := c.with("", "login", "--number", "111111"); o.code != command.ExitUnreachable {
		t.Errorf("ended with %d: %s", o.code, o.err)
	}
}

func TestTheClientSecretIsReadAndNeverShown(t *testing.T) {
	const plain = "Hq7-client-secret"
	c := newTerminal(t)
	for _, args := range [][]string{
		{"--debug", "account", "add", "soop", "--client-id", "id", "--name", "내 계정"},
		{"--debug", "--json", "account", "list"},
		{"account", "list"},
		{"account", "use", "내 계정"},
		{"account", "remove", "내 계정"},
	} {
		o := c.with(plain+"\r\nmore\n", args...)
		if o.code != 0 || strings.Contains(o.out+o.err, plain) {
			t.Errorf("%v: ended with %d, said %q %q", args, o.code, o.out, o.err)
		}
		kept := slices.ContainsFunc(c.ring.Values(), func(value string) bool {
			return strings.Contains(value, plain) && !strings.Contains(value, "\r")
		})
		if removed := args[len(args)-2] == "remove"; kept == removed {
			t.Errorf("%v: in the keyring: %v", args, kept)
		}
		if file, _ := os.ReadFile(filepath.Join(c.dir, "config.json")); strings.Contains(string(file), plain) {
			t.Error("the secret is in the configuration")
		}
	}
	if o := c.with("", "account", "add", "soop", "--client-id", "id"); o.code != command.ExitUsage {
		t.Errorf("without a secret ended with %d: %s", o.code, o.err)
	}
}

func TestLoginTellsTheAddressToOpen(t *testing.T) {
	c := newTerminal(t)
	o := c.sandbox("login", "--paste")
	if !regexp.MustCompile(`(?m)^open: http://127\.0\.0\.1:\d+/soop/auth/code\?\S+$`).MatchString(o.out) {
		t.Errorf("said %q", o.out)
	}
	if o.code != command.ExitSignIn && o.code != command.ExitOther {
		t.Errorf("input that ends without an answer ended with %d", o.code)
	}
}

func TestHelpSpeaksTheUsersLanguage(t *testing.T) {
	hangul := regexp.MustCompile(`[가-힣]`)
	c := newTerminal(t)
	for _, args := range [][]string{{"help"}, {"--help"}, {"help", "account", "add"}, {"update", "--help"}, {"login", "-h"}} {
		var out bytes.Buffer
		for _, lang := range []string{"en", "ko"} {
			out.Reset()
			t.Setenv("CUELIGHT_LANG", lang)
			_, code := command.Main(context.Background(), command.Program{Stdout: &out, Stderr: &out}, args)
			text := out.String()
			if code != 0 || !strings.Contains(text, "cuelight") || strings.Contains(text, "${") || strings.Contains(text, "command.help") {
				t.Errorf("%s %v ended with %d: %s", lang, args, code, text)
			}
			if hangul.MatchString(text) != (lang == "ko") {
				t.Errorf("%s %v is in the wrong language: %s", lang, args, text)
			}
		}
	}
	t.Setenv("CUELIGHT_LANG", "en")
	if o := c.with("", "--lang", "ko", "account", "list"); !hangul.MatchString(o.out) {
		t.Errorf("--lang ko said %q", o.out)
	}
}

func TestReadingCommandsGiveTheirObjects(t *testing.T) {
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	for _, x := range []struct {
		args    []string
		members []string
	}{
		{[]string{"version"}, []string{"version"}},
		{[]string{"account", "list"}, []string{"accounts"}},
		{[]string{"categories", "스타"}, []string{"categories"}},
		{[]string{"categories", "없는 것"}, []string{"categories"}},
		{[]string{"doctor"}, []string{"version", "system", "config", "keyring", "obs", "accounts", "problems", "fonts", "tray"}},
		{[]string{"status"}, []string{"account", "obs", "broadcast", "live"}},
	} {
		object := c.must(append(x.args, "--json")...).object(t)
		for _, member := range x.members {
			if value, ok := object[member]; !ok || value == nil {
				t.Errorf("%v: no %s in %v", x.args, member, object)
			}
		}
		if plain := c.must(x.args...); strings.Contains(plain.out+plain.err, "command.") || strings.Contains(plain.out, "<no value>") {
			t.Errorf("%v said %q", x.args, plain.out+plain.err)
		}
	}
}

func TestWithoutACommandTheWindowIsAskedFor(t *testing.T) {
	newTerminal(t)
	window, code := command.Main(t.Context(), command.Program{}, []string{"--sandbox", "--account", "a", "--lang", "ko"})
	if window == nil || code != 0 || !window.Options.Sandbox || window.Account != "a" || window.Lang != "ko" {
		t.Errorf("got %+v, %d", window, code)
	}
}
