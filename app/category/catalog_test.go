package category

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cuelight/providers"
)

var (
	noon    = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	errAway = errors.New("away")
)

// platform answers with one list for each locale.
type platform struct {
	asked int
	err   error
	// while, where set, runs while the platform is asked.
	while func()
	// name begins the names it gives.
	name string
}

func (p *platform) Locales() []string { return []string{"ko_KR", "en_US"} }

func (p *platform) Categories(_ context.Context, locale string) ([]providers.Category, error) {
	p.asked++
	if p.while != nil {
		p.while()
	}
	if p.err != nil {
		return nil, p.err
	}
	return []providers.Category{{Number: "1", Name: p.name + locale}}, nil
}

// rig is a Catalog with its clock.
type rig struct {
	*Catalog
	now time.Time
	dir string
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{now: noon, dir: t.TempDir()}
	r.again()
	return r
}

// again begins another run on the same folder.
func (r *rig) again() {
	r.Catalog = New(Options{
		Dir: filepath.Join(r.dir, "categories"), Now: func() time.Time { return r.now }, Log: slog.New(slog.DiscardHandler),
	})
}

func (r *rig) want(t *testing.T, p *platform, name string, asked int) {
	t.Helper()
	list, err := r.List(t.Context(), "mine", p, "")
	if err != nil || len(list) != 1 || list[0].Name != name || p.asked != asked {
		t.Errorf("got %v, %v; asked %d times, want %q after %d", list, err, p.asked, name, asked)
	}
}

func TestAListIsAskedForOnceADay(t *testing.T) {
	r, p := newRig(t), &platform{name: "old "}
	r.want(t, p, "old ko_KR", 1)
	r.now = noon.Add(FreshFor - time.Second)
	p.name = "new "
	r.want(t, p, "old ko_KR", 1)
	r.again()
	r.want(t, p, "old ko_KR", 1)
	r.now = noon.Add(FreshFor)
	r.want(t, p, "new ko_KR", 2)
	r.now = noon.Add(-time.Second) // the clock was wrong: the list seems to come from the future
	r.want(t, p, "new ko_KR", 3)
}

func TestAnOlderListServesWhileThePlatformIsAway(t *testing.T) {
	r, p := newRig(t), &platform{}
	r.want(t, p, "ko_KR", 1)
	r.now = noon.Add(3 * FreshFor)
	r.again()
	p.err = errAway
	r.want(t, p, "ko_KR", 2)
	p.err = &providers.Error{Kind: providers.ErrSignIn}
	if _, err := r.List(t.Context(), "mine", p, ""); !errors.Is(err, providers.ErrSignIn) {
		t.Errorf("signed out: %v", err)
	}
	p.err = errAway
	if _, err := r.List(t.Context(), "another", p, ""); !errors.Is(err, errAway) {
		t.Errorf("another account's list was used: %v", err)
	}
}

func TestAnIndexIsMadeOnceForAList(t *testing.T) {
	r, p := newRig(t), &platform{name: "old "}
	index := func() *Index {
		t.Helper()
		x, err := r.Index(t.Context(), "mine", p)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	first := index()
	if len(first.Search("old en_US")) != 1 {
		t.Error("the other locale's name is not found")
	}
	if index() != first {
		t.Error("made again for the same list")
	}
	r.now, p.name = noon.Add(FreshFor), "new "
	second := index()
	if len(second.Search("new")) != 1 {
		t.Errorf("an index of the old list: %v", second.All())
	}
	p.err = errAway
	r.Forget("mine")
	if _, err := r.Index(t.Context(), "mine", p); !errors.Is(err, errAway) {
		t.Errorf("an index of what was forgotten: %v", err)
	}
}

func TestForgettingAlsoForgetsWhatAnotherRunKept(t *testing.T) {
	r, p := newRig(t), &platform{}
	r.want(t, p, "ko_KR", 1)
	if _, err := r.List(t.Context(), "another", p, ""); err != nil {
		t.Fatal(err)
	}
	r.again()
	r.Forget("mine")
	r.again()
	r.want(t, p, "ko_KR", 3)
	r.again()
	if _, err := r.List(t.Context(), "another", p, ""); err != nil || p.asked != 3 {
		t.Errorf("the other account's list is gone as well: asked %d times, %v", p.asked, err)
	}
}

func TestAListThatComesAfterItsAccountIsGoneIsNotKept(t *testing.T) {
	r, p := newRig(t), &platform{}
	p.while = func() { r.Forget("mine") }
	if _, err := r.Index(t.Context(), "mine", p); err != nil {
		t.Fatal(err)
	}
	p.while = nil
	if files, _ := filepath.Glob(filepath.Join(r.dir, "categories", "*")); len(files) != 0 {
		t.Errorf("kept as %v", files)
	}
	asked := p.asked
	r.want(t, p, "ko_KR", asked+1)
}

func TestAFileOfAnotherListIsNotRead(t *testing.T) {
	r, p := newRig(t), &platform{}
	r.want(t, p, "ko_KR", 1)
	file := r.file(listKey{"mine", "ko_KR"})
	for i, content := range []string{
		"", "{", `{"account":"another","locale":"ko_KR","at":"2026-03-14T12:00:00Z","list":[{"number":"1","name":"x"}]}`,
		`{"account":"mine","locale":"en_US","at":"2026-03-14T12:00:00Z","list":[{"number":"1","name":"x"}]}`,
		`{"account":"mine","locale":"ko_KR","at":"2026-03-14T12:00:00Z","list":[]}`,
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		r.again()
		r.want(t, p, "ko_KR", i+2)
	}
}

func TestAFolderThatCannotBeMadeHoldsNothingUp(t *testing.T) {
	r, p := newRig(t), &platform{}
	if err := os.WriteFile(filepath.Join(r.dir, "categories"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.want(t, p, "ko_KR", 1)
	r.want(t, p, "ko_KR", 1) // from memory
}
