package command_test

import (
	"strings"
	"testing"

	"cuelight/app/command"
)

func TestAStartAsksAboutWarningsAtATerminalOnly(t *testing.T) {
	c := signedIn(t)
	streaming := func() bool {
		return c.must("status", "--json").object(t)["obs"].(map[string]any)["streaming"] == true
	}
	c.person = true
	if o := c.with("no\n", "--sandbox", "start"); o.code != command.ExitUsage || !strings.Contains(o.err, "Type “yes”") || streaming() {
		t.Fatalf("ended with %d: %s", o.code, o.err)
	}
	if o := c.with("yes\n", "--sandbox", "start"); o.code != command.ExitDone || !streaming() {
		t.Fatalf("ended with %d: %s", o.code, o.err)
	}
	c.must("stop")
	c.person = false
	if o := c.with("", "--sandbox", "start"); o.code != command.ExitDone || !strings.Contains(o.err, "!") || !streaming() {
		t.Errorf("a script ended with %d: %s", o.code, o.err)
	}
}

func TestUsingAnotherAccountOnAirAsks(t *testing.T) {
	c := signedIn(t)
	current := func() string {
		for _, a := range c.must("account", "list", "--json").object(t)["accounts"].([]any) {
			if one := a.(map[string]any); one["current"] == true {
				return one["name"].(string)
			}
		}
		return ""
	}
	c.must("start")
	for _, answer := range []string{"", "no\n"} {
		if o := c.with(answer, "--sandbox", "account", "use", "practice-kollus"); o.code != command.ExitUsage || current() != "practice" {
			t.Fatalf("%q ended with %d at %q: %s", answer, o.code, current(), o.err)
		}
	}
	if o := c.with("yes\n", "--sandbox", "account", "use", "practice-kollus"); o.code != command.ExitDone || current() != "practice-kollus" {
		t.Fatalf("ended with %d: %s", o.code, o.err)
	}
	c.must("account", "use", "practice") // back to where OBS sends
	c.must("account", "use", "practice-kollus", "--yes")
}

func TestUsingAnotherOBSWhileThisOneStreamsAsks(t *testing.T) {
	c := signedIn(t)
	c.must("obs", "add", "second", "localhost:4460", "--yes")
	c.must("obs", "use")
	c.must("start")
	const first = "*=, second=localhost:4460"
	for _, args := range [][]string{{"use", "second"}, {"use", "second", "--json"}, {"add", "third", "localhost:4470"}} {
		for _, answer := range []string{"", "no\n"} {
			o := c.with(answer, append([]string{"--sandbox", "obs"}, args...)...)
			if got := c.obses(); o.code != command.ExitUsage || got != first || !strings.Contains(o.err, "--yes") {
				t.Fatalf("%q with %q ended with %d at %s: %s", args, answer, o.code, got, o.err)
			}
		}
	}
	if o := c.with("", "--sandbox", "obs", "use"); o.code != command.ExitDone {
		t.Errorf("the one in use: %d: %s", o.code, o.err)
	}
	if o := c.with("yes\n", "--sandbox", "obs", "use", "second"); o.code != command.ExitDone || c.obses() != "=, *second=localhost:4460" {
		t.Errorf("ended with %d at %s: %s", o.code, c.obses(), o.err)
	}
	c.must("obs", "use", "--yes")
	c.must("obs", "use", "second", "--yes")
}
