//go:build !nowindow && unix

package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
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
