package storage_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/app/storage"
)

func TestFilesAreReadWithABound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
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
}

// A short text may stand for a list that takes hundreds of times its length in
// memory.
func TestADocumentIsHeldToItsLengthAndItsValues(t *testing.T) {
	for name, content := range map[string]string{
		"too long":        `"` + strings.Repeat("a", storage.MaxJSON) + `"`,
		"too many values": "[" + strings.Repeat("0,", storage.MaxJSON/8) + "0]",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.json")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if data, err := storage.ReadJSON(path, storage.MaxJSON); !errors.Is(err, storage.ErrTooLarge) || len(data) > len(content) {
				t.Errorf("read %d bytes, %v", len(data), err)
			}
			if _, err := storage.ReadJSON(path, storage.MaxList); err != nil {
				t.Errorf("a list may be as long: %v", err)
			}
		})
	}
}

// What is written can be read again: a list that grows beyond its bound would be
// gone at the next look.
func TestWhatCouldNotBeReadAgainIsNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.json")
	if err := storage.WriteJSON(path, []int{7}, storage.MaxJSON); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	for _, value := range []any{strings.Repeat("a", storage.MaxJSON), make([]int, storage.MaxJSON/40+2)} {
		if err := storage.WriteJSON(path, value, storage.MaxJSON); !errors.Is(err, storage.ErrTooLarge) {
			t.Errorf("written: %v", err)
		}
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, before) {
		t.Error("the file before is gone")
	}
}
