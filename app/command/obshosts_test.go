package command_test

import (
	"strings"
	"testing"
)

// obses are those of `obs list --json`, the one in use marked with a star.
func (c *terminal) obses() string {
	c.t.Helper()
	var all []string
	for _, one := range c.must("obs", "--json").object(c.t)["obs"].([]any) {
		o := one.(map[string]any)
		name := o["name"].(string) + "=" + o["address"].(string)
		if o["current"] == true {
			name = "*" + name
		}
		if o["encrypted"] != true {
			name += " plain"
		}
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}

func TestOBSesAreRememberedFromTheTerminal(t *testing.T) {
	c := signedIn(t)
	if got := c.obses(); got != "*=" {
		t.Errorf("at first %s", got)
	}
	added := c.must("obs", "add", "방송용 PC", "192.168.0.5")
	if !strings.Contains(added.err, "ws://") {
		t.Errorf("said nothing of an open connection: %s", added.err)
	}
	c.must("obs", "add", "second", "localhost:4460")
	if got := c.obses(); got != "=, 방송용 PC=192.168.0.5:4455 plain, *second=localhost:4460" {
		t.Errorf("remembers %s", got)
	}
	c.must("obs", "use", "방송용 PC")
	if got := c.obses(); got != "=, *방송용 PC=192.168.0.5:4455 plain, second=localhost:4460" {
		t.Errorf("uses %s", got)
	}
	c.must("obs", "use")
	c.must("obs", "remove", "방송용 PC")
	if got := c.obses(); got != "*=, second=localhost:4460" {
		t.Errorf("in the end %s", got)
	}
	for _, wrong := range [][]string{{"obs", "use", "none"}, {"obs", "remove", "none"}, {"obs", "add", "x", "a b"}, {"obs", "add", "", "10.0.0.1"}} {
		if o := c.sandbox(wrong...); o.code != 2 {
			t.Errorf("%q: exit %d: %s", wrong, o.code, o.err)
		}
	}
}
