package oauth

import (
	"errors"

	"golang.org/x/sys/windows"
)

// inUse reports whether a listen failed because the port is held: by another
// socket, or by an exclusive one or a range the system keeps for itself
// (WSAEACCES, Winsock error codes). syscall.EADDRINUSE is an invented number on
// Windows and never matches.
func inUse(err error) bool {
	return errors.Is(err, windows.WSAEADDRINUSE) || errors.Is(err, windows.WSAEACCES)
}
