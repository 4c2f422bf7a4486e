package preset

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/titletemplate"
	"cuelight/internal/text"
	"cuelight/providers"
)

const (
	// FileName is that of the file in the configuration folder.
	FileName = "presets.json"
	// MaxName bounds a name, in characters; MaxPresets how many there may be.
	MaxName, MaxPresets = 40, 200
)

// document is the file, and what is exported.
type document struct {
	Presets []state.Preset `json:"presets"`
}

// readName reads a name that a person gives to a preset.
func readName(typed string) (string, error) {
	name, err := text.Name(typed)
	if err != nil {
		return name, providers.UnseenError("name", err)
	}
	switch length := len([]rune(name)); {
	case name == "" || text.Blank(name):
		return name, refusal("name", "preset.no_name", 0)
	case length > MaxName:
		return name, refusal("name", "preset.name_too_long", MaxName)
	}
	return name, nil
}

func indexOf(list []state.Preset, name string) int {
	return slices.IndexFunc(list, func(p state.Preset) bool { return p.Name == name })
}

func refusal(field, reason string, limit int) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "preset", Field: field, Reason: reason, Limit: limit}
}

func unknown(name string) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "preset", Reason: "preset.unknown", Err: fmt.Errorf("%q", name)}
}

// StoreOptions are what a Store is made of; all are needed.
type StoreOptions struct {
	// Dir is the configuration folder.
	Dir   string
	Locks *storage.Locks
	Now   func() time.Time
	// Emit puts the presets into the State.
	Emit func(...state.Event)
	// Broken is told where a file went that could not be read.
	Broken func(kept string, err error)
	// Changed is told of a change made here.
	Changed func()
}

// Store is the only writer of the presets. Its methods wait for the disk, and
// may be called from any goroutine.
type Store struct {
	opt  StoreOptions
	file storage.Document[document]
}

// NewStore makes a Store; it reads nothing yet.
func NewStore(opt StoreOptions) *Store {
	return &Store{opt: opt, file: storage.Document[document]{
		Path: filepath.Join(opt.Dir, FileName), Locks: opt.Locks, Decode: decode, Now: opt.Now, Broken: opt.Broken,
	}}
}

// Load reads the file, shows what is in it, and gives it.
func (s *Store) Load(ctx context.Context) ([]state.Preset, error) {
	found, err := s.file.Read(ctx)
	if err != nil {
		return nil, err
	}
	s.opt.Emit(state.PresetsChanged{Presets: found.Presets})
	return found.Presets, nil
}

// Find gives one preset as the file has it now.
func (s *Store) Find(ctx context.Context, name string) (state.Preset, error) {
	list, err := s.Load(ctx)
	if err != nil {
		return state.Preset{}, err
	}
	meant, _ := text.Name(name)
	i := indexOf(list, meant)
	if i < 0 {
		return state.Preset{}, unknown(name)
	}
	return list[i], nil
}

// Put keeps a preset: in the place of the one of that name, whose count of episodes
// goes on, or at the end.
func (s *Store) Put(ctx context.Context, p state.Preset) (added bool, err error) {
	return added, s.update(ctx, func(d *document) error {
		i := indexOf(d.Presets, p.Name)
		if added = i < 0; added {
			return d.add(p)
		}
		p.Episodes = d.Presets[i].Episodes
		d.Presets[i] = p
		return nil
	})
}

func (d *document) add(p state.Preset) error {
	if len(d.Presets) >= MaxPresets {
		return refusal("", "preset.too_many", MaxPresets)
	}
	d.Presets = append(d.Presets, p)
	return nil
}

// SetEpisodes keeps the count of a preset's broadcasts.
func (s *Store) SetEpisodes(ctx context.Context, name string, episodes titletemplate.Episodes) error {
	return s.update(ctx, func(d *document) error {
		i := indexOf(d.Presets, name)
		if i < 0 {
			return unknown(name)
		}
		d.Presets[i].Episodes = episodes
		return nil
	})
}

// Rename gives a preset another name, and tells both as they are kept.
func (s *Store) Rename(ctx context.Context, from, to string) (was, is string, err error) {
	if is, err = readName(to); err != nil {
		return "", "", err
	}
	was, _ = text.Name(from)
	return was, is, s.update(ctx, func(d *document) error {
		i := indexOf(d.Presets, was)
		switch {
		case i < 0:
			return unknown(from)
		case was != is && indexOf(d.Presets, is) >= 0:
			return refusal("name", "preset.name_taken", 0)
		}
		d.Presets[i].Name = is
		return nil
	})
}

// Remove forgets a preset, and tells its name as it was kept.
func (s *Store) Remove(ctx context.Context, name string) (removed string, err error) {
	removed, _ = text.Name(name)
	return removed, s.update(ctx, func(d *document) error {
		i := indexOf(d.Presets, removed)
		if i < 0 {
			return unknown(name)
		}
		d.Presets = slices.Delete(d.Presets, i, i+1)
		return nil
	})
}

// Move puts a preset at a place in the order, counted from 0; one past the end
// means the end.
func (s *Store) Move(ctx context.Context, name string, to int) error {
	return s.update(ctx, func(d *document) error {
		i := indexOf(d.Presets, name)
		if i < 0 {
			return unknown(name)
		}
		moved := d.Presets[i]
		d.Presets = slices.Delete(d.Presets, i, i+1)
		d.Presets = slices.Insert(d.Presets, min(max(to, 0), len(d.Presets)), moved)
		return nil
	})
}

// update changes the file and shows what it holds then.
func (s *Store) update(ctx context.Context, change func(*document) error) error {
	now, err := s.file.Update(ctx, change)
	if err != nil {
		return err
	}
	s.opt.Emit(state.PresetsChanged{Presets: now.Presets})
	s.opt.Changed()
	return nil
}
