package storage

import (
	"bytes"
	"fmt"
	"path/filepath"

	"cuelight/internal/localfile"
)

const (
	// MaxFile bounds a file of Cuelight's own that is no JSON document, such as a
	// session's log, in bytes.
	MaxFile = 32 << 20
	// MaxJSON bounds a document of Cuelight's, in bytes: real ones have some
	// kilobytes.
	MaxJSON = 1 << 20
	// MaxList bounds a document with a list that grows, such as the recent titles
	// or the categories of a platform, in bytes: real ones have some hundred
	// kilobytes.
	MaxList = 8 << 20
)

// bytesOfValue is how many bytes a value of a full document has at least, on
// average: with its name and indentation. `[0,0,0` has two, and takes hundreds of
// times as much in memory.
const bytesOfValue = 40

// ErrTooLarge: a file is larger than it can be.
var ErrTooLarge = localfile.ErrTooLarge

// ReadFile is os.ReadFile with a bound of MaxFile, for regular files only: what
// lies in the folder may have been put there by something else.
func ReadFile(path string) ([]byte, error) { return localfile.Read(path, MaxFile) }

// ReadJSON is ReadFile for a document of at most max bytes, such as MaxJSON. A file
// with more values than such a document can have is ErrTooLarge as well.
func ReadJSON(path string, max int64) ([]byte, error) {
	data, err := localfile.Read(path, max)
	if err != nil {
		return nil, err
	}
	return data, checkSize(path, data, max)
}

func checkSize(path string, data []byte, max int64) error {
	if int64(len(data)) > max || int64(bytes.Count(data, []byte(","))) > max/bytesOfValue {
		return fmt.Errorf("%s: %w", filepath.Base(path), ErrTooLarge)
	}
	return nil
}
