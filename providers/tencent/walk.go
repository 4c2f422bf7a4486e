package tencent

import (
	"maps"
	"slices"
	"sync"
)

// maxWalks bounds the walks remembered: a window that is refreshed begins one
// each time.
const maxWalks = 64

// walks remember, for each cursor given out, which rooms the pages before it
// have shown.
type walks struct {
	mu    sync.Mutex
	seen  map[string]map[string]bool
	order []string
}

func newWalks() *walks { return &walks{seen: map[string]map[string]bool{}} }

// step takes a page: cursor led to it, next leads on, ids are its rooms. It
// gives those that no page before has shown. The same page may be asked for
// again and gives the same.
func (w *walks) step(cursor, next string, ids []string) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := map[string]bool{}
	if cursor != "" {
		before = w.seen[cursor]
	}
	after, fresh := maps.Clone(before), map[string]bool{}
	if after == nil {
		after = map[string]bool{}
	}
	for _, id := range ids {
		if id != "" && !before[id] {
			fresh[id] = true
		}
		after[id] = true
	}
	if next != "" {
		w.keep(next, after)
	}
	return fresh
}

func (w *walks) keep(next string, seen map[string]bool) {
	if at := slices.Index(w.order, next); at >= 0 {
		w.order = slices.Delete(w.order, at, at+1)
	}
	w.order = append(w.order, next)
	w.seen[next] = seen
	if len(w.order) > maxWalks {
		delete(w.seen, w.order[0])
		w.order = slices.Delete(w.order, 0, 1)
	}
}
