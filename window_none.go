//go:build nowindow

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"cuelight/app/command"
	"cuelight/app/words"
)

// This is the program for machines without a display or OpenGL, and for the
// terminal of Windows: the commands alone, in one file that needs no other.

// fonts are none: there is no window to carry them.
var fonts []string

// openWindow starts the program with the window where it lies beside this one, as
// cuelight.exe beside cuelight.com, and ends as it does. Else it says that there is
// none.
func openWindow(w *command.Window) int {
	if beside := windowProgram(runtime.GOOS, os.Executable); beside != "" {
		window := exec.Command(beside, os.Args[1:]...)
		window.Stdin, window.Stdout, window.Stderr = os.Stdin, os.Stdout, os.Stderr
		err := window.Run()
		var ended *exec.ExitError
		if err == nil || errors.As(err, &ended) {
			return window.ProcessState.ExitCode()
		}
		fmt.Fprintln(os.Stderr, err)
		return command.ExitOther
	}
	fmt.Fprintln(os.Stderr, words.New(w.Lang).Say("command.no_window"))
	return command.ExitUsage
}

// windowProgram gives the form with the window that lies beside this one, under
// Windows only; nothing where there is none.
func windowProgram(system string, executable func() (string, error)) string {
	self, err := executable()
	if err != nil || system != "windows" || !strings.EqualFold(filepath.Ext(self), ".com") {
		return ""
	}
	beside := self[:len(self)-len(".com")] + ".exe"
	if info, err := os.Stat(beside); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return beside
}
