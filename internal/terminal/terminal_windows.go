package terminal

import (
	"os"
	"syscall"
)

// Is reports whether a file is a console.
func Is(file *os.File) bool {
	var mode uint32
	return syscall.GetConsoleMode(syscall.Handle(file.Fd()), &mode) == nil
}
