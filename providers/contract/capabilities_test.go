package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cuelight/providers"
)

// capability is one interface of providers/capabilities.go.
type capability struct {
	name string
	has  func(providers.Session) bool
}

func is[T any]() capability {
	return capability{nameOf[T](), func(s providers.Session) bool { _, ok := s.(T); return ok }}
}

// nameOf gives the name of an interface.
func nameOf[T any]() string { return reflect.TypeFor[T]().Name() }

// all are the capabilities that a session may have.
func all() []capability {
	return []capability{
		is[providers.SignedIn](), is[providers.Revoker](), is[providers.Identifier](), is[providers.BrowserSignIn](), is[providers.NumberSignIn](),
		is[providers.TokenSignIn](), is[providers.Verifier](), is[providers.Forgetter](), is[providers.TokenInfo](),
		is[providers.Ingester](), is[providers.IngestKeeper](), is[providers.Creators](), is[providers.KeyResetter](), is[providers.Editor](),
		is[providers.IngestEditor](), is[providers.Categories](), is[providers.CategorySearch](), is[providers.LiveStatus](), is[providers.StationInfo](),
		is[providers.Directory](), is[providers.Overlays](), is[providers.Filters](), is[providers.Embeds](),
		is[providers.Statistics](), is[providers.Channels](), is[providers.EncoderLimits](),
	}
}

func TestEveryCapabilityHasAPlaceInTheContract(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../capabilities.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared, known []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			if _, ok := spec.Type.(*ast.InterfaceType); ok {
				declared = append(declared, spec.Name.Name)
			}
		}
		return true
	})
	for _, c := range all() {
		known = append(known, c.name)
	}
	slices.Sort(declared)
	slices.Sort(known)
	if !slices.Equal(declared, known) {
		t.Errorf("declared are %q,\nthe contract knows %q", declared, known)
	}
}

func TestNoPlatformSilentlyLosesOrGainsACapability(t *testing.T) {
	for _, p := range platforms() {
		t.Run(p.name, func(t *testing.T) {
			run(t, p, func(w *world) {
				s := w.open()
				var has []string
				for _, c := range all() {
					if c.has(s) {
						has = append(has, c.name)
					}
				}
				want := slices.Clone(p.capabilities)
				slices.Sort(has)
				slices.Sort(want)
				if !slices.Equal(has, want) {
					w.t.Errorf("it has\n%s,\nthe table says\n%s", strings.Join(has, " "), strings.Join(want, " "))
				}
			})
		})
	}
}
