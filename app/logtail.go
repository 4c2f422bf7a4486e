package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// logTailBytes bounds what of a log is read for its last lines.
const logTailBytes = 256 << 10

// LogFile is where a window keeps what happens; the terminal writes none.
func (e *Engine) LogFile() string { return filepath.Join(e.dir, "logs", "cuelight.log") }

// LogTail gives the last lines of LogFile, oldest first, at most so many, with
// everything masked that the vault knows. No file is no error.
func (e *Engine) LogTail(lines int) ([]string, error) {
	text, err := tail(e.LogFile(), logTailBytes)
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	all := strings.Split(strings.TrimRight(e.vault.Masker().Replace(text), "\n"), "\n")
	if len(all) == 1 && all[0] == "" {
		return nil, nil
	}
	return all[max(0, len(all)-lines):], nil
}

// tail gives the end of a file, from the beginning of a line.
func tail(name string, most int64) (string, error) {
	file, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	start := max(0, info.Size()-most)
	data, err := io.ReadAll(io.NewSectionReader(file, start, most))
	if err != nil {
		return "", err
	}
	text := string(data)
	if start > 0 {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text, nil
}
