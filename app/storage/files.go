package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/natefinch/atomic"
)

// WriteJSON replaces a file in one step, readable by its owner only. What ReadJSON
// would not take back for its size is ErrTooLarge, and the file stays. A symbolic
// link stays one: what it points at is replaced, or made where it is missing.
// The folder must be there.
func WriteJSON(path string, value any, max int64) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", filepath.Base(path), err)
	}
	data = append(data, '\n')
	if err := checkSize(path, data, max); err != nil {
		return fmt.Errorf("write %w", err)
	}
	return WriteFile(path, data)
}

// WriteFile is WriteJSON for what is no JSON.
func WriteFile(path string, data []byte) error {
	path, err := resolve(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already where all went well
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := atomic.ReplaceFile(tmp.Name(), path); err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	return nil
}

// linkDepth bounds a chain of symbolic links, as the system's own bound does.
const linkDepth = 40

// resolve follows symbolic links to the file that is meant, which need not be
// there yet.
func resolve(path string) (string, error) {
	for range linkDepth {
		if !isLink(path) {
			return path, nil
		}
		target, err := os.Readlink(path)
		if err != nil {
			return path, err
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path, errors.New("too many symbolic links")
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// StaleTemp is how old a temporary file is that no process can still be
// writing.
const StaleTemp = time.Hour

// SweepTemp removes temporary files of processes that were killed while they
// wrote. Times are the files' own and the system's.
func SweepTemp(dir string) {
	names, _ := filepath.Glob(filepath.Join(dir, "*.json.*.tmp")) // the pattern is ours and well formed
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > StaleTemp {
			_ = os.Remove(name)
		}
	}
}

// KeepAside moves a broken file to a name that no earlier one has, and gives
// that name. A symbolic link stays where it is: what it points at is moved.
func KeepAside(path string, now time.Time) (string, error) {
	path, err := resolve(path)
	if err != nil {
		return "", err
	}
	stem := path + ".broken-" + now.Format("20060102-150405")
	name := stem
	for i := 2; ; i++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, os.Rename(path, name)
		}
		name = fmt.Sprintf("%s-%d", stem, i)
	}
}
