package command_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/app/command"
	"cuelight/app/words"
)

func described(t *testing.T, args ...string) string {
	t.Helper()
	o := newTerminal(t).with("", args...)
	if o.code != 0 || o.out == "" {
		t.Fatalf("%q ended with %d and said %q", args, o.code, o.err)
	}
	return o.out
}

func TestTheManualNamesEveryCommandAndFlagInBothLanguages(t *testing.T) {
	for _, lang := range words.Languages {
		page := described(t, "manual", "--lang="+lang)
		for _, part := range []string{
			".TH CUELIGHT 1", ".SS cuelight account add", ".SS cuelight preset apply", ".SS cuelight update",
			`\fB\-\-hashtags\fR=`, `\-\-no\-hidden`, `\fB\-\-sandbox\fR`, "CUELIGHT_CONFIG", ".B 7",
		} {
			if !strings.Contains(page, part) {
				t.Errorf("%s: no %q on the page", lang, part)
			}
		}
		if strings.Contains(page, "help_") || strings.Contains(page, "command.manual") {
			t.Errorf("%s: a key without words is on the page", lang)
		}
	}
}

// The completion is asked by a real bash: what follows some words of a line.
func TestBashCompletesCommandsVerbsFlagsAndChoices(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	script := filepath.Join(t.TempDir(), "cuelight.bash")
	if err := os.WriteFile(script, []byte(described(t, "completion", "bash", "--lang=en")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ line, want string }{
		{"cuelight hist", "history"},
		{"cuelight account us", "use"},
		{"cuelight --sandbox account add --client", "--client-id"},
		{"cuelight update --no-hid", "--no-hidden"},
		{"cuelight --lang ", "en ko"},
		{"cuelight completion f", "fish"},
		{"cuelight vod --titl", ""},
		{"cuelight login --title ; touch", ""},
	} {
		ask := `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cuelight; echo "${COMPREPLY[*]}"`
		out, err := exec.Command(bash, append([]string{"--norc", "-c", ask, "bash", script}, strings.Split(c.line, " ")...)...).Output()
		if got := strings.TrimSpace(string(out)); err != nil || got != c.want {
			t.Errorf("%q is completed with %q, not %q (%v)", c.line, got, c.want, err)
		}
	}
}

// Shells that are here read the scripts without complaint.
func TestEveryShellReadsItsCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish"} {
		for _, lang := range words.Languages {
			script := described(t, "completion", shell, "--lang="+lang)
			if !strings.Contains(script, "hashtags") || strings.Contains(script, "help_") {
				t.Errorf("%s in %s lacks flags or words", shell, lang)
			}
			path, err := exec.LookPath(shell)
			if err != nil {
				continue
			}
			check := exec.Command(path, "-n")
			check.Stdin = strings.NewReader(script)
			if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("%s in %s: %v %s", shell, lang, err, out)
			}
		}
	}
	if o := newTerminal(t).with("", "completion", "tcsh"); o.code != command.ExitUsage {
		t.Errorf("a shell that is not known ended with %d", o.code)
	}
}
