package tencent

import (
	"maps"
	"slices"
	"sync"
)

// maxPages bounds the cursors remembered: each reload of a list adds some.
const maxPages = 64

// pageHistory remembers, for each cursor, which rooms the pages before it have
// shown.
type pageHistory struct {
	mu sync.Mutex // guards what follows
	// shown are the rooms shown before each cursor, order the cursors by when
	// they were last seen.
	shown map[string]map[string]bool
	order []string
}

func newPageHistory() *pageHistory { return &pageHistory{shown: map[string]map[string]bool{}} }

// unseen records a page, its cursor, the next cursor and the rooms on it, and
// returns the rooms that no earlier page has shown. The same page may be recorded
// again with the same result.
func (w *pageHistory) unseen(cursor, next string, ids []string) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := map[string]bool{}
	if cursor != "" {
		before = w.shown[cursor]
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
		w.remember(next, after)
	}
	return fresh
}

func (w *pageHistory) remember(next string, seen map[string]bool) {
	if at := slices.Index(w.order, next); at >= 0 {
		w.order = slices.Delete(w.order, at, at+1)
	}
	w.order = append(w.order, next)
	w.shown[next] = seen
	if len(w.order) > maxPages {
		delete(w.shown, w.order[0])
		w.order = slices.Delete(w.order, 0, 1)
	}
}
