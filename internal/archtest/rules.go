package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// support are the packages that start real parts for tests; only tests, and
// each other, may import them.
var support = []string{"internal/realparts", "internal/realobs", "internal/keyringtest", "internal/peakmemory", "internal/archtest"}

// leaves import nothing of ours, and everybody may import them.
var leaves = []string{"internal/secret", "internal/text", "internal/version", "internal/localfile"}

// area is one part of the house: the trees it spans, and those of our own
// that it may import beside itself and the leaves.
type area struct {
	name  string
	trees []string
	may   []string
	// mayExactly are packages it may import without those below them: the
	// vocabulary of a layer and not its workings.
	mayExactly []string
	// tests are what only its tests may import: faces are tried on real
	// platforms' code, which main lends them otherwise, and the core's errors are
	// held to having words.
	tests []string
}

// platforms are the clients of real platforms.
var platforms = []string{"providers/soop", "providers/kollus", "providers/tencent", "providers/chzzk"}

// owners are the rooms below app that own what must be changed by one hand.
var owners = []string{
	"app/config", "app/vault", "app/category", "app/history", "app/preset", "app/rule", "app/features", "app/foreground", "app/monitor", "app/preflight", "app/sound",
	"app/diagnostics", "app/refresh", "app/sessions", "app/signin", "app/obslink", "app/obshosts", "app/destination", "app/sandbox",
	"app/titletemplate", "app/link",
	"app/titles",
}

// owner is a room of app whose type is the only one that writes something. It
// is given what it needs; app is above it.
func owner(name string, may ...string) area {
	return area{
		name: name, trees: []string{name},
		may: append([]string{"obs", "providers", "app/state", "app/storage"}, may...),
	}
}

// areas are looked up in this order: the first that holds a package counts.
var areas = []area{
	{name: "internal/secret", trees: []string{"internal/secret"}},
	{name: "internal/text", trees: []string{"internal/text"}},
	{name: "internal/version", trees: []string{"internal/version"}},
	{name: "internal/localfile", trees: []string{"internal/localfile"}},
	{name: "test support", trees: support, may: support},
	{name: "obs", trees: []string{"obs"}},
	{name: "providers", trees: []string{"providers"}},
	{name: "widgets", trees: []string{"widgets"}},
	{
		name: "app/words", trees: []string{"app/words"},
		may: []string{"obs", "providers"}, mayExactly: append([]string{"app", "app/state", "app/storage", "app/task"}, owners...),
	},
	// The end-to-end tests meet the program as a user does: as a process.
	{name: "app/endtoend", trees: []string{"app/endtoend"}},
	// What the window's side has of the machine, without a toolkit.
	{name: "app/desktop/instance", trees: []string{"app/desktop/instance"}, may: []string{"app/storage"}},
	{name: "app/desktop/trayhost", trees: []string{"app/desktop/trayhost"}, may: []string{"app/vault"}},
	{
		name: "app/desktop", trees: []string{"app/desktop"},
		may: []string{"widgets", "app/words", "obs"}, mayExactly: append([]string{"app", "app/search", "app/state", "app/task", "providers"}, owners...),
		tests: platforms,
	},
	{
		name: "app/command", trees: []string{"app/command"},
		may: []string{"app/words", "obs"}, mayExactly: append([]string{"app", "app/state", "app/task", "providers"}, owners...),
		tests: platforms,
	},
	{name: "app/state", trees: []string{"app/state"}, may: []string{"obs", "providers", "app/titletemplate"}},
	{name: "app/titletemplate", trees: []string{"app/titletemplate"}, mayExactly: []string{"providers"}},
	{name: "app/link", trees: []string{"app/link"}},
	{name: "app/storage", trees: []string{"app/storage"}},
	{name: "app/opener", trees: []string{"app/opener"}},
	{name: "app/foreground", trees: []string{"app/foreground"}},
	{name: "app/sound", trees: []string{"app/sound"}},
	owner("app/refresh"),
	owner("app/signin", "app/sessions"),
	{name: "app/task", trees: []string{"app/task"}, may: []string{"app/state", "obs"}},
	{name: "app/statestore", trees: []string{"app/statestore"}, may: []string{"app/state", "providers"}},
	owner("app/config"),
	owner("app/vault"),
	{name: "app/search", trees: []string{"app/search"}},
	owner("app/category", "app/search", "app/config"),
	owner("app/history", "app/search", "app/titletemplate"),
	owner("app/preset", "app/task", "app/category", "app/titletemplate"),
	owner("app/rule"),
	{name: "app/features", trees: []string{"app/features"}, may: []string{"obs", "providers", "app/state", "app/task"}, mayExactly: []string{"app/sessions"}},
	owner("app/titles", "app/history", "app/titletemplate", "app/task", "app/category"),
	owner("app/monitor"),
	owner("app/preflight"),
	owner("app/diagnostics"),
	owner("app/sessions"),
	owner("app/obslink"),
	owner("app/obshosts", "app/config"),
	owner("app/destination", "app/vault", "app/config"),
	owner("app/sandbox", "app/vault", "app/config"),
	{name: "app", trees: []string{"app"}, may: append([]string{"obs", "providers", "app/state", "app/storage", "app/statestore", "app/task"}, owners...), tests: []string{"app/words"}},
	// main puts the program together: it picks the face and names the platforms.
	{
		name: "main", trees: []string{"."},
		may: []string{"app/desktop", "app/command", "app/words", "providers", "internal"}, mayExactly: []string{"app", "app/config", "app/state", "app/opener", "app/pictures", "app/sound"},
	},
	{name: "internal", trees: []string{"internal"}, may: []string{"internal"}},
}

// use says where a library may be imported.
type use struct {
	library string
	trees   []string
	// exactly the package itself is meant, not those below it.
	exactly bool
}

var uses = []use{
	{library: "fyne.io/fyne/v2/app", trees: []string{"."}, exactly: true},
	{library: "fyne.io", trees: []string{".", "app/desktop", "widgets"}},
	{library: "github.com/andreykaipov/goobs", trees: []string{"obs"}},
	{library: "github.com/zalando/go-keyring", trees: []string{"app/vault"}},
	{library: "github.com/chromedp", trees: []string{"internal/realparts", "providers/sandbox"}},
}

// Broken gives every rule that the files break, one sentence each.
func Broken(files []File) []string {
	var broken []string
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	for _, f := range files {
		checkOwn(f, say)
		checkForeign(f, say)
		checkFile(f, say)
	}
	checkKeyring(files, say)
	checkPackages(files, say)
	return broken
}

func areaOf(pkg string) (area, bool) {
	for _, a := range areas {
		if within(pkg, a.trees...) {
			return a, true
		}
	}
	return area{}, false
}

// allows reports whether packages of the area may import the package.
func (a area) allows(imported string) bool {
	if to, known := areaOf(imported); known && to.name == a.name {
		return true
	}
	return within(imported, a.may...) || slices.Contains(a.mayExactly, imported)
}

func checkOwn(f File, say func(string, ...any)) {
	from, known := areaOf(f.dir())
	if !known {
		say("%s is in no part of the house; say in internal/archtest what it may import", f.path)
		return
	}
	for _, imported := range f.own {
		switch {
		case within(imported, support...) && f.test():
		case within(imported, support...) && !within(f.dir(), support...):
			say("%s imports %s: only tests may", f.path, imported)
		case slices.Contains(leaves, imported) || from.allows(imported):
		case f.test() && slices.Contains(from.tests, imported):
		default:
			say("%s imports %s: %s must not", f.path, imported, from.name)
		}
	}
}

func checkForeign(f File, say func(string, ...any)) {
	for _, imported := range f.foreign {
		for _, u := range uses {
			if imported != u.library && (u.exactly || !strings.HasPrefix(imported, u.library+"/")) {
				continue
			}
			if !(f.dir() == "." && slices.Contains(u.trees, ".")) && !within(f.dir(), u.trees...) {
				say("%s imports %s: it belongs to %s only", f.path, imported, strings.Join(u.trees, ", "))
			}
		}
	}
}

// checkKeyring holds the system keyring to one place, where every call of it
// has its deadline.
func checkKeyring(files []File, say func(string, ...any)) {
	var importers []string
	for _, f := range files {
		if !f.test() && slices.Contains(f.foreign, "github.com/zalando/go-keyring") {
			importers = append(importers, f.path)
		}
	}
	if len(importers) != 1 {
		say("go-keyring is imported by %d files (%s) instead of one", len(importers), strings.Join(importers, ", "))
	}
}
