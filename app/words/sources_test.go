package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// reasonForm is how an Error's Reason looks: "title.too_long".
var reasonForm = regexp.MustCompile(`^[a-z][a-z_]*\.[a-z][a-z_]*$`)

// sources parses the program's own files below some folders, tests and the
// sandbox's simulation left out.
func sources(t *testing.T, folders ...string) []*ast.File {
	t.Helper()
	var all []*ast.File
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && (entry.Name() == "sandbox" || entry.Name() == "obssim" || entry.Name() == "desktop" || entry.Name() == "words") {
				return filepath.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			all = append(all, file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// reasons gives every reason that the sources can put into an Error: members
// called Reason, assignments to one, constants named so, and arguments of the
// helpers that take one.
func reasons(files []*ast.File) map[string]bool {
	found := make(map[string]bool)
	note := func(x ast.Expr) {
		literal, ok := x.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && reasonForm.MatchString(text) {
			found[text] = true
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Reason" {
					note(n.Value)
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					selected, isMember := left.(*ast.SelectorExpr)
					name, isName := left.(*ast.Ident)
					if i < len(n.Rhs) && (isMember && selected.Sel.Name == "Reason" || isName && name.Name == "reason") {
						note(n.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) && strings.HasPrefix(name.Name, "Reason") {
						note(n.Values[i])
					}
				}
			case *ast.ReturnStmt:
				for _, result := range n.Results {
					note(result)
				}
			case *ast.CallExpr:
				called := ""
				switch fun := n.Fun.(type) {
				case *ast.Ident:
					called = fun.Name
				case *ast.SelectorExpr:
					called = fun.Sel.Name
				}
				if takesReason[called] {
					for _, argument := range n.Args {
						note(argument)
					}
				}
			}
			return true
		})
	}
	return found
}

// takesReason are the helpers that make an Error of a reason.
var takesReason = map[string]bool{
	"usage": true, "fieldError": true, "fail": true, "needed": true, "unusable": true, "failure": true,
	"wrong": true, "bad": true, "refusal": true, "refuse": true, "redirectError": true, "pasteError": true, "broken": true,
}

func TestEveryReasonInTheSourcesHasWords(t *testing.T) {
	found := reasons(sources(t, "providers", "obs", "app"))
	if len(found) < 40 {
		t.Fatalf("only %d reasons found: the scan has lost its way", len(found))
	}
	for _, lang := range Languages {
		w := New(lang)
		for reason := range found {
			if !w.Has("error." + reason) {
				t.Errorf("%s: no words for the reason %s", lang, reason)
			}
		}
	}
}

// typedConstants gives the values of the constants of a named type.
func typedConstants(files []*ast.File, typ string) []string {
	var values []string
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if named, ok := spec.Type.(*ast.Ident); ok && named.Name == typ {
				for _, v := range spec.Values {
					if literal, ok := v.(*ast.BasicLit); ok {
						text, _ := strconv.Unquote(literal.Value)
						values = append(values, text)
					}
				}
			}
			return true
		})
	}
	return values
}

func TestEveryNamedThingHasWords(t *testing.T) {
	for _, c := range []struct{ folder, typ, prefix string }{
		{"app", "StepID", "step."},
		{"obs", "Reason", "finding."},
		{"providers", "FieldID", "field."},
	} {
		values := typedConstants(sources(t, c.folder), c.typ)
		if len(values) < 4 {
			t.Errorf("only %d constants of type %s found", len(values), c.typ)
		}
		for _, lang := range Languages {
			w := New(lang)
			for _, value := range values {
				if !w.Has(c.prefix + value) {
					t.Errorf("%s: no words for %s%s", lang, c.prefix, value)
				}
			}
		}
	}
}

// literalArguments gives the string literals handed to functions of some names.
func literalArguments(files []*ast.File, names ...string) []string {
	var values []string
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			selected, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			for _, name := range names {
				if literal, isText := call.Args[0].(*ast.BasicLit); isText && selected.Sel.Name == name {
					text, _ := strconv.Unquote(literal.Value)
					values = append(values, text)
				}
			}
			return true
		})
	}
	return values
}

func TestEverythingTheTerminalSaysHasWords(t *testing.T) {
	keys := literalArguments(sources(t, filepath.Join("app", "command")), "Say", "Count")
	if len(keys) < 20 {
		t.Fatalf("only %d keys found", len(keys))
	}
	for _, lang := range Languages {
		w := New(lang)
		for _, key := range keys {
			if !strings.HasSuffix(key, ".") && !w.Has(key) {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}
