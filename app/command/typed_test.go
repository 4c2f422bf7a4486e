package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/command"
)

func TestNumbersAreReadInFullWidthDigits(t *testing.T) {
	c := signedIn(t)
	for _, args := range [][]string{
		{"update", "--viewers", "１００"},
		{"update", "--standby=３"},
		{"update", "--category", "０００４００６６"},
		{"live", "--page", "１"},
		{"vod", "https://vod.sooplive.co.kr/player/12345678", "--width", "６４０"},
		{"status", "--timeout", "３０s"},
	} {
		if o := c.sandbox(args...); o.code != command.ExitDone {
			t.Errorf("%v ended with %d: %s", args, o.code, o.err)
		}
	}
	for _, args := range [][]string{{"update", "--viewers", "백"}, {"update", "--viewers"}, {"status", "--timeout", "３０"}} {
		if o := c.sandbox(args...); o.code != command.ExitUsage || !strings.Contains(o.err, args[1]) {
			t.Errorf("%v ended with %d: %s", args, o.code, o.err)
		}
	}
}

func TestAnAccountIsNamedAsItIsKept(t *testing.T) {
	c := newTerminal(t)
	const name = "방송용"
	if o := c.with("secret\n", "--sandbox", "account", "add", "soop", "--client-id", "id", "--name", name+"\u3164"); o.code != command.ExitDone {
		t.Fatal(o.err)
	}
	typed := "\u200b" + norm.NFD.String(name)
	if got := c.must("account", "use", typed, "--json").object(t)["current"]; got != name {
		t.Errorf("in use is %q", got)
	}
	if o := c.with("secret\n", "--sandbox", "account", "add", "soop", "--client-id", "id", "--name", name+"\u2800"); o.code != command.ExitUsage {
		t.Errorf("the same name again ended with %d", o.code)
	}
	if got := c.must("account", "remove", typed, "--json").object(t)["removed"]; got != name {
		t.Errorf("removed is %q", got)
	}
}

func TestAServersSecretsAreNotShown(t *testing.T) {
	c := newTerminal(t)
	if got := c.with(sandboxToken(t, c)+"\n", "--sandbox", "account", "add", "kollus", "--name", "school", "--service-account", "practice", "--token-stdin"); got.code != 0 {
		t.Fatal(got.err)
	}
	const server = "rtmp://someone:sesame@live.example:1935/app?token=open#now"
	run := func(stdin string, args ...string) outcome {
		return c.with(stdin, append([]string{"--sandbox", "--account", "school"}, args...)...)
	}
	set := run("the-key\n", "setup", "--channel", "\u200bpk1111live03", "--server", server, "--key-stdin")
	if set.code != command.ExitDone || !strings.Contains(set.out, "rtmp://live.example:1935/app") {
		t.Fatalf("ended with %d, %q, %q", set.code, set.out, set.err)
	}
	said := set.out + set.err
	for _, args := range [][]string{{"setup"}, {"setup", "--json"}, {"status", "--json"}, {"preflight", "--json"}} {
		o := run("", args...)
		said += o.out + o.err
	}
	if strings.Contains(said, "sesame") || strings.Contains(said, "token=") || strings.Contains(said, "#now") {
		t.Errorf("said %q", said)
	}
}

func TestAHelpThatCannotBeWrittenIsAFailureThatIsTold(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = full.Close() }()
	var said strings.Builder
	_, code := command.Main(t.Context(), command.Program{Stdout: full, Stderr: &said}, []string{"--lang", "en", "help"})
	if code != command.ExitOther || !strings.Contains(said.String(), "could not be written") || strings.Contains(said.String(), "file before") {
		t.Errorf("ended with %d, said %q", code, said.String())
	}
}

func TestARelativeHomeIsNoPlaceForSettings(t *testing.T) {
	c := newTerminal(t)
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("HOME", "somewhere")
	t.Chdir(c.dir)
	var said strings.Builder
	_, code := command.Main(t.Context(), command.Program{Stdin: strings.NewReader(""), Stdout: &said, Stderr: &said}, []string{"--lang", "en", "account", "list"})
	if left, _ := filepath.Glob("*"); code != command.ExitOther || !strings.Contains(said.String(), "--config") || len(left) > 0 {
		t.Errorf("ended with %d, left %v, said %q", code, left, said.String())
	}
}

func TestASetUpOnAnotherMachineTellsThatNothingIsEncrypted(t *testing.T) {
	c := signedIn(t)
	const warning = "not encrypted"
	if o := c.sandbox("--obs", "192.0.2.1:4455", "--timeout", "1s", "setup"); !strings.Contains(o.err, warning) { // TEST-NET-1, RFC 5737
		t.Errorf("on another machine it says %q", o.err)
	}
	if o := c.sandbox("setup"); strings.Contains(o.err, warning) {
		t.Errorf("on this machine it says %q", o.err)
	}
}
