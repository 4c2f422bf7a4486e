//go:build unix

// Package peakmemory measures, for tests, how much memory a process has taken.
package peakmemory

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// Of gives the most memory that a process which has ended ever had, in bytes. The
// test is skipped where the system does not tell.
func Of(t testing.TB, ended *os.ProcessState) int64 {
	t.Helper()
	usage, ok := ended.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Skip("this system does not tell how much memory a process took")
	}
	peak := int64(usage.Maxrss)
	if runtime.GOOS != "darwin" { // which counts bytes
		peak <<= 10
	}
	return peak
}
