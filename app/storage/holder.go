package storage

import (
	"os"
	"strconv"
	"strings"
)

// signHeld writes into a lock's file who has it: whoever waits for a Cuelight that
// hangs can look for it then. Windows lets nobody write to a file that is locked;
// there it stays unknown.
func signHeld(path string) {
	_ = os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())), 0o600)
}

// holder gives the process ID of who has a lock; 0 where that is not known.
func holder(path string) int {
	text, err := ReadFile(path)
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid < 1 {
		return 0
	}
	return pid
}
