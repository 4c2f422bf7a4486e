package config

import (
	"errors"
	"fmt"
)

var (
	// ErrNoAccount: nothing is set up yet.
	ErrNoAccount = errors.New("no account yet")
	// ErrUnknownAccount: no account has the name that was given.
	ErrUnknownAccount = errors.New("no such account")
	// ErrNoFolder: the environment names no folder for settings; one has to be given.
	ErrNoFolder = errors.New("find the configuration folder")
	// ErrHeld: another process holds the file for longer than it takes to write it.
	ErrHeld = errors.New("another Cuelight holds the file")
	// ErrClosed: the Store was closed before the change could be saved.
	ErrClosed = errors.New("the configuration is closed")
)

// BrokenError tells that a file could not be read and where it was kept.
type BrokenError struct {
	// Kept is the path the broken file was moved to.
	Kept string
	Err  error
}

// Error names the file that was kept.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("the configuration could not be read and was kept as %s: %v", e.Kept, e.Err)
}

// Unwrap gives the parser's error.
func (e *BrokenError) Unwrap() error { return e.Err }
