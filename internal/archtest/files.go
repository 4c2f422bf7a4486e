// Package archtest holds the rules of how Cuelight's source is laid out: which
// package may import which, where a library may be used, how large a file, a
// package, a type and an interface may grow, what a face must not do by itself,
// and that nothing belongs to one machine. Its tests apply them to this
// repository, and to a made-up bad tree to show that they can fail.
package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// module is the path that our own imports begin with.
const module = "cuelight"

// File is one Go source file, whatever system it is built for.
type File struct {
	// path is relative to the root, with slashes.
	path string
	// imports are the import paths, our own without the module in front:
	// "app/words"; the root package is ".".
	own, foreign []string
	lines        int
	generated    bool
	tree         *ast.File
}

// dir is the package directory; "." for the root.
func (f File) dir() string { return path.Dir(f.path) }

// test reports whether the file is part of tests only.
func (f File) test() bool { return strings.HasSuffix(f.path, "_test.go") }

// Files reads every Go file below root, of every build constraint. Folders
// that the go command ignores too (testdata, dot and underscore) are left out,
// and so are the folders that the Makefile builds into.
func Files(root fs.FS) ([]File, error) {
	var files []File
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if skipped(name) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		f, err := read(root, name)
		files = append(files, f)
		return err
	})
	return files, err
}

func skipped(dir string) bool {
	base := path.Base(dir)
	if dir == "." {
		return false
	}
	return base == "testdata" || base[0] == '.' || base[0] == '_' || dir == "build" || dir == "dist"
}

func read(root fs.FS, name string) (File, error) {
	source, err := fs.ReadFile(root, name)
	if err != nil {
		return File{}, err
	}
	tree, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return File{}, fmt.Errorf("parse %s: %w", name, err)
	}
	f := File{
		path: name, tree: tree,
		lines: strings.Count(string(source), "\n"), generated: ast.IsGenerated(tree),
	}
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return File{}, fmt.Errorf("parse %s: %w", name, err)
		}
		switch {
		case imported == module:
			f.own = append(f.own, ".")
		case strings.HasPrefix(imported, module+"/"):
			f.own = append(f.own, strings.TrimPrefix(imported, module+"/"))
		default:
			f.foreign = append(f.foreign, imported)
		}
	}
	return f, nil
}

// within reports whether a package is one of the trees or below one of them.
func within(pkg string, trees ...string) bool {
	return slices.ContainsFunc(trees, func(tree string) bool {
		return pkg == tree || strings.HasPrefix(pkg, tree+"/")
	})
}
