package rule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/internal/text"
	"cuelight/providers"
)

const (
	// FileName is that of the file in the configuration folder.
	FileName = "rules.json"
	// DefaultQuiet is the quiet period where nobody has set one.
	DefaultQuiet = 60 * time.Second
	// MinQuiet and MaxQuiet bound it: with none, scenes that are switched all the
	// time would change the broadcast all the time.
	MinQuiet, MaxQuiet = 5 * time.Second, 24 * time.Hour
	// MaxRules is how many there may be.
	MaxRules = 200
)

// document is the file.
type document struct {
	state.RuleSet
	// Last is the ID given last; none is given twice.
	Last int `json:"last"`
}

// errDamaged: what was read are no rules.
var errDamaged = errors.New("not a list of rules")

func decode(data []byte) (document, error) {
	d := document{RuleSet: state.RuleSet{QuietSeconds: int(DefaultQuiet.Seconds())}}
	if err := json.Unmarshal(data, &d); err != nil {
		return document{}, err
	}
	if len(d.Rules) > MaxRules {
		return document{}, fmt.Errorf("%w: more than %d", errDamaged, MaxRules)
	}
	d.QuietSeconds = int(min(max(d.Quiet(), MinQuiet), MaxQuiet).Seconds())
	seen := make(map[string]bool, len(d.Rules))
	for i, r := range d.Rules {
		number, err := strconv.Atoi(r.ID)
		if err != nil || seen[r.ID] || r.Preset == "" || checkTrigger(r.Trigger) != nil {
			return document{}, fmt.Errorf("%w: entry %d", errDamaged, i+1)
		}
		seen[r.ID] = true
		d.Last = max(d.Last, number)
	}
	if d.Rules == nil {
		d.Rules = []state.Rule{}
	}
	return d, nil
}

// checkTrigger wants exactly one thing to wait for.
func checkTrigger(t state.Trigger) error {
	given := 0
	for _, name := range []string{t.Scene, t.Collection, t.Program} {
		if name != "" {
			given++
		}
	}
	if given != 1 {
		return refusal("rule.one_trigger", 0)
	}
	if text.Blank(t.Name()) || text.Line(t.Name()) != t.Name() {
		return refusal("rule.bad_name", 0)
	}
	return nil
}

func refusal(reason string, limit int) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "rule", Reason: reason, Limit: limit}
}

func unknown(id string) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "rule", Reason: "rule.unknown", Err: fmt.Errorf("%q", id)}
}

// StoreOptions are what a Store is made of; all are needed.
type StoreOptions struct {
	// Dir is the configuration folder.
	Dir   string
	Locks *storage.Locks
	Now   func() time.Time
	// Emit puts the rules into the State.
	Emit func(...state.Event)
	// Broken is told where a file went that could not be read.
	Broken func(kept string, err error)
	// Changed is told of a change made here.
	Changed func()
}

// Store is the only writer of the rules. Its methods wait for the disk, and may
// be called from any goroutine.
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
func (s *Store) Load(ctx context.Context) (state.RuleSet, error) {
	found, err := s.file.Read(ctx)
	if err != nil {
		return state.RuleSet{}, err
	}
	s.opt.Emit(state.RulesChanged{Rules: found.RuleSet})
	return found.RuleSet, nil
}

// Add adds a rule, which is on, and gives it with its ID. Whether the preset is
// there is for the caller to know.
func (s *Store) Add(ctx context.Context, added state.Rule) (state.Rule, error) {
	for _, name := range []*string{&added.Scene, &added.Collection, &added.Program, &added.Preset} {
		*name = norm.NFC.String(*name)
	}
	if err := checkTrigger(added.Trigger); err != nil {
		return added, err
	}
	_, err := s.update(ctx, func(d *document) error {
		if len(d.Rules) >= MaxRules {
			return refusal("rule.too_many", MaxRules)
		}
		d.Last++
		added.ID, added.On = strconv.Itoa(d.Last), true
		d.Rules = append(d.Rules, added)
		return nil
	})
	return added, err
}

// Remove forgets a rule.
func (s *Store) Remove(ctx context.Context, id string) error {
	_, err := s.update(ctx, func(d *document) error {
		i := d.index(id)
		if i < 0 {
			return unknown(id)
		}
		d.Rules = slices.Delete(d.Rules, i, i+1)
		return nil
	})
	return err
}

// Switch switches a rule on or off; an empty id means the rules as a whole. One
// that is switched on switches the whole on as well: it could not work otherwise.
func (s *Store) Switch(ctx context.Context, id string, on bool) (state.RuleSet, error) {
	return s.update(ctx, func(d *document) error {
		if id != "" {
			i := d.index(id)
			if i < 0 {
				return unknown(id)
			}
			d.Rules[i].On = on
		}
		d.On = on || id != "" && d.On
		return nil
	})
}

// SetPropose sets whether a rule asks instead of applying.
func (s *Store) SetPropose(ctx context.Context, id string, propose bool) error {
	_, err := s.update(ctx, func(d *document) error {
		i := d.index(id)
		if i < 0 {
			return unknown(id)
		}
		d.Rules[i].Propose = propose
		return nil
	})
	return err
}

// SetQuiet sets the quiet period, from MinQuiet to MaxQuiet, in whole seconds.
func (s *Store) SetQuiet(ctx context.Context, quiet time.Duration) error {
	switch {
	case quiet < MinQuiet:
		return refusal("rule.quiet_too_short", int(MinQuiet.Seconds()))
	case quiet > MaxQuiet:
		return refusal("rule.quiet_too_long", int(MaxQuiet.Hours()))
	}
	_, err := s.update(ctx, func(d *document) error {
		d.QuietSeconds = int(quiet.Seconds())
		return nil
	})
	return err
}

// RenamePreset follows a preset that got another name.
func (s *Store) RenamePreset(ctx context.Context, from, to string) error {
	_, err := s.update(ctx, func(d *document) error {
		for i := range d.Rules {
			if d.Rules[i].Preset == from {
				d.Rules[i].Preset = to
			}
		}
		return nil
	})
	return err
}

// RemovePreset forgets the rules of a preset that is gone.
func (s *Store) RemovePreset(ctx context.Context, name string) error {
	_, err := s.update(ctx, func(d *document) error {
		d.Rules = slices.DeleteFunc(d.Rules, func(r state.Rule) bool { return r.Preset == name })
		return nil
	})
	return err
}

func (d *document) index(id string) int {
	return slices.IndexFunc(d.Rules, func(r state.Rule) bool { return r.ID == id })
}

// update changes the file, shows what it holds then, and gives it.
func (s *Store) update(ctx context.Context, change func(*document) error) (state.RuleSet, error) {
	now, err := s.file.Update(ctx, change)
	if err != nil {
		return state.RuleSet{}, err
	}
	s.opt.Emit(state.RulesChanged{Rules: now.RuleSet})
	s.opt.Changed()
	return now.RuleSet, nil
}
