package preset

import (
	"context"
	"slices"

	"cuelight/app/category"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/titletemplate"
	"cuelight/internal/text"
	"cuelight/providers"
)

// Target is where a preset is applied: an account, and what its platform can do.
type Target struct {
	Account string
	// Platform is the ID of its platform.
	Platform string
	// Check judges values by the platform's rules; a title is judged by the text
	// that it gives now.
	Check state.DraftCheck
	// Categories gives the platform's; nil where it has none.
	Categories func(context.Context) ([]providers.Category, error)
	// Known are the categories whose names are known where the platform has no list.
	Known []providers.Category
}

// Options are what Presets are made of; all are needed.
type Options struct {
	// Target gives the account in use.
	Target func() (Target, error)
	// Judge gives a platform's rules, nil where no account has it.
	Check func(platform string) state.DraftCheck
	// Send sends a change as an apply does: unless somebody else has changed the
	// same fields since they were last seen, and to be undone. The count of episodes
	// goes on where the title has a place for it.
	Send func(context.Context, providers.Patch, *titletemplate.Episodes, task.Progress) error
	// Renamed and Removed are told of what others refer to by name.
	Renamed func(ctx context.Context, from, to string) error
	Removed func(ctx context.Context, name string) error
}

// Presets are what is done with presets. The methods may be called from any
// goroutine.
type Presets struct {
	*Store
	opt Options
}

// New makes them.
func New(store *Store, opt Options) *Presets { return &Presets{store, opt} }

// Outcome is what applying or saving a preset came to.
type Outcome struct {
	Preset state.Preset
	// Added is false where a preset of that name was replaced.
	Added bool
	// Left are fields that were left out: a category that does not exist any more,
	// a password, which no preset holds.
	Left []providers.FieldID
}

// Save keeps values under a name. Nothing is sent; what the platform of the
// account in use would refuse is refused.
func (p *Presets) Save(ctx context.Context, name string, values providers.Patch) (Outcome, error) {
	target, err := p.opt.Target()
	if err != nil {
		return Outcome{}, err
	}
	var left []providers.FieldID
	if values.Password != nil && !values.Password.Empty() {
		values, left = state.Without(values, providers.FieldPassword), []providers.FieldID{providers.FieldPassword}
	}
	return p.save(ctx, target, name, values, left)
}

// SaveCurrent keeps the values that are shown: the draft's, and those that the
// platform holds. Of the latter, what it would not take back is left out.
func (p *Presets) SaveCurrent(ctx context.Context, name string, shown state.BroadcastState) (Outcome, error) {
	target, err := p.opt.Target()
	if err != nil {
		return Outcome{}, err
	}
	typed := state.Without(shown.Draft, providers.FieldPassword)
	values := state.Merge(state.Sound(shown.Current(), target.Check), typed)
	var left []providers.FieldID
	if shown.Shown().HasPassword {
		left = append(left, providers.FieldPassword)
	}
	return p.save(ctx, target, name, values, left)
}

func (p *Presets) save(ctx context.Context, target Target, name string, values providers.Patch, left []providers.FieldID) (Outcome, error) {
	name, err := readName(name)
	if err != nil {
		return Outcome{}, err
	}
	if values.Empty() {
		return Outcome{}, refusal("", "preset.nothing", 0)
	}
	if err := target.Check(values); err != nil {
		return Outcome{}, err
	}
	named, err := target.category(ctx, values)
	if err != nil {
		return Outcome{}, err
	}
	saved := state.Preset{Name: name, Platform: target.Platform, Settings: state.SettingsOf(values, named.Name)}
	saved.Title = inEnglish(saved.Title)
	added, err := p.Put(ctx, saved)
	return Outcome{Preset: saved, Added: added, Left: left}, err
}

// inEnglish gives a template as files keep it.
func inEnglish(title *string) *string {
	if title == nil {
		return nil
	}
	parsed, err := titletemplate.Parse(*title)
	if err != nil {
		return title
	}
	kept := parsed.String()
	return &kept
}

// category gives the category that values name, as the platform lists it.
func (t Target) category(ctx context.Context, values providers.Patch) (providers.Category, error) {
	if values.Category == nil {
		return providers.Category{}, nil
	}
	if t.Categories == nil {
		i := slices.IndexFunc(t.Known, func(one providers.Category) bool { return one.Number == *values.Category })
		if i < 0 {
			return providers.Category{}, nil
		}
		return t.Known[i], nil
	}
	list, err := t.Categories(ctx)
	if err != nil {
		return providers.Category{}, err
	}
	return category.Find(list, *values.Category)
}

// Apply sends all that a preset names, in one change. A category that does not
// exist any more is left out, which the outcome tells.
func (p *Presets) Apply(ctx context.Context, name string, tell task.Progress) (Outcome, error) {
	found, err := p.Find(ctx, name)
	if err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{Preset: found}
	target, err := p.opt.Target()
	if err != nil {
		return outcome, err
	}
	if target.Platform != found.Platform {
		return outcome, refusal("", "preset.other_platform", 0)
	}
	values := found.Patch()
	if target.gone(ctx, found) {
		values = state.Without(values, providers.FieldCategory)
		outcome.Left = []providers.FieldID{providers.FieldCategory}
		if values.Empty() {
			return outcome, refusal(string(providers.FieldCategory), "preset.category_gone", 0)
		}
	}
	episodes := found.Episodes
	if err := p.opt.Send(ctx, values, &episodes, tell); err != nil {
		return outcome, err
	}
	if episodes == found.Episodes {
		return outcome, nil
	}
	return outcome, p.SetEpisodes(ctx, found.Name, episodes)
}

// Rename gives a preset another name, also in what refers to it.
func (p *Presets) Rename(ctx context.Context, from, to string) error {
	was, is, err := p.Store.Rename(ctx, from, to)
	if err != nil || was == is {
		return err
	}
	return p.opt.Renamed(ctx, was, is)
}

// Remove forgets a preset, and what refers to it.
func (p *Presets) Remove(ctx context.Context, name string) error {
	removed, err := p.Store.Remove(ctx, name)
	if err != nil {
		return err
	}
	return p.opt.Removed(ctx, removed)
}

// Import adds the presets of a file: all, or with an error none. What a platform
// would refuse is refused, where an account is there to tell.
func (p *Presets) Import(ctx context.Context, path string) ([]string, error) {
	return p.Store.Import(ctx, path, func(one state.Preset) error {
		values := one.Patch()
		if values.Empty() {
			return refusal("", "preset.nothing", 0)
		}
		if check := p.opt.Check(one.Platform); check != nil {
			return check(values)
		}
		return nil
	})
}

// Gone names the presets of the account in use whose category does not exist any
// more.
func (p *Presets) Gone(ctx context.Context, list []state.Preset) (map[string]bool, error) {
	target, err := p.opt.Target()
	if err != nil {
		return nil, err
	}
	gone := make(map[string]bool)
	for _, one := range list {
		if one.Platform == target.Platform && target.gone(ctx, one) {
			gone[one.Name] = true
		}
	}
	return gone, nil
}

// gone reports whether the platform's list no longer has a preset's category.
// Where the list cannot be had, the platform itself will tell.
func (t Target) gone(ctx context.Context, one state.Preset) bool {
	if one.Category == nil || t.Categories == nil {
		return false
	}
	list, err := t.Categories(ctx)
	if err != nil {
		return false
	}
	_, err = category.Find(list, one.Category.Number)
	return err != nil
}

// Known reports whether there is a preset of that name, as people type it.
func Known(list []state.Preset, name string) bool {
	meant, _ := text.Name(name)
	return indexOf(list, meant) >= 0
}
