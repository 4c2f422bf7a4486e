//go:build !windows

package terminal

import "os"

// Is reports whether a file is a terminal: a device that characters come from,
// and not the one that none ever come from, which scheduled scripts are given.
func Is(file *os.File) bool {
	about, err := file.Stat()
	if err != nil || about.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(about, null)
}
