package storage

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

type list struct {
	Names []string `json:"names"`
}

func openList(dir string, broken func(string, error)) *Document[list] {
	return &Document[list]{
		Path: filepath.Join(dir, "list.json"), Locks: NewLocks(filepath.Join(dir, "locks")), Now: time.Now, Broken: broken,
		Decode: func(data []byte) (l list, err error) { return l, json.Unmarshal(data, &l) },
	}
}

// Two documents of one folder stand for two processes: each has locks of its own.
func TestNoChangeOfADocumentIsLost(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made when it is needed")
	var work sync.WaitGroup
	for process := range 3 {
		d := openList(dir, nil)
		work.Go(func() {
			for i := range 20 {
				name := strconv.Itoa(process) + "-" + strconv.Itoa(i)
				if _, err := d.Update(t.Context(), func(l *list) error { l.Names = append(l.Names, name); return nil }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	if l, err := openList(dir, nil).Read(t.Context()); err != nil || len(l.Names) != 60 {
		t.Errorf("%d of 60 changes are there, %v", len(l.Names), err)
	}
}

func TestABrokenDocumentIsKeptAside(t *testing.T) {
	for _, c := range []struct{ name, content string }{
		{"cut off", `{"names": ["a"`}, {"of another kind", `[1]`}, {"empty", ``}, {"too large", strings.Repeat(" ", MaxJSON+1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "list.json")
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			kept := ""
			d := openList(dir, func(name string, err error) {
				if err == nil {
					t.Error("no reason was given")
				}
				kept = name
			})
			if l, err := d.Read(t.Context()); err != nil || len(l.Names) != 0 {
				t.Fatalf("got %v, %v", l, err)
			}
			if data, err := os.ReadFile(kept); err != nil || string(data) != c.content {
				t.Errorf("what was broken is not kept: %v", err)
			}
			if _, err := d.Update(t.Context(), func(l *list) error { l.Names = []string{"new"}; return nil }); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAChangeThatRefusesLeavesTheDocument(t *testing.T) {
	dir := t.TempDir()
	d := openList(dir, nil)
	if _, err := d.Update(t.Context(), func(l *list) error { l.Names = []string{"a"}; return nil }); err != nil {
		t.Fatal(err)
	}
	no := errors.New("no")
	if _, err := d.Update(t.Context(), func(l *list) error { l.Names = nil; return no }); !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
	if l, err := d.Read(t.Context()); err != nil || len(l.Names) != 1 {
		t.Errorf("the document holds %v, %v", l, err)
	}
}
