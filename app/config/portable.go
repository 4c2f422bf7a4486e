package config

import (
	"os"
	"path/filepath"
)

// portableMarker is the file that makes a program portable, in the program's own
// folder: its settings are then in a folder "config" there.
const portableMarker = "portable.txt"

// portableDir gives the configuration folder of a portable program.
func portableDir(program string) (dir string, portable bool) {
	folder := filepath.Dir(program)
	info, err := os.Stat(filepath.Join(folder, portableMarker))
	if err != nil || !info.Mode().IsRegular() {
		return "", false
	}
	return filepath.Join(folder, "config"), true
}
