package version

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheVersionTellsTheCommitItWasBuiltFrom(t *testing.T) {
	if got := withBuild(""); got != Number {
		t.Errorf("a plain build is %q", got)
	}
	if got := withBuild("20261125.1a2b3c4"); got != Number+"+20261125.1a2b3c4" {
		t.Errorf("a package's build is %q", got)
	}
}

// The script that names packages and the program that is in them say the same.
func TestTheScriptReadsTheSameNumber(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("not from git")
	}
	cmd := exec.Command(bash, ".ci/scripts/version.sh")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Skip("no git here")
	}
	full, day, _ := strings.Cut(strings.TrimSpace(string(out)), "+")
	if full != Number || len(day) < len("20261125.1a2b3c4") {
		t.Errorf("the script says %q", out)
	}
}
