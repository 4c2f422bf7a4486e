//go:build linux

package realobs

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// RootVariable is the environment variable that names a Debian root with an
// OBS of another release: that one is started instead of the installed one.
// `make test-obs` makes such roots and sets it.
const RootVariable = "CUELIGHT_OBS_ROOT"

// shared is the folder that OBS sees under the same path inside a root: X's
// sockets are in it, and so must be its home folder.
const shared = "/tmp"

// enterRoot becomes OBS inside a root: arguments are the root and then those of
// OBS. It runs in a mount namespace of its own, so that the kernel undoes the
// mounts when OBS has ended, however it did. (Where / is no mount point, as in a
// chroot, it cannot be made private and seldom has to be.) OBS is called by its
// path: a wrapper of that name on PATH would be found again inside.
const enterRoot = `set -e
root=$1
shift
mount --make-rprivate / 2>/dev/null || :
for folder in /proc /dev ` + shared + `; do mount --rbind "$folder" "$root$folder"; done
PATH=/usr/local/bin:/usr/bin:/bin
export PATH
exec /usr/sbin/chroot "$root" /usr/bin/obs "$@"`

// root is the Debian root in use; empty for the installed OBS.
func root() string { return os.Getenv(RootVariable) }

// command gives the program and arguments that run OBS with those of its own.
// Each program on the way replaces itself by the next: the process id is OBS's.
func command(args []string) (string, []string) {
	if root() == "" {
		return "obs", args
	}
	enter := []string{"--mount", "--propagation", "unchanged"}
	if os.Getuid() != 0 {
		// Root in a namespace of its own may mount and change its root, too.
		enter = append(enter, "--user", "--map-root-user")
	}
	enter = append(enter, "sh", "-c", enterRoot, "enter-root", root())
	return "unshare", append(enter, args...)
}

// Missing names the programs that are not installed.
func Missing() []string {
	var out []string
	needed := []string{"obs", "Xvfb", "openbox", "xdotool"}
	if root() != "" {
		needed[0] = "unshare"
		if _, err := os.Stat(filepath.Join(root(), "usr", "bin", "obs")); err != nil {
			out = append(out, "OBS in "+root())
		}
	}
	for _, name := range needed {
		if _, err := exec.LookPath(name); err != nil {
			out = append(out, name)
		}
	}
	return out
}

// demandName fails a test whose name does not tell that it needs a real OBS: by
// that name test.sh finds the tests to run with other releases.
func demandName(t *testing.T) {
	t.Helper()
	if !strings.Contains(t.Name(), "Real") {
		t.Fatalf("a test with a real OBS is called TestReal…: .ci/scripts/test.sh picks it by that to run it with each release of OBS")
	}
}

var versionNumber = regexp.MustCompile(`[0-9]+(\.[0-9]+)+`)

// release asks the OBS in use for its release, without starting it.
var release = sync.OnceValues(func() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	name, args := command([]string{"--version"})
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "QT_QPA_PLATFORM=offscreen"}
	out, err := cmd.CombinedOutput()
	number := versionNumber.FindString(string(out))
	if err != nil || number == "" {
		return "", fmt.Errorf("release of OBS: %w: %s", err, out)
	}
	return number, nil
})

// older reports whether the OBS in use is older than a release.
func older(t *testing.T, than string) bool {
	t.Helper()
	have, err := release()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Compare(numbers(have), numbers(than)) < 0
}

// numbers are the parts of a version.
func numbers(version string) []int {
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}
