package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"cuelight/app/command/stdout"
)

// hostile is what a terminal must not get, inside of what it may.
const hostile = "a\x1b]0;title\x07b\u009b31mc\u202ed\u2066e\u200bf👩\u200d👧"

func TestATerminalGetsNothingThatItWouldActOn(t *testing.T) {
	var out, said bytes.Buffer
	o := printer{p: Program{Stdout: stdout.New(&out), Stderr: &said}.withDefaults()}
	o.result(nil, "row\t"+hostile, "next")
	o.message(hostile)
	o.announce(hostile)
	if want := "row\tabcdef👩\u200d👧\nnext\nabcdef👩\u200d👧\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	if want := "abcdef👩\u200d👧\n"; said.String() != want {
		t.Errorf("said %q, want %q", said.String(), want)
	}
}

func TestJSONIsCompleteAndDoesNothing(t *testing.T) {
	var out bytes.Buffer
	o := printer{p: Program{Stdout: stdout.New(&out)}.withDefaults(), json: true}
	o.result(map[string]string{"title": hostile})
	if strings.ContainsAny(out.String(), "\x1b\x07\u009b\u202e\u2066\u200b") {
		t.Errorf("printed %q", out.String())
	}
	var back map[string]string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back["title"] != hostile {
		t.Errorf("read back %q, %v", back["title"], err)
	}
}

// full is a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestHelpAndVersionThatCannotBeWrittenAreFailures(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"help", "update"}, {"--version"}, {"version", "--json"}} {
		var said bytes.Buffer
		if _, code := Main(t.Context(), Program{Stdout: full{}, Stderr: &said}, args); code != ExitOther {
			t.Errorf("%v ended with %d: %s", args, code, said.String())
		}
	}
}
