//go:build linux

package realobs

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// process is a program in a process group of its own.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{}
}

// run starts a program with its output in a file.
func run(log string, env []string, name string, args ...string) (*process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = out.Close() }()
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, out, out
	return begin(cmd)
}

func begin(cmd *exec.Cmd) (*process, error) {
	// Pdeathsig is not used: it follows the thread that started the program,
	// and Go's threads come and go.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, ended: make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	return p, nil
}

// kill ends the process and its children at once, and waits for it.
func (p *process) kill() {
	if p == nil {
		return
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// terminate asks politely, and kills when that is not heard in time.
func (p *process) terminate(timeout time.Duration) error {
	_ = syscall.Kill(p.cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-p.ended:
		return nil
	case <-time.After(timeout):
		p.kill()
		return fmt.Errorf("did not end within %v", timeout)
	}
}

// startX starts an X server on a display that the server itself picks, and a
// window manager, without which OBS's dialogs have no place.
func (o *OBS) startX(ctx context.Context) error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = read.Close() }()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "+extension", "GLX", "-nolisten", "tcp", "-noreset")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + o.Home, "LIBGL_ALWAYS_SOFTWARE=1"}
	cmd.ExtraFiles = []*os.File{write}
	o.x, err = begin(cmd)
	_ = write.Close()
	if err != nil {
		return err
	}
	number, err := readLine(ctx, read, 30*time.Second)
	if err != nil {
		return fmt.Errorf("display of Xvfb: %w", err)
	}
	o.Display = ":" + number
	o.manager, err = run(filepath.Join(o.Home, "openbox.log"), o.env(), "openbox", "--sm-disable")
	return err
}

// readLine reads one line from a pipe, with a deadline.
func readLine(ctx context.Context, f *os.File, timeout time.Duration) (string, error) {
	deadline := time.Now().Add(timeout)
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	_ = f.SetReadDeadline(deadline)
	line, err := bufio.NewReader(f).ReadString('\n')
	if err != nil {
		return "", err
	}
	line = strings.TrimSpace(line)
	if line == "" {
		return "", errors.New("an empty answer")
	}
	return line, nil
}
