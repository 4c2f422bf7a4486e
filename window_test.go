//go:build !nowindow && unix

package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestLogsAreForTheUserOnly(t *testing.T) {
	dir := t.TempDir()
	logs := filepath.Join(dir, "logs")
	if err := os.Mkdir(logs, 0o755); err != nil { // as an earlier version made it
		t.Fatal(err)
	}
	logTo(dir, slog.LevelInfo).Info("something happened")
	info, err := os.Stat(logs)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has %v, %v", info.Mode(), err)
	}
	info, err = os.Stat(filepath.Join(logs, "cuelight.log"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has %v, %v", info, err)
	}
}

// Opening a pipe waits for its other end: the window would not come up.
func TestAPipeInPlaceOfTheLogHoldsNoWindowUp(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "logs", "cuelight.log")
	if err := errors.Join(os.Mkdir(filepath.Dir(name), 0o700), syscall.Mkfifo(name, 0o600)); err != nil {
		t.Fatal(err)
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		logTo(dir, slog.LevelInfo).Info("something happened")
	}()
	select {
	case <-written:
	case <-time.After(10 * time.Second):
		t.Error("the log waits for the pipe's other end")
		if other, err := os.OpenFile(name, os.O_RDWR, 0); err == nil { // lets who waits go
			<-written
			_ = other.Close()
		}
	}
}
