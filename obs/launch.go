package obs

import (
	"context"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Launch starts OBS and does not wait for it: it answers some seconds later,
// and it outlives us. OBS finds its data relative to the working folder, so it
// is started in the folder of its executable (bin/64bit on Windows).
func Launch(ctx context.Context, f Finding) error {
	cmd, err := launchCommand(f, runtime.GOOS)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return ctxError("launch", err)
	}
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return &Error{Kind: ErrUnreachable, Op: "launch", Err: err}
	}
	// Taken from the system when it ends, else it stays a zombie while we run.
	go func() { _ = cmd.Wait() }()
	return nil
}

// launchCommand says how to start what was found.
func launchCommand(f Finding, goos string) (*exec.Cmd, error) {
	switch {
	case f.Program != "":
		args := []string{}
		if f.Portable {
			args = append(args, "--portable")
		}
		cmd := exec.Command(f.Program, args...)
		if goos == "windows" || f.Portable {
			cmd.Dir = filepath.Dir(f.Program)
		}
		return cmd, nil
	case f.Flatpak:
		return exec.Command("flatpak", "run", flatpakID), nil
	default:
		return nil, &Error{Kind: ErrUsage, Op: "launch", Comment: "OBS's program was not found"}
	}
}
