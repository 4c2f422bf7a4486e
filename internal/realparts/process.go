//go:build linux

package realparts

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Need skips the test unless all the programs are installed, or fails it where
// CUELIGHT_REAL=1 demands them.
func Need(t testing.TB, programs ...string) {
	t.Helper()
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			missing(t, name)
		}
	}
}

func missing(t testing.TB, name string) {
	t.Helper()
	if os.Getenv("CUELIGHT_REAL") == "1" {
		t.Fatalf("real parts are demanded and missing: %s", name)
	}
	t.Skipf("needs %s", name)
}

// Command is a program to run.
type Command struct {
	Name string
	Args []string
	// Env is the whole environment; nil means the test's own.
	Env   []string
	Dir   string
	Stdin string
	// Extra are files handed on from descriptor 3.
	Extra []*os.File
}

// Process is a running program in a process group of its own. Its output is
// kept and can be waited for.
type Process struct {
	cmd            *exec.Cmd
	Stdout, Stderr *Lines
	ended          chan struct{}
}

// Run starts a program and kills it, with its children, when the test ends.
func Run(t testing.TB, c Command) *Process {
	t.Helper()
	p := &Process{cmd: exec.Command(c.Name, c.Args...), Stdout: newLines(), Stderr: newLines(), ended: make(chan struct{})}
	p.cmd.Env, p.cmd.Dir, p.cmd.Stdin, p.cmd.ExtraFiles = c.Env, c.Dir, strings.NewReader(c.Stdin), c.Extra
	p.cmd.Stdout, p.cmd.Stderr = p.Stdout, p.Stderr
	// The kernel kills it where the test is killed itself.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	// A child that hands its output on to one that stays must not hold Wait up.
	p.cmd.WaitDelay = time.Second
	if err := startOnLastingThread(p.cmd); err != nil {
		t.Fatalf("start %s: %v", filepath.Base(c.Name), err)
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is in ProcessState
		p.Stdout.end()
		p.Stderr.end()
		close(p.ended)
	}()
	t.Cleanup(p.Kill)
	return p
}

// starts is served by one thread that lasts: the kernel takes the end of the
// thread that started a child for the end of the parent.
var starts = sync.OnceValue(func() chan func() {
	work := make(chan func())
	go serveStarts(work)
	return work
})

// serveStarts lasts as long as the tests do; who looks for forgotten goroutines
// knows it by name.
func serveStarts(work <-chan func()) {
	runtime.LockOSThread()
	for do := range work {
		do()
	}
}

func startOnLastingThread(cmd *exec.Cmd) error {
	done := make(chan error, 1)
	starts() <- func() { done <- cmd.Start() }
	return <-done
}

// Pid is the process id.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Kill ends the process and its children as kill -9 does, and waits.
func (p *Process) Kill() {
	_ = syscall.Kill(-p.Pid(), syscall.SIGKILL) // gone already is fine
	<-p.ended
}

// Interrupt does what Ctrl-C does.
func (p *Process) Interrupt() { _ = p.cmd.Process.Signal(os.Interrupt) }

// Wait gives the exit code, -1 for a process that a signal ended. It fails the
// test when the process has not ended in time.
func (p *Process) Wait(t testing.TB, timeout time.Duration) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(timeout):
		p.Kill()
		t.Fatalf("%s did not end within %v; it said:\n%s%s",
			filepath.Base(p.cmd.Path), timeout, p.Stdout.Text(), p.Stderr.Text())
	}
	return p.cmd.ProcessState.ExitCode()
}

// Lines collects what a process prints.
type Lines struct {
	mu    sync.Mutex // guards the fields below
	text  strings.Builder
	more  chan struct{} // closed and replaced at every change
	ended bool
}

func newLines() *Lines { return &Lines{more: make(chan struct{})} }

// Write takes output in.
func (l *Lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.more)
	l.more = make(chan struct{})
	return l.text.Write(b)
}

func (l *Lines) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	close(l.more)
	l.more = make(chan struct{})
}

// Text is everything so far.
func (l *Lines) Text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Find waits for a whole line with a text in it and gives the line.
func (l *Lines) Find(t testing.TB, text string, timeout time.Duration) string {
	t.Helper()
	line, ok := l.find(text, timeout)
	if !ok {
		t.Fatalf("no line with %q within %v, only:\n%s", text, timeout, l.Text())
	}
	return line
}

// FindEither waits for a line in one of two outputs.
func (l *Lines) FindEither(t testing.TB, other *Lines, text string, timeout time.Duration) string {
	t.Helper()
	lines := make(chan string, 2)
	for _, output := range []*Lines{l, other} {
		go func() {
			line, _ := output.find(text, timeout)
			lines <- line
		}()
	}
	for range 2 {
		if line := <-lines; line != "" {
			return line
		}
	}
	t.Fatalf("no line with %q within %v, only:\n%s%s", text, timeout, l.Text(), other.Text())
	return ""
}

func (l *Lines) find(text string, timeout time.Duration) (line string, ok bool) {
	deadline := time.After(timeout)
	for {
		l.mu.Lock()
		all, more, ended := l.text.String(), l.more, l.ended
		l.mu.Unlock()
		reader := bufio.NewReader(strings.NewReader(all))
		for {
			line, err := reader.ReadString('\n')
			if (err == nil || ended) && strings.Contains(line, text) {
				return strings.TrimRight(line, "\r\n"), true
			}
			if err != nil {
				break
			}
		}
		if ended {
			return "", false
		}
		select {
		case <-more:
		case <-deadline:
			return "", false
		}
	}
}

var _ io.Writer = (*Lines)(nil)

// folder makes a folder with a short path, which sockets need, and removes it
// at the end of the test.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "cue-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Logf("remove what the test left: %v", err)
		}
	})
	return dir
}
