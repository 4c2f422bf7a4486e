package command

import (
	"bytes"
	"testing"
)

func TestACommandThatSaysNothingSaysOnceThatItWorks(t *testing.T) {
	var stderr bytes.Buffer
	o := printer{p: Program{Stderr: &stderr}}
	o.sayIfSilent("working")
	o.sayIfSilent("working")
	if stderr.String() != "working\n" {
		t.Errorf("said %q", stderr.String())
	}
	stderr.Reset()
	next := printer{p: Program{Stderr: &stderr}}
	next.say("a step")
	next.sayIfSilent("working")
	if stderr.String() != "a step\n" {
		t.Errorf("said %q", stderr.String())
	}
}
