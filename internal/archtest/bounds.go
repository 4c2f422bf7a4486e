package archtest

import (
	"go/ast"
	"slices"
	"strings"
)

// The bounds that keep a room small enough to be known by one person.
const (
	fileLines        = 300
	packageLines     = 2500 // without tests
	typeMethods      = 40
	interfaceMethods = 12
)

// faces are the packages that show things and ask for them. They reach the
// network and files through what is above them only.
var faces = []string{"app/desktop", "app/command"}

// fileCalls are the functions of package os that a face must not call.
var fileCalls = []string{
	"Open", "OpenFile", "OpenRoot", "Create", "CreateTemp", "ReadFile", "WriteFile", "ReadDir", "DirFS",
	"Remove", "RemoveAll", "Rename", "Mkdir", "MkdirAll", "MkdirTemp", "Stat", "Lstat", "Symlink", "Chmod",
}

// checkFile looks at what can be seen in one file.
func checkFile(f File, say func(string, ...any)) {
	if f.lines > fileLines && !f.generated {
		say("%s has %d lines; no file passes %d", f.path, f.lines, fileLines)
	}
	if f.test() {
		return
	}
	checkMutexes(f, say)
	if within(f.dir(), faces...) {
		checkFace(f, say)
	}
}

func checkFace(f File, say func(string, ...any)) {
	if slices.Contains(f.foreign, "net/http") {
		say("%s imports net/http: a face never talks to the network", f.path)
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := selector.X.(*ast.Ident); ok && of.Name == "os" && slices.Contains(fileCalls, selector.Sel.Name) {
			say("%s calls os.%s: a face never touches files", f.path, selector.Sel.Name)
		}
		return true
	})
}

// checkMutexes wants a comment at each mutex that says what it guards.
func checkMutexes(f File, say func(string, ...any)) {
	ast.Inspect(f.tree, func(n ast.Node) bool {
		fields, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		for _, field := range fields.Fields.List {
			if isMutex(field.Type) && !strings.Contains(field.Doc.Text()+field.Comment.Text(), "guards") {
				say("%s: a mutex does not say what it guards", f.path)
			}
		}
		return true
	})
}

func isMutex(t ast.Expr) bool {
	selector, ok := t.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	of, ok := selector.X.(*ast.Ident)
	return ok && of.Name == "sync" && (selector.Sel.Name == "Mutex" || selector.Sel.Name == "RWMutex")
}

// checkPackages looks at what is spread over a package's files, of every
// system together.
func checkPackages(files []File, say func(string, ...any)) {
	lines, methods := map[string]int{}, map[[2]string]int{}
	interfaces := map[[2]string]*ast.InterfaceType{}
	for _, f := range files {
		if f.test() || f.generated {
			continue
		}
		lines[f.dir()] += f.lines
		for _, declared := range f.tree.Decls {
			if method, ok := declared.(*ast.FuncDecl); ok && method.Recv != nil {
				methods[[2]string{f.dir(), receiver(method)}]++
			}
		}
		collectInterfaces(f, interfaces)
	}
	for dir, n := range lines {
		if n > packageLines {
			say("package %s has %d lines; none passes %d", dir, n, packageLines)
		}
	}
	for of := range interfaces {
		if n := asks(of, interfaces); n > interfaceMethods {
			say("interface %s of %s has %d methods; none passes %d", of[1], of[0], n, interfaceMethods)
		}
	}
	for of, n := range methods {
		if n > typeMethods {
			say("type %s of %s has %d methods; none passes %d", of[1], of[0], n, typeMethods)
		}
	}
}

// collectInterfaces finds the interfaces that a file names, by package and name.
func collectInterfaces(f File, into map[[2]string]*ast.InterfaceType) {
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			if i, ok := spec.Type.(*ast.InterfaceType); ok {
				into[[2]string{f.dir(), spec.Name.Name}] = i
			}
		}
		return true
	})
}

// asks counts the methods of an interface, with those of the interfaces of the
// same package that it embeds.
func asks(of [2]string, all map[[2]string]*ast.InterfaceType) int {
	n := 0
	for _, field := range all[of].Methods.List {
		embedded, ok := field.Type.(*ast.Ident)
		if inner := [2]string{of[0], ""}; ok && len(field.Names) == 0 {
			inner[1] = embedded.Name
			if all[inner] != nil {
				n += asks(inner, all)
				continue
			}
		}
		n += max(1, len(field.Names))
	}
	return n
}

func receiver(method *ast.FuncDecl) string {
	t := method.Recv.List[0].Type
	for {
		switch of := t.(type) {
		case *ast.StarExpr:
			t = of.X
		case *ast.IndexExpr:
			t = of.X
		case *ast.IndexListExpr:
			t = of.X
		case *ast.Ident:
			return of.Name
		default:
			return ""
		}
	}
}
