package preset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"

	"cuelight/app/state"
	"cuelight/app/storage"
)

// Export writes all presets to a file, and tells how many. There is no secret in
// it.
func (s *Store) Export(ctx context.Context, path string) (int, error) {
	list, err := s.Load(ctx)
	if err != nil {
		return 0, err
	}
	if err := storage.WriteJSON(path, document{Presets: list}, storage.MaxJSON); err != nil {
		return 0, err
	}
	return len(list), nil
}

// ImportError is that a file was not imported because of one of its presets.
type ImportError struct {
	// Name is the preset's, Err what is wrong with it.
	Name string
	Err  error
}

func (e *ImportError) Error() string { return fmt.Sprintf("preset %q: %v", e.Name, e.Err) }

func (e *ImportError) Unwrap() error { return e.Err }

// Import adds the presets of a file: all, or with an error none. One whose name is
// taken gets another, one that is there already is left out. check judges each,
// and what it says comes in an *ImportError. It gives the names of those that were
// added.
func (s *Store) Import(ctx context.Context, path string, check func(state.Preset) error) ([]string, error) {
	list, err := readExported(path)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		if err := check(p); err != nil {
			return nil, &ImportError{Name: p.Name, Err: err}
		}
	}
	added := []string{}
	return added, s.update(ctx, func(d *document) error {
		for _, p := range list {
			if i := indexOf(d.Presets, p.Name); i >= 0 && reflect.DeepEqual(d.Presets[i], p) {
				continue
			}
			p.Name = d.freeName(p.Name)
			if err := d.add(p); err != nil {
				return err
			}
			added = append(added, p.Name)
		}
		return nil
	})
}

func readExported(path string) ([]state.Preset, error) {
	data, err := storage.ReadJSON(path, storage.MaxJSON)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %w", refusal("", "preset.no_file", 0), err)
	case errors.Is(err, storage.ErrTooLarge):
		return nil, fmt.Errorf("%w: %w", refusal("", "preset.broken_file", 0), err)
	case err != nil:
		return nil, err
	}
	read, err := decode(data)
	if err == nil && len(read.Presets) == 0 {
		err = errDamaged
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", filepath.Base(path), refusal("", "preset.broken_file", 0), err)
	}
	return read.Presets, nil
}

// freeName gives a name that no preset has, as near as can be.
func (d *document) freeName(name string) string {
	free := name
	for i := 2; indexOf(d.Presets, free) >= 0; i++ {
		number := fmt.Sprintf(" %d", i)
		stem := []rune(name)
		free = string(stem[:min(len(stem), MaxName-len(number))]) + number
	}
	return free
}
