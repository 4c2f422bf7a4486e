package titles

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cuelight/app/state"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// askScene asks OBS for its scene.
func (t *Titles) askScene(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	scene, err := t.opt.Scene(ctx)
	if err != nil {
		return "", fmt.Errorf("find the scene for the title: %w", err)
	}
	t.SetScene(scene)
	return scene, nil
}

// AskScene asks OBS for its scene, to know it before a title needs it. Where OBS does
// not tell, it is asked again then.
func (t *Titles) AskScene(ctx context.Context) { _, _ = t.askScene(ctx) }

// category gives the name of the category that the broadcast has once a change was
// sent.
func (t *Titles) category(ctx context.Context, account providers.Account, session providers.Session, change providers.Patch) (string, error) {
	var of providers.Category
	switch known, ok := confirmed(t.opt.State(), account); {
	case change.Category != nil:
		of.Number = *change.Category
	case ok:
		of = known.Category
	default:
		editor, ok := session.(providers.Editor)
		if !ok {
			break
		}
		ctx, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		broadcast, err := editor.Broadcast(ctx)
		if err != nil {
			return "", fmt.Errorf("find the category for the title: %w", err)
		}
		of = broadcast.Category
	}
	if of.Name != "" {
		return of.Name, nil
	}
	named, err := t.Named(ctx, account, session, of.Number)
	if err == nil && named.Name == "" {
		err = &providers.Error{
			Kind: providers.ErrUsage, Op: "expand the title", Field: string(providers.FieldTitle), Reason: "template.no_category",
		}
	}
	return named.Name, err
}

// confirmed gives what the platform is known to hold of an account.
func confirmed(s state.State, account providers.Account) (providers.Broadcast, bool) {
	mine := s.Account.Name == account.Name && s.Account.Channel == account.Channel
	return s.Broadcast.Confirmed, mine && s.Broadcast.Known
}

// Named gives a category its name, where the platform has one for its number.
func (t *Titles) Named(ctx context.Context, account providers.Account, session providers.Session, number string) (providers.Category, error) {
	category := providers.Category{Number: number, Name: t.knownName(account.Name, number)}
	if number == "" || category.Name != "" {
		return category, nil
	}
	list, err := t.opt.Categories(ctx, account.Name, session)
	if err != nil {
		return category, err
	}
	same := func(c providers.Category) bool {
		return strings.TrimLeft(c.Number, "0") == strings.TrimLeft(number, "0")
	}
	if i := slices.IndexFunc(list, same); i >= 0 {
		category.Name = list[i].Name
		t.mu.Lock()
		t.names[[2]string{account.Name, number}] = category.Name
		t.mu.Unlock()
	}
	return category, nil
}

func (t *Titles) knownName(account, number string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.names[[2]string{account, number}]
}

// moment gives what is known of the broadcast now; the platform is asked where
// nothing is.
func (t *Titles) moment(ctx context.Context, account providers.Account, session providers.Session) titletemplate.Moment {
	s := t.opt.State()
	live, known := s.Live.Live, s.Live.Known && s.Live.Err == nil && s.Account.Name == account.Name
	if !known {
		ctx, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		live, known = t.opt.Live(ctx, account, session)
	}
	return momentOf(t.opt.Now(), live, known, t.opt.History.LastEnded())
}

func momentOf(now time.Time, live providers.Live, known bool, ended time.Time) titletemplate.Moment {
	m := titletemplate.Moment{Now: now, Known: known, LastEnded: ended}
	if known && live.OnAir {
		switch {
		case live.ID != "":
			m.Broadcast = live.ID
		case !live.Started.IsZero():
			m.Broadcast = live.Started.UTC().Format(time.RFC3339)
		default:
			m.Known = false // on air, and nobody says in which broadcast
		}
	}
	return m
}
