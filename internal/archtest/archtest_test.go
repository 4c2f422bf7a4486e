package archtest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const root = "../.."

func TestTheHouseIsInOrder(t *testing.T) {
	files, err := Files(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 100 {
		t.Fatalf("only %d files found below %s: the check reads the wrong tree", len(files), root)
	}
	for _, broken := range Broken(files) {
		t.Error(broken)
	}
}

func TestNothingBelongsToOneMachine(t *testing.T) {
	found, err := MachinePaths(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range found {
		t.Error(broken)
	}
}

// good is a tree that breaks nothing; each case below spoils it in one way.
func good() fstest.MapFS {
	tree := fstest.MapFS{}
	add := func(name, pkg string, imports ...string) {
		tree[name] = &fstest.MapFile{Data: []byte(source(pkg, imports...))}
	}
	add("main.go", "main", "cuelight/app", "cuelight/app/command", "cuelight/app/desktop", "fyne.io/fyne/v2/app")
	add("app/app.go", "app", "cuelight/obs", "cuelight/providers/soop", "cuelight/internal/secret")
	add("app/vault/keyring.go", "vault", "github.com/zalando/go-keyring")
	add("app/command/command.go", "command", "cuelight/app", "cuelight/app/words", "cuelight/providers")
	add("app/command/command_test.go", "command", "cuelight/app/command", "cuelight/providers/soop")
	add("app/desktop/window.go", "desktop", "cuelight/app", "cuelight/widgets", "fyne.io/fyne/v2/widget")
	add("app/words/words.go", "words", "cuelight/app", "cuelight/obs", "cuelight/providers")
	add("obs/wire.go", "obs", "github.com/andreykaipov/goobs/api")
	add("obs/obs_test.go", "obs", "cuelight/internal/realobs")
	add("widgets/field.go", "widgets", "fyne.io/fyne/v2")
	return tree
}

func source(pkg string, imports ...string) string {
	var b strings.Builder
	b.WriteString("package " + pkg + "\n\n")
	for _, imported := range imports {
		b.WriteString("import _ \"" + imported + "\"\n")
	}
	return b.String()
}

func TestAGoodTreeIsLetPass(t *testing.T) {
	files, err := Files(good())
	if err != nil {
		t.Fatal(err)
	}
	if broken := Broken(files); len(broken) != 0 {
		t.Errorf("a tree in order is blamed for %q", broken)
	}
}

func manyMethods(n int) string {
	var b strings.Builder
	b.WriteString("type engine struct{}\n")
	for i := range n {
		fmt.Fprintf(&b, "func (e *engine) m%d() {}\n", i)
	}
	return b.String()
}

func wideInterface(n int) string {
	var b strings.Builder
	b.WriteString("type wide interface {\n")
	for i := range n {
		fmt.Fprintf(&b, "\tm%d()\n", i)
	}
	return b.String() + "}\n"
}

// A package is too large by all its files together.
func TestAPackageThatGrewTooLargeIsFound(t *testing.T) {
	tree := good()
	for i := range 9 {
		tree[fmt.Sprintf("app/part%d.go", i)] = &fstest.MapFile{Data: []byte(source("app") + strings.Repeat("//\n", 290))}
		tree[fmt.Sprintf("app/part%d_test.go", i)] = &fstest.MapFile{Data: []byte(source("app") + strings.Repeat("//\n", 290))}
	}
	files, err := Files(tree)
	if err != nil {
		t.Fatal(err)
	}
	broken := Broken(files)
	if len(broken) != 1 || !strings.Contains(broken[0], "package app has 2") {
		t.Errorf("got %q", broken)
	}
}

func TestEachBrokenRuleIsFound(t *testing.T) {
	for _, c := range []struct{ name, file, source, says string }{
		{"obs reaches up", "obs/up.go", source("obs", "cuelight/app"), "obs must not"},
		{"obs reaches across", "obs/obssim/x.go", source("obssim", "cuelight/providers"), "obs must not"},
		{"a provider reaches up", "providers/soop/x.go", source("soop", "cuelight/app/words"), "providers must not"},
		{"a provider reaches across", "providers/soop/x.go", source("soop", "cuelight/obs/obssim"), "providers must not"},
		{"a widget knows Cuelight", "widgets/x.go", source("widgets", "cuelight/providers"), "widgets must not"},
		{"app knows a face", "app/x.go", source("app", "cuelight/app/desktop"), "app must not"},
		{"app knows the words", "app/x.go", source("app", "cuelight/app/words"), "app must not"},
		{"app knows the widgets", "app/x.go", source("app", "cuelight/widgets"), "app must not"},
		{"the terminal knows the window", "app/command/x.go", source("command", "cuelight/app/desktop"), "app/command must not"},
		{"the window knows the terminal", "app/desktop/x.go", source("desktop", "cuelight/app/command"), "app/desktop must not"},
		{"a face opens a platform itself", "app/command/x.go", source("command", "cuelight/providers/soop"), "app/command must not"},
		{"main goes past the faces", "x.go", source("main", "cuelight/obs"), "main must not"},
		{"the secret is no leaf", "internal/secret/x.go", source("secret", "cuelight/providers"), "internal/secret must not"},
		{"the filter of text is no leaf", "internal/text/x.go", source("text", "cuelight/providers"), "internal/text must not"},
		{"end to end looks inside", "app/endtoend/x_test.go", source("endtoend", "cuelight/app"), "app/endtoend must not"},
		{"the program starts test parts", "app/x.go", source("app", "cuelight/internal/realobs"), "only tests may"},
		{"an unknown place", "helpers/x.go", source("helpers"), "in no part of the house"},
		{"Fyne in the use cases", "app/x.go", source("app", "fyne.io/fyne/v2"), "belongs to"},
		{"Fyne in the terminal", "app/command/x.go", source("command", "fyne.io/fyne/v2/lang"), "belongs to"},
		{"the tray outside", "obs/x.go", source("obs", "fyne.io/systray"), "belongs to"},
		{"a second Fyne driver", "app/desktop/x.go", source("desktop", "fyne.io/fyne/v2/app"), "belongs to"},
		{"goobs outside obs", "app/x.go", source("app", "github.com/andreykaipov/goobs/api/requests"), "belongs to"},
		{"a keyring of its own", "app/vault/other.go", source("vault", "github.com/zalando/go-keyring"), "instead of one"},
		{"the keyring outside the vault", "app/other.go", source("app", "github.com/zalando/go-keyring"), "belongs to"},
		{"hidden behind a build tag", "obs/x_windows.go", "//go:build windows\n\n" + source("obs", "cuelight/app"), "obs must not"},
		{"too long", "app/long.go", source("app") + strings.Repeat("//\n", 310), "no file passes"},
		{"a type that knows everything", "app/engine.go", source("app") + manyMethods(41), "has 41 methods"},
		{"an interface that asks for everything", "app/wide.go", source("app") + wideInterface(13), "has 13 methods"},
		{"an interface that asks by embedding", "app/wide.go", source("app") + wideInterface(12) + "type wider interface {\n\twide\n\tmore()\n}\n", "has 13 methods"},
		{"a mutex without a word", "app/locks.go", source("app", "sync") + "type t struct {\n\tmu sync.Mutex\n}\n", "does not say what it guards"},
		{"a face on the network", "app/desktop/x.go", source("desktop", "net/http"), "never talks to the network"},
		{"a face in the files", "app/command/x.go", source("command", "os") + "func f() { os.ReadFile(\"x\") }\n", "never touches files"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := good()
			tree[c.file] = &fstest.MapFile{Data: []byte(c.source)}
			files, err := Files(tree)
			if err != nil {
				t.Fatal(err)
			}
			broken := Broken(files)
			if !slices.ContainsFunc(broken, func(s string) bool { return strings.Contains(s, c.says) }) {
				t.Errorf("want a complaint with %q, got %q", c.says, broken)
			}
		})
	}
}

func TestMachinePathsAreFoundWhereverTheyStand(t *testing.T) {
	tree := fstest.MapFS{
		"fine.go":     {Data: []byte("package x // see /homes, /roots and /home/u/x\n")},
		"README.md":   {Data: []byte("see " + "/" + "Users/somebody/x\n")},
		"scripts/x":   {Data: []byte("HOME=" + "/" + "root/go\n")},
		"app/u.json":  {Data: []byte(`"` + "/" + `home/somebody/x"`)},
		"icon.png":    {Data: []byte("\x89PNG\x00" + "/" + "root/x")},
		".git/config": {Data: []byte("/" + "root/x")},
	}
	found, err := MachinePaths(tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "scripts/x", "app/u.json"} {
		if !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, name+":") }) {
			t.Errorf("%s is not found in %q", name, found)
		}
	}
	if len(found) != 3 {
		t.Errorf("3 files refer to a machine, found %q", found)
	}
}
