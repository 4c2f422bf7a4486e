package command_test

import (
	"strings"
	"testing"

	"cuelight/app"
	"cuelight/app/command"
	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/providers/soop"
)

// sandboxToken gives the simulated Personal Access Token of Kollus Live.
func sandboxToken(t *testing.T, c *terminal) string {
	t.Helper()
	e, err := app.Open(t.Context(), app.Options{
		Dir: c.dir, Sandbox: true, Keyring: c.ring, Registry: providers.Registry{soop.New(), kollus.New()},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	info, _ := e.Sandbox(t.Context())
	for _, other := range info.Others {
		if token := other.Secrets["personal_token"]; !token.Empty() {
			return token.Reveal()
		}
	}
	t.Fatal("there is no simulated token")
	return ""
}

func TestACreatorIsChosenByNameAndShownByStatus(t *testing.T) {
	c := newTerminal(t)
	if got := c.with(sandboxToken(t, c)+"\n", "--sandbox", "account", "add", "kollus", "--name", "school", "--service-account", "practice", "--token-stdin"); got.code != 0 {
		t.Fatal(got.err)
	}
	run := func(args ...string) outcome { return c.sandbox(append([]string{"--account", "school"}, args...)...) }
	const channel = "pk1148live04" // two creators
	if got := run("setup", "--channel", channel); got.code != command.ExitUsage || !strings.Contains(got.err, "cuelight creators") {
		t.Fatalf("nobody chosen: setup ended with %d, said %q", got.code, got.err)
	}
	list, _ := run("creators", "--channel", channel, "--json").object(t)["creators"].([]any)
	if len(list) != 2 {
		t.Fatalf("listed %v", list)
	}
	name, _ := list[1].(map[string]any)["name"].(string)
	if got := run("creators", "--channel", channel, name); got.code != 0 || !strings.Contains(got.out, "● "+name) {
		t.Errorf("ended with %d, printed %q, said %q", got.code, got.out, got.err)
	}
	if got := run("setup", "--channel", channel); got.code != 0 {
		t.Errorf("setup ended with %d: %s", got.code, got.err)
	}
	if got := run("status"); !strings.Contains(got.out, "Creator:   "+name) {
		t.Errorf("status says %q", got.out)
	}
	if account, _ := run("status", "--json").object(t)["account"].(map[string]any); account["creator"] != name {
		t.Errorf("status has %v", account)
	}
	if got := run("creators", "nobody"); got.code != command.ExitUsage || !strings.Contains(got.err, name) {
		t.Errorf("nobody: ended with %d, said %q", got.code, got.err)
	}
}
