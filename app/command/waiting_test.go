package command_test

import (
	"strings"
	"testing"

	"cuelight/app"
	"cuelight/providers"
	"cuelight/providers/kollus"
)

// kollusByToken adds the simulated account of Kollus Live, by its token.
func (c *terminal) kollusByToken() {
	c.t.Helper()
	e, err := app.Open(c.t.Context(), app.Options{
		Dir: c.dir, Sandbox: true, Keyring: c.ring, Registry: providers.Registry{kollus.New()},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	info, _ := e.Sandbox(c.t.Context())
	if err := e.Close(); err != nil {
		c.t.Fatal(err)
	}
	for _, simulated := range info.Others {
		if token := simulated.Secrets["personal_token"]; !token.Empty() {
			o := c.with(token.Reveal()+"\n", "--sandbox", "account", "add", "kollus",
				"--service-account", simulated.Values["service_account"], "--token-stdin")
			if o.code != 0 || strings.Contains(o.out+o.err, token.Reveal()) {
				c.t.Fatalf("account add ended with %d: %s", o.code, o.err)
			}
		}
	}
}

// TestWaitsAreToldOnceTheyComeToMoreThanASecond makes real calls to the
// simulated Kollus Live, which takes one a second.
func TestWaitsAreToldOnceTheyComeToMoreThanASecond(t *testing.T) {
	c := newTerminal(t)
	c.kollusByToken()
	const want = "Kollus Live allows one call a second; waiting…"
	all := c.must("channels", "--all", "--json")
	if strings.Count(all.err, want) != 1 {
		t.Errorf("while it read all pages it said %q", all.err)
	}
	if list, _ := all.object(t)["channels"].([]any); len(list) < 50 {
		t.Errorf("%d channels", len(list))
	}
}
