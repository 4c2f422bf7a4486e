package diagnostics

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheEndOfAFileBeginsWithAWholeLine(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cuelight.log")
	if text, err := tail(name, 100); text != "" || err != nil {
		t.Fatalf("no file: %q, %v", text, err)
	}
	if err := os.WriteFile(name, []byte(strings.Repeat("first line\n", 50)+"second\nthird\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := tail(name, 20)
	if err != nil || text != "second\nthird\n" {
		t.Errorf("got %q, %v", text, err)
	}
	if text, err := tail(name, 1<<20); err != nil || !strings.HasPrefix(text, "first line\n") {
		t.Errorf("a short file is cut: %q, %v", text[:20], err)
	}
}
