package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"cuelight/providers"
)

// Dotfiles are often kept elsewhere and linked to.
func TestAFileThatIsASymbolicLinkStaysOne(t *testing.T) {
	for _, c := range []struct{ name, before string }{
		{"to a file", `{"version": 1, "accounts": [], "theme": "dark"}`},
		{"to nothing yet", ""},
		{"to a broken file", `{"accounts": [`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, dotfiles := t.TempDir(), t.TempDir()
			for _, name := range []string{FileName, DraftsFileName} {
				if c.before != "" && name == FileName {
					if err := os.WriteFile(filepath.Join(dotfiles, name), []byte(c.before), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if err := os.Symlink(filepath.Join(dotfiles, name), filepath.Join(dir, name)); err != nil {
					t.Skip(err)
				}
			}
			s, _ := Open(t.Context(), options(dir)) // a broken file is told elsewhere
			s.Change(func(c *Config) { c.Language = "ko" })
			s.EditDraft("mine", "", providers.Patch{}, providers.Patch{Title: ptr("typed")})
			closed(t, s)
			for _, name := range []string{FileName, DraftsFileName} {
				if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.Mode()&fs.ModeSymlink == 0 {
					t.Errorf("%s is no link any more: %v, %v", name, info, err)
				}
			}
			next := open(t, dotfiles)
			if next.Config().Language != "ko" || next.Draft("mine", "").Title == nil {
				t.Errorf("there is %+v, %+v", next.Config(), next.Draft("mine", ""))
			}
		})
	}
}
