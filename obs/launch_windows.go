package obs

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// detach lets OBS live on when we, or the terminal we run in, end.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{
		CreationFlags: windows.DETACHED_PROCESS | windows.CREATE_NEW_PROCESS_GROUP,
	}
}
