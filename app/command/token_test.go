package command_test

import (
	"strings"
	"testing"

	"cuelight/app/command"
)

func TestLoginWithATokenWantsOne(t *testing.T) {
	c := newTerminal(t)
	if o := c.with("\n", "--sandbox", "login", "--token-stdin"); o.code != command.ExitUsage {
		t.Errorf("without a token ended with %d: %s", o.code, o.err)
	}
	// SOOP has no such tokens: said, not tried.
	if o := c.with("a-token\n", "--sandbox", "login", "--token-stdin"); o.code != command.ExitUsage || strings.Contains(o.out+o.err, "a-token") {
		t.Errorf("where there are none ended with %d: %s", o.code, o.err)
	}
}
