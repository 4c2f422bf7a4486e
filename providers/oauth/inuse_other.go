//go:build !windows

package oauth

import (
	"errors"
	"syscall"
)

// inUse reports whether a listen failed because the port is held.
func inUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
