package storage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// MaxFile bounds a file of Cuelight's own, in bytes. The largest, the list of
// categories, has some hundred kilobytes.
const MaxFile = 32 << 20

// ErrTooLarge: a file is larger than any of Cuelight's own can be.
var ErrTooLarge = errors.New("the file is too large to be Cuelight's")

// ReadFile is os.ReadFile with a bound, for regular files only: what lies in the
// folder may have been put there by something else.
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for its other end
		return nil, fmt.Errorf("read %s: it is no file", filepath.Base(path))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err == nil && len(data) > MaxFile {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), ErrTooLarge)
	}
	return data, err
}
