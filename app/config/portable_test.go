package config

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAPortableProgramKeepsItsSettingsBesideItself(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "cuelight.exe")
	if _, portable := portableDir(program); portable {
		t.Error("portable without its marker")
	}
	marker := filepath.Join(folder, portableMarker)
	if err := os.Mkdir(marker, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, portable := portableDir(program); portable {
		t.Error("portable by a folder of the marker's name")
	}
	if err := os.Remove(marker); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(marker, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir, portable := portableDir(program); !portable || dir != filepath.Join(folder, "config") {
		t.Errorf("got %q, %v", dir, portable)
	}
}
