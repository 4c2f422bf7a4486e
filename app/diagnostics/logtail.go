package diagnostics

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cuelight/internal/localfile"
)

// maxLogTail is how many bytes of a log are read for its last lines.
const maxLogTail = 256 << 10

// LogTail gives the last lines of the window's log, oldest first, at most so
// many, with everything masked that is known to be secret. No file is no error:
// the terminal writes none.
func (d *Diagnostics) LogTail(lines int) ([]string, error) {
	text, err := tail(filepath.Join(d.opt.Dir, "logs", "cuelight.log"), maxLogTail)
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	all := strings.Split(strings.TrimRight(d.opt.Mask().Replace(text), "\n"), "\n")
	if len(all) == 1 && all[0] == "" {
		return nil, nil
	}
	return all[max(0, len(all)-lines):], nil
}

// tail gives the end of a file, from the beginning of a line.
func tail(name string, most int64) (string, error) {
	if err := localfile.Check(name); err != nil { // opening a pipe would wait for its other end
		return "", err
	}
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
