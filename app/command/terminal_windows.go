package command

import (
	"os"
	"syscall"
)

// isTerminal reports whether a file is a console.
func isTerminal(file *os.File) bool {
	var mode uint32
	return syscall.GetConsoleMode(syscall.Handle(file.Fd()), &mode) == nil
}
