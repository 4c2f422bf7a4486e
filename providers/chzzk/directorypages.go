package chzzk

import (
	"sync"

	"cuelight/providers"
)

// maxPages bounds the answers that are read of a list whose cursors have no end.
const maxPages = 500

// directoryPages are the pages of the list as far as it was read. The platform
// gives each of its pages a cursor to the next and no number, and repeats a
// broadcast that has moved down meanwhile; here each is on one page.
type directoryPages struct {
	mu    sync.Mutex // guards what follows
	pages [][]providers.LiveEntry
	// shown are the broadcasts on them, by ID.
	shown map[string]bool
	// from is where the list is read on.
	from position
	// end: there is nothing more to read.
	end bool
}

// position is a place in the list.
type position struct {
	// reading counts how often the list was begun, read the answers since.
	reading, read int
	cursor        string
}

// reset begins the list anew.
func (p *directoryPages) reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages, p.shown, p.end = nil, nil, false
	p.from = position{reading: p.from.reading + 1}
}

// page is a page that was read, or an empty one behind the end. Where known is
// false, the list has to be read on from a position first.
func (p *directoryPages) page(number int) (entries []providers.LiveEntry, from position, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case number <= len(p.pages):
		return p.pages[number-1], p.from, true
	case p.end:
		return []providers.LiveEntry{}, p.from, true
	}
	return nil, p.from, false
}

// add adds what was read from a position, unless somebody else has meanwhile.
func (p *directoryPages) add(from position, rows []liveRow, next string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.from != from {
		return
	}
	p.from.read, p.from.cursor = from.read+1, next
	p.end = next == "" || next == from.cursor || p.from.read >= maxPages
	if p.shown == nil {
		p.shown = make(map[string]bool)
	}
	var fresh []providers.LiveEntry
	for _, r := range rows[:min(len(rows), perPage)] {
		if e := r.entry(); e.ID != "" && e.UserID != "" && e.Title != "" && !p.shown[e.ID] {
			p.shown[e.ID] = true
			fresh = append(fresh, e)
		}
	}
	if len(fresh) > 0 {
		p.pages = append(p.pages, fresh)
	}
}
