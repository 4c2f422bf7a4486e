//go:build unix

package storage_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"cuelight/app/storage"
	"cuelight/internal/localfile"
)

// Opening a pipe waits for its other end, for ever, and heeds no context.
func TestAPipeInPlaceOfAFileOrALockHoldsNobodyUp(t *testing.T) {
	dir := t.TempDir()
	sum := sha256.Sum256([]byte("name"))
	lock, file := filepath.Join(dir, hex.EncodeToString(sum[:8])+".lock"), filepath.Join(dir, "file.json")
	for _, path := range []string{lock, file} {
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	locks := storage.NewLocks(dir)
	for name, use := range map[string]func(context.Context) error{
		"locked":      func(ctx context.Context) error { _, err := locks.Lock(ctx, "name"); return err },
		"tried":       func(context.Context) error { _, _, err := locks.Try("name"); return err },
		"read":        func(context.Context) error { _, err := storage.ReadFile(file); return err },
		"a document":  func(context.Context) error { _, err := storage.ReadJSON(file, storage.MaxJSON); return err },
		"locked anew": func(ctx context.Context) error { _, err := locks.Lock(ctx, "name"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			told := make(chan error, 1)
			go func() { told <- use(t.Context()) }()
			select {
			case err := <-told:
				if found, ok := errors.AsType[*localfile.NotRegularError](err); !ok || filepath.Dir(found.Path) != dir {
					t.Errorf("told %v", err)
				}
			case <-time.After(10 * time.Second):
				t.Error("it waits for the pipe's other end")
				for _, path := range []string{lock, file} { // lets who waits go
					if other, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
						defer func() { _ = other.Close() }()
					}
				}
				<-told
			}
		})
	}
}
