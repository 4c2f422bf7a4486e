package command_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cuelight/app/command"
	"cuelight/app/vault"
	"cuelight/internal/keyringtest"
	"cuelight/providers"
	"cuelight/providers/soop"
)

// brokenPipe takes a number of writes, then its reader is gone.
type brokenPipe struct{ left int }

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left--; b.left < 0 {
		return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
	}
	return len(p), nil
}

func TestAReaderThatGoesAwayEndsThePrintingOnly(t *testing.T) {
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	c.must("setup")
	program := command.Program{
		Registry: providers.Registry{soop.New()}, Keyring: c.ring, Stdin: strings.NewReader(""),
		Stdout: &brokenPipe{}, Stderr: &brokenPipe{},
	}
	_, code := command.Main(t.Context(), program, []string{"--config", c.dir, "--sandbox", "key", "reset", "--yes"})
	if code != command.ExitOther {
		t.Errorf("ended with %d", code)
	}
	if o := c.must("status", "--json"); !strings.Contains(o.out, `"matches": true`) {
		t.Errorf("OBS does not hold the new key: %s", o.out)
	}
}

func TestAResultThatCannotBeWrittenIsAFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = full.Close() }()
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	c.must("setup")
	var said bytes.Buffer
	program := command.Program{
		Registry: providers.Registry{soop.New()}, Keyring: c.ring, Stdin: strings.NewReader(""), Stdout: full, Stderr: &said,
	}
	_, code := command.Main(t.Context(), program, []string{"--config", c.dir, "--sandbox", "status", "--json"})
	if code != command.ExitOther || !strings.Contains(said.String(), "disk is full") {
		t.Errorf("ended with %d, said %q", code, said.String())
	}
}

func TestWatchEndsWithItsReader(t *testing.T) {
	c := newTerminal(t)
	program := command.Program{
		Registry: providers.Registry{soop.New()}, Keyring: c.ring, Stdin: strings.NewReader(""),
		Stdout: &brokenPipe{left: 1}, Stderr: &bytes.Buffer{},
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, code := command.Main(ctx, program, []string{"--config", c.dir, "--sandbox", "watch"})
	if code != command.ExitOther || ctx.Err() != nil {
		t.Errorf("ended with %d, %v", code, ctx.Err())
	}
}

// pipedDir names, in the environment, the folder of a child of these tests whose
// standard output nobody reads.
const pipedDir = "CUELIGHT_TEST_PIPED_DIR"

func TestPipedChild(t *testing.T) {
	dir := os.Getenv(pipedDir)
	if dir == "" {
		t.Skip("only as a child")
	}
	ring := keyringtest.New(vault.ErrNotInKeyring)
	run := func(out *bytes.Buffer, args ...string) int {
		program := command.Program{Registry: providers.Registry{soop.New()}, Keyring: ring, Stdin: strings.NewReader("")}
		if out != nil {
			program.Stdout = out
		}
		_, code := command.Main(t.Context(), program, append([]string{"--config", dir, "--sandbox"}, args...))
		return code
	}
	for _, args := range [][]string{{"login", "--number", "111111"}, {"setup"}, {"key", "reset", "--yes"}} {
		run(nil, args...)
	}
	var status bytes.Buffer
	if code := run(&status, "status", "--json"); code != command.ExitDone {
		t.Fatalf("status ended with %d", code)
	}
	if err := os.WriteFile(filepath.Join(dir, "outlived"), status.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// As in `cuelight key reset --yes 2>&1 | head -1`: the program used to die of
// SIGPIPE between the platform's reset and the write to OBS.
func TestABrokenPipeKillsNothing(t *testing.T) {
	dir := t.TempDir()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = read.Close()
	child := exec.Command(os.Args[0], "-test.run", "^TestPipedChild$")
	child.Env = append(os.Environ(), pipedDir+"="+dir, "CUELIGHT_CONFIG=", "CUELIGHT_LANG=en")
	child.Stdout, child.Stderr = write, write
	err = child.Run()
	_ = write.Close()
	if status, _ := os.ReadFile(filepath.Join(dir, "outlived")); !bytes.Contains(status, []byte(`"matches": true`)) {
		t.Errorf("the child ended with %v, and left %s", err, status)
	}
}

// never is a reader that is never ready.
type never struct{}

func (never) Read([]byte) (int, error) { select {} }

func TestEverySignalToEndIsAnInterruption(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if signal.Ignored(sig) {
			continue // nohup: then it is to be outlived
		}
		c := newTerminal(t)
		var said bytes.Buffer
		program := command.Program{
			Registry: providers.Registry{soop.New()}, Keyring: c.ring, Stdin: never{}, Stdout: &bytes.Buffer{}, Stderr: &said,
		}
		ended := make(chan int, 1)
		go func() {
			_, code := command.Main(t.Context(), program, []string{"--config", c.dir, "--sandbox", "login", "--no-browser"})
			ended <- code
		}()
		time.Sleep(500 * time.Millisecond) // for the handler and the pending sign-in to be there
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(sig)
		}
		if err != nil {
			t.Skip(err)
		}
		select {
		case code := <-ended:
			if code != command.ExitInterrupted {
				t.Errorf("%v: ended with %d: %s", sig, code, said.String())
			}
		case <-time.After(15 * time.Second):
			t.Fatalf("%v did not end it", sig)
		}
	}
}
