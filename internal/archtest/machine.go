package archtest

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// machinePath finds what only means something where it was written: somebody's
// home folder.
var machinePath = regexp.MustCompile(`(^|[^\w./-])(/root/|/home/[a-z]{2,}/|/Users/[a-z]{2,}/)`)

// MachinePaths gives the places in text files below root that refer to one
// machine, as "file:line: text". This package's own files spell such paths out
// and are left out, and so are testdata's documents, which are other people's.
func MachinePaths(root fs.FS) ([]string, error) {
	var found []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch {
			case name == ".git", name == "build", name == "dist", name == "internal/archtest", path.Base(name) == "node_modules":
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
			return nil
		}
		for i, line := range strings.Split(string(text), "\n") {
			if machinePath.MatchString(line) {
				found = append(found, fmt.Sprintf("%s:%d: %.160s", name, i+1, strings.TrimSpace(line)))
			}
		}
		return nil
	})
	return found, err
}
