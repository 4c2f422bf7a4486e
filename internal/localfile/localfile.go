// Package localfile reads files that something else may have put in their place: a
// pipe, whose opening waits for its other end, a device, a folder, or a file
// without end. It imports nothing of ours.
package localfile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ErrTooLarge: a file is larger than it can be.
var ErrTooLarge = errors.New("the file is too large")

// NotRegularError tells that what lies at a path is no regular file.
type NotRegularError struct{ Path string }

// Error names what is in the way.
func (e *NotRegularError) Error() string { return e.Path + " is not a regular file" }

// Check fails with a *NotRegularError where something lies at the path that is no
// regular file, behind symbolic links as well. It is for those who open or lock a
// file themselves; one that is missing, or cannot be looked at, is for them to meet.
func Check(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return &NotRegularError{Path: path}
	}
	return nil
}

// Read is os.ReadFile of a regular file of at most max bytes. Its error is
// ErrTooLarge or a *NotRegularError where the file is neither, before more of it is
// in memory.
func Read(path string, max int64) ([]byte, error) {
	if err := Check(path); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, max+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > max {
		return nil, fmt.Errorf("read %s: %w: more than %d bytes", filepath.Base(path), ErrTooLarge, max)
	}
	return data, nil
}
