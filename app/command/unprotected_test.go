package command_test

import (
	"strings"
	"testing"

	"cuelight/app/command"
	"cuelight/obs/obssim"
)

func TestAnOBSThatAsksForNoPasswordGetsNoKeyUnlessItIsAllowed(t *testing.T) {
	o, err := obssim.New(obssim.Options{}) // asks for none
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	_, before := o.Service()
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	t.Setenv("CUELIGHT_OBS_PASSWORD", "open sesame")
	at := []string{"--obs", o.Endpoint().Address()}
	for _, what := range [][]string{{"setup"}, {"start", "--yes"}, {"stop"}, {"restore"}} {
		got := c.sandbox(append(at, what...)...)
		if _, after := o.Service(); after["key"] != before["key"] || after["server"] != before["server"] {
			t.Fatalf("%s: OBS was given %v", what[0], after["server"])
		}
		if what[0] != "setup" {
			continue
		}
		if got.code != command.ExitOBS || !strings.Contains(got.err, "--obs-unprotected") {
			t.Errorf("%s ended with %d, said %q", what[0], got.code, got.err)
		}
	}
	c.must(append(at, "--obs-unprotected", "setup")...)
	if _, after := o.Service(); after["key"] == before["key"] {
		t.Error("OBS was given nothing although that was allowed")
	}
}
