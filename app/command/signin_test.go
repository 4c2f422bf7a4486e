package command_test

import (
	"strings"
	"testing"

	"cuelight/app/command"
)

func TestAnotherUserSignsInOnlyWithTheFlag(t *testing.T) {
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	c.must("login", "--number", "111111")
	refused := c.sandbox("login", "--number", "222222")
	if refused.code != command.ExitSignIn || !strings.Contains(refused.err, "--another-user") || !strings.Contains(refused.err, "soop1234") {
		t.Errorf("exit code %d: %s", refused.code, refused.err)
	}
	if o := c.sandbox("setup"); o.code != command.ExitDone || !strings.Contains(o.out, "SOOP · soop1234") {
		t.Errorf("exit code %d, says %s%s", o.code, o.out, o.err)
	}
	if o := c.sandbox("login", "--number", "222222", "--another-user"); o.code != command.ExitDone {
		t.Errorf("exit code %d: %s", o.code, o.err)
	}
	if o := c.sandbox("setup"); o.code != command.ExitDone || strings.Contains(o.out, "soop1234") || !strings.Contains(o.out, "SOOP · ") {
		t.Errorf("exit code %d, says %s%s", o.code, o.out, o.err)
	}
}
