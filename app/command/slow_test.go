package command

import (
	"bytes"
	"testing"
)

func TestACommandThatSaysNothingSaysOnceThatItWorks(t *testing.T) {
	var stderr bytes.Buffer
	o := printer{p: Program{Stderr: &stderr}}
	o.working("working")
	o.working("working")
	if stderr.String() != "working\n" {
		t.Errorf("said %q", stderr.String())
	}
	stderr.Reset()
	next := printer{p: Program{Stderr: &stderr}}
	next.message("a step")
	next.working("working")
	if stderr.String() != "a step\n" {
		t.Errorf("said %q", stderr.String())
	}
}
