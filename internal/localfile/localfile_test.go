package localfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestAFileIsReadUpToItsBound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if _, err := Read(path, 4); !errors.Is(err, fs.ErrNotExist) || Check(path) != nil {
		t.Errorf("a missing file: %v", err)
	}
	if err := os.WriteFile(path, []byte("four"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := Read(path, 4); err != nil || string(data) != "four" {
		t.Errorf("read %q, %v", data, err)
	}
	if data, err := Read(path, 3); !errors.Is(err, ErrTooLarge) || data != nil {
		t.Errorf("more than the bound is read: %q, %v", data, err)
	}
}

func TestAFolderIsNoFile(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{dir, link} {
		if _, err := Read(path, 4); !isNotRegular(err, path) {
			t.Errorf("%s: %v", path, err)
		}
		if err := Check(path); !isNotRegular(err, path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func isNotRegular(err error, path string) bool {
	found, ok := errors.AsType[*NotRegularError](err)
	return ok && found.Path == path
}
