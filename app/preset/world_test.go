package preset_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/task"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// platform judges titles only, and has two categories.
type platform struct{ providers.Editor }

func (platform) Limits() providers.Limits {
	return providers.Limits{providers.FieldTitle: {Max: 10}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 2}, providers.FieldPassword: {}, providers.FieldWatermark: {Min: 1, Max: 6}}
}

func (platform) Check(p providers.Patch) error {
	refuse := func(field providers.FieldID) error {
		return &providers.Error{Kind: providers.ErrUsage, Field: string(field), Reason: "refused"}
	}
	switch {
	case p.Title != nil && (*p.Title == "" || len([]rune(*p.Title)) > 10):
		return refuse(providers.FieldTitle)
	case p.Hashtags != nil && len(*p.Hashtags) > 2:
		return refuse(providers.FieldHashtags)
	case p.Watermark != nil && *p.Watermark == 0:
		return refuse(providers.FieldWatermark)
	}
	return nil
}

// world is Presets with a platform that takes everything.
type world struct {
	*preset.Presets
	dir        string
	categories []providers.Category
	sent       []providers.Patch
	counted    []int // the episode of each
	moment     titletemplate.Moment
	broken     string
}

func newWorld(t *testing.T, dir string) *world {
	t.Helper()
	w := &world{dir: dir, categories: []providers.Category{{Number: "0001", Name: "게임"}, {Number: "0002", Name: "토크"}}}
	store := preset.NewStore(preset.StoreOptions{
		Dir: dir, Locks: storage.NewLocks(filepath.Join(dir, "locks")), Now: time.Now,
		Emit: func(...state.Event) {}, Changed: func() {}, Broken: func(kept string, _ error) { w.broken = kept },
	})
	w.Presets = preset.New(store, preset.Options{
		Target: func() (preset.Target, error) {
			return preset.Target{Account: "a", Platform: "soop", Check: platform{}.Check, Categories: func(context.Context) ([]providers.Category, error) {
				return w.categories, nil
			}}, nil
		},
		Check: func(string) state.DraftCheck { return platform{}.Check },
		Send: func(_ context.Context, change providers.Patch, episodes *titletemplate.Episodes, _ task.Progress) error {
			*episodes = episodes.Sent(w.moment)
			w.sent, w.counted = append(w.sent, change), append(w.counted, episodes.Number)
			return nil
		},
		Renamed: func(context.Context, string, string) error { return nil },
		Removed: func(context.Context, string) error { return nil },
	})
	return w
}

func ptr[T any](v T) *T { return &v }

func (w *world) save(t *testing.T, name string, p providers.Patch) {
	t.Helper()
	if _, err := w.Save(t.Context(), name, p); err != nil {
		t.Fatal(err)
	}
}

func (w *world) names(t *testing.T) []string {
	t.Helper()
	list, err := w.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}
