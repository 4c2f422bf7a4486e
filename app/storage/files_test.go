package storage

import (
	"os"
	"path/filepath"
	"testing"
)

func TestASymbolicLinkStaysOne(t *testing.T) {
	for _, c := range []struct {
		name   string
		target string
		there  bool
	}{
		{"a file", "target.json", true},
		{"a dangling link", "target.json", false},
		{"through another folder", "../elsewhere/target.json", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "config")
			for _, made := range []string{dir, filepath.Join(root, "elsewhere")} {
				if err := os.Mkdir(made, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			target := filepath.Join(dir, filepath.FromSlash(c.target))
			if c.there {
				if err := os.WriteFile(target, []byte("{}"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			second, link := filepath.Join(dir, "second"), filepath.Join(dir, "config.json")
			if err := os.Symlink(filepath.FromSlash(c.target), second); err != nil {
				t.Skipf("no symbolic links here: %v", err)
			}
			if err := os.Symlink(second, link); err != nil { // a chain, relative behind absolute
				t.Fatal(err)
			}
			if err := WriteJSON(link, map[string]int{"n": 1}, MaxJSON); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{link, second} {
				if !isLink(name) {
					t.Errorf("%s is no link any more", filepath.Base(name))
				}
			}
			if data, err := os.ReadFile(target); err != nil || string(data) != "{\n  \"n\": 1\n}\n" {
				t.Errorf("the target holds %q, %v", data, err)
			}
		})
	}
}

func TestALinkToItselfIsAnError(t *testing.T) {
	link := filepath.Join(t.TempDir(), "config.json")
	if err := os.Symlink(link, link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := WriteJSON(link, 1, MaxJSON); err == nil {
		t.Error("written where nothing can be")
	}
}
