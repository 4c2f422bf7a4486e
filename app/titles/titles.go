// Package titles makes the exact titles that platforms are sent of what people
// write: it brings the values of placeholders, and remembers what was sent.
package titles

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/app/history"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

const (
	// askTimeout bounds one question for a value.
	askTimeout = 5 * time.Second
	// rememberTimeout bounds keeping what was sent.
	rememberTimeout = 10 * time.Second
)

// Options are what Titles are given; all are needed.
type Options struct {
	History *history.History
	State   func() state.State
	Now     func() time.Time
	// Lang is the language that dates are written in, "ko" or "en".
	Lang string
	// Scene asks OBS for the scene that it shows.
	Scene func(context.Context) (string, error)
	// Categories gives the categories of an account whose names are known.
	Categories func(ctx context.Context, account string, session providers.Session) ([]providers.Category, error)
	// Live asks whether an account is on air; false where nobody tells.
	Live func(context.Context, providers.Account, providers.Session) (providers.Live, bool)
	// Current gives the account in use and its session.
	Current func() (providers.Account, providers.Session, error)
	// Send sends a change, see app.Broadcast.UpdateCounting; Draft lays one over the
	// draft.
	Send  func(context.Context, providers.Patch, *titletemplate.Episodes, task.Progress) error
	Draft func(providers.Patch)
	// Begin runs a function beside the caller.
	Begin func(func(context.Context))
	// Failed is told of what could not be kept.
	Failed func(error)
}

// Titles expand and remember titles. Their methods may be called from any
// goroutine.
type Titles struct {
	opt Options

	mu sync.Mutex // guards what follows; never held while something is asked
	// lang is the language of dates.
	lang string
	// scene is the one that OBS told last.
	scene string
	// names are the categories' names that were needed, by account and number.
	names map[[2]string]string
}

// New makes Titles.
func New(opt Options) *Titles {
	return &Titles{opt: opt, lang: opt.Lang, names: make(map[[2]string]string)}
}

// SetLang takes another language for dates, "ko" or "en".
func (t *Titles) SetLang(lang string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lang = lang
}

// SetScene tells the scene that OBS shows.
func (t *Titles) SetScene(scene string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.scene = scene
}

// Expanded is a change whose title has no placeholders any more.
type Expanded struct {
	// Asked is the change as it was given.
	Asked providers.Patch
	// Change is what is sent.
	Change providers.Patch
	// Episodes is the count once this was sent; nil where the title has no
	// {episode}.
	Episodes *titletemplate.Episodes
}

// Expand gives a change with its exact title. episodes is the count to go on with;
// nil means the history's. Errors: of kind ErrUsage where the title is no template
// or a value is missing, and those of whoever was asked for one.
func (t *Titles) Expand(ctx context.Context, account providers.Account, session providers.Session, change providers.Patch, episodes *titletemplate.Episodes) (Expanded, error) {
	expanded := Expanded{Asked: change, Change: change}
	if change.Title == nil {
		return expanded, nil
	}
	template, err := titletemplate.Parse(*change.Title)
	if err != nil {
		return expanded, err
	}
	values := t.dated()
	if template.Uses(titletemplate.Category) {
		if values.Category, err = t.category(ctx, account, session, change); err != nil {
			return expanded, err
		}
	}
	if template.Uses(titletemplate.Scene) {
		if values.Scene, err = t.askScene(ctx); err != nil {
			return expanded, err
		}
	}
	if template.Uses(titletemplate.Episode) {
		if err := t.opt.History.Reload(ctx); err != nil {
			return expanded, err
		}
		moment := t.moment(ctx, account, session)
		if episodes == nil {
			known := t.opt.History.Episodes(account.Platform, *change.Title)
			episodes = &known
		}
		sent := episodes.Sent(moment)
		values.Episode, expanded.Episodes = sent.Number, &sent
	}
	title := template.Expand(values)
	expanded.Change.Title = &title
	return expanded, nil
}

// dated gives the values that need no question.
func (t *Titles) dated() titletemplate.Values {
	t.mu.Lock()
	defer t.mu.Unlock()
	return titletemplate.Values{Now: t.opt.Now().Local(), Lang: t.lang, Scene: t.scene}
}

// Check gives a platform's rules for a draft whose title may be a template: the
// text that it gives now is judged. It asks nobody.
func (t *Titles) Check(account providers.Account, check state.DraftCheck) state.DraftCheck {
	expand := t.now(account)
	return func(change providers.Patch) error {
		if change.Title == nil {
			return check(change)
		}
		title, err := expand(change)
		if err != nil {
			return errors.Join(err, check(state.Without(change, providers.FieldTitle)))
		}
		change.Title = &title.Text
		return check(change)
	}
}

// now takes the values there are, and gives what expands the title of a change with
// them. That reads no State: it is called while the next one is made.
func (t *Titles) now(account providers.Account) func(providers.Patch) (Text, error) {
	s := t.opt.State()
	known, _ := confirmed(s, account)
	dated, moment := t.dated(), momentOf(t.opt.Now(), s.Live.Live, s.Live.Known, t.opt.History.LastEnded())
	return func(change providers.Patch) (Text, error) {
		template, err := titletemplate.Parse(*change.Title)
		if err != nil {
			return Text{}, err
		}
		values := dated
		values.Category = known.Category.Name
		if change.Category != nil {
			values.Category = t.knownName(account.Name, *change.Category)
		}
		if template.Uses(titletemplate.Episode) {
			values.Episode = t.opt.History.Episodes(account.Platform, *change.Title).At(moment)
		}
		return Text{Text: template.Expand(values), Episode: values.Episode}, nil
	}
}
