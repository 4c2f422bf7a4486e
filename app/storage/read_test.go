package storage_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"cuelight/app/storage"
)

func TestFilesAreReadWithABound(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if _, err := storage.ReadFile(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := storage.ReadFile(path); err != nil || string(data) != "content" {
		t.Errorf("read %q, %v", data, err)
	}
	if err := os.Truncate(path, storage.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	if data, err := storage.ReadFile(path); !errors.Is(err, storage.ErrTooLarge) || data != nil {
		t.Errorf("read %d bytes, %v", len(data), err)
	}
	if _, err := storage.ReadFile(dir); err == nil {
		t.Error("a folder is read")
	}
}
