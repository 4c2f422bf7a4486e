//go:build !windows

package obs

import (
	"os/exec"
	"syscall"
)

// detach lets OBS live on when we, or the terminal we run in, end.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
