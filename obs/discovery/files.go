package discovery

import (
	"errors"
	"io"
	"os"
	"time"

	"cuelight/internal/localfile"
)

// maxFile bounds a settings file, which has some kilobytes, in bytes.
const maxFile = 4 << 20

// readFile reads a settings file, which is regular and has at most maxFile bytes.
func readFile(path string) ([]byte, error) { return localfile.Read(path, maxFile) }

// maxNames bounds how many names of a folder are read.
const maxNames = 1000

// readDir lists the names in a folder, in no order, maxNames at most.
func readDir(path string) ([]string, error) {
	folder, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = folder.Close() }()
	names, err := folder.Readdirnames(maxNames)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return names, err
}

// modified tells when a file was written last.
func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
