// Package history owns what was applied to broadcasts before: titles, categories
// and hashtags, to be found and used again.
package history

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// Options are what a History is given; all are needed.
type Options struct {
	// Dir is the configuration folder.
	Dir   string
	Locks *storage.Locks
	Now   func() time.Time
	Emit  func(...state.Event)
	// Broken is told where a file went that could not be read.
	Broken func(kept string, err error)
	// Changed is told that other Cuelights have something new to read.
	Changed func()
}

// History is the only writer of history.json. Several processes may change the
// file; none loses what another wrote. Its methods may be called from any goroutine.
type History struct {
	opt  Options
	file *storage.Document[document]
	// turn holds a token while the file is read or changed: what is shown never goes
	// back to something older.
	turn chan struct{}

	mu sync.Mutex // guards known; never held over I/O
	// known is what the file held last.
	known document
}

// New makes a History. It reads nothing yet, see Reload.
func New(opt Options) *History {
	return &History{
		opt: opt, turn: make(chan struct{}, 1),
		file: &storage.Document[document]{
			Path: filepath.Join(opt.Dir, FileName), Locks: opt.Locks, Decode: decode, Now: opt.Now, Broken: opt.Broken,
			Max: storage.MaxList,
		},
	}
}

// Reload reads what is there, and shows it in the State.
func (h *History) Reload(ctx context.Context) error {
	return h.alone(ctx, func() (document, error) { return h.file.Read(ctx) })
}

// Remember keeps what was applied, or counts up the entry that is the same.
func (h *History) Remember(ctx context.Context, use Use) error {
	return h.update(ctx, func(d *document) error {
		d.remember(use)
		return nil
	})
}

// Star marks an entry as a favourite, which is kept however old it is, or takes
// the mark away. The error of kind ErrUsage says that there is no such entry.
func (h *History) Star(ctx context.Context, id string, on bool) error {
	err := h.update(ctx, func(d *document) error {
		at := slices.IndexFunc(d.Entries, func(e entry) bool { return e.ID == id })
		if at < 0 {
			return unknown(id)
		}
		if on && !d.Entries[at].Favorite && d.favorites() >= MaxFavorites {
			return &providers.Error{Kind: providers.ErrUsage, Op: "history", Reason: "history.full", Limit: MaxFavorites}
		}
		d.Entries[at].Favorite = on
		return nil
	})
	return h.changed(err)
}

func (d *document) favorites() int {
	n := 0
	for _, e := range d.Entries {
		if e.Favorite {
			n++
		}
	}
	return n
}

// Remove forgets an entry. The error of kind ErrUsage says that there is none.
func (h *History) Remove(ctx context.Context, id string) error {
	err := h.update(ctx, func(d *document) error {
		before := len(d.Entries)
		d.Entries = slices.DeleteFunc(d.Entries, func(e entry) bool { return e.ID == id })
		if len(d.Entries) == before {
			return unknown(id)
		}
		d.ageOut()
		return nil
	})
	return h.changed(err)
}

// Entry gives an entry of the file. The error of kind ErrUsage says that there is
// none.
func (h *History) Entry(ctx context.Context, id string) (state.Past, error) {
	if err := h.Reload(ctx); err != nil {
		return state.Past{}, err
	}
	d := h.document()
	at := slices.IndexFunc(d.Entries, func(e entry) bool { return e.ID == id })
	if at < 0 {
		return state.Past{}, unknown(id)
	}
	return d.Entries[at].past(), nil
}

func unknown(id string) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "history", Reason: "history.unknown", Err: errors.New(id)}
}

// Episodes gives the count of a title that has {episode}, as it was read last.
func (h *History) Episodes(platform, title string) titletemplate.Episodes {
	d := h.document()
	return d.episodes(platform, normalTitle(title))
}

// SetEpisode makes a number the next one of a title.
func (h *History) SetEpisode(ctx context.Context, platform, title string, number int) error {
	err := h.update(ctx, func(d *document) error {
		d.count(platform, normalTitle(title), titletemplate.EpisodesFrom(number))
		d.ageOut()
		return nil
	})
	return h.changed(err)
}

// LastEnded is when the last broadcast was seen to end, as it was read last; zero
// where none was.
func (h *History) LastEnded() time.Time { return h.document().Ended }

// Ended keeps that a broadcast has ended.
func (h *History) Ended(ctx context.Context, at time.Time) error {
	return h.update(ctx, func(d *document) error {
		if at.After(d.Ended) {
			d.Ended = at
		}
		return nil
	})
}

func (h *History) changed(err error) error {
	if err == nil {
		h.opt.Changed()
	}
	return err
}

func (h *History) update(ctx context.Context, change func(*document) error) error {
	return h.alone(ctx, func() (document, error) { return h.file.Update(ctx, change) })
}

// alone reads or changes the file, one at a time, and shows what it holds then.
func (h *History) alone(ctx context.Context, do func() (document, error)) error {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.turn }()
	d, err := do()
	if err != nil {
		return err
	}
	h.mu.Lock()
	h.known = d
	h.mu.Unlock()
	shown := make([]state.Past, len(d.Entries))
	for i, e := range d.Entries {
		shown[i] = e.past()
	}
	h.opt.Emit(state.HistoryChanged{History: shown})
	return nil
}

func (h *History) document() document {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.known
}
