//go:build linux

package endtoend

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// limit is how long one command may take; the longest waits for an ingest that
// never answers.
const limit = 90 * time.Second

// program is the path of the built program.
var program string

func TestMain(m *testing.M) { os.Exit(withProgram(m)) }

// withProgram builds the program without the race detector, or takes the one
// that CUELIGHT_BINARY names. It is what is shipped but for a tag: without it
// the toolkit reports every call from the wrong goroutine.
func withProgram(m *testing.M) int {
	if program = os.Getenv("CUELIGHT_BINARY"); program != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "cue-program-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "cuelight")
	build := exec.Command("go", "build", "-o", program, "cuelight")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// user is somebody at a machine: a home, maybe with a keyring, and Cuelight's
// configuration folder in it.
type user struct {
	session *realparts.Session
	config  string
	// env is added to the environment of each command.
	env []string
	// obs is given as --obs where set.
	obs string

	// said is everything the commands printed, each with what may be in it.
	mu   sync.Mutex
	said []saying
}

// saying is what one command printed.
type saying struct {
	command string
	text    string
	// asked are secrets that this command was asked to print.
	asked []string
}

func newUser(t testing.TB, session *realparts.Session) *user {
	t.Helper()
	return &user{session: session, config: filepath.Join(session.Home, "cuelight")}
}

func (u *user) command(stdin string, args ...string) realparts.Command {
	all := []string{"--config", u.config, "--lang", "en"}
	if u.obs != "" {
		all = append(all, "--obs", u.obs)
	}
	return realparts.Command{
		Name: program, Args: append(all, args...), Stdin: stdin,
		Env: append(u.session.Env(), u.env...), Dir: u.session.Home,
	}
}

// result is how a command ended.
type result struct {
	code           int
	stdout, stderr string
}

// start runs a command that goes on.
func (u *user) start(t testing.TB, args ...string) *realparts.Process {
	t.Helper()
	p := realparts.Run(t, u.command("", args...))
	t.Cleanup(func() { u.keep(args, p) })
	return p
}

// end waits for a started command.
func (u *user) end(t testing.TB, p *realparts.Process) result {
	t.Helper()
	code := p.Wait(t, limit)
	return result{code, p.Stdout.Text(), p.Stderr.Text()}
}

// run runs a command to its end.
func (u *user) run(t testing.TB, args ...string) result {
	t.Helper()
	return u.runWith(t, "", args...)
}

// runWith runs a command with standard input.
func (u *user) runWith(t testing.TB, stdin string, args ...string) result {
	t.Helper()
	p := realparts.Run(t, u.command(stdin, args...))
	code := p.Wait(t, limit)
	u.keep(args, p)
	return result{code, p.Stdout.Text(), p.Stderr.Text()}
}

func (u *user) keep(args []string, p *realparts.Process) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.said = append(u.said, saying{command: strings.Join(args, " "), text: p.Stdout.Text() + p.Stderr.Text()})
}

// do runs a command that has to succeed.
func (u *user) do(t testing.TB, args ...string) result {
	t.Helper()
	return u.run(t, args...).want(t, 0, args...)
}

// want fails the test unless the command ended with a code.
func (r result) want(t testing.TB, code int, args ...string) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("cuelight %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), r.code, code, r.stdout, r.stderr)
	}
	return r
}

// object reads standard output, which must be one JSON object and nothing else.
func (r result) object(t testing.TB) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(r.stdout))
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		t.Fatalf("standard output is no JSON object: %v\n%s", err, r.stdout)
	}
	if decoder.More() {
		t.Fatalf("standard output is more than one object:\n%s", r.stdout)
	}
	return object
}

// at follows names into nested objects; nil where one is missing.
func at(object map[string]any, names ...string) any {
	var value any = object
	for _, name := range names {
		inner, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = inner[name]
	}
	return value
}

// texts turns a JSON list into strings.
func texts(value any) []string {
	list, _ := value.([]any)
	out := make([]string, 0, len(list))
	for _, v := range list {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// openLine waits until a sign-in tells its address, and gives it.
func openLine(t testing.TB, p *realparts.Process) string {
	t.Helper()
	line := p.Stderr.FindEither(t, p.Stdout, "open: ", 30*time.Second)
	_, address, _ := strings.Cut(line, "open: ")
	return strings.TrimSpace(address)
}
