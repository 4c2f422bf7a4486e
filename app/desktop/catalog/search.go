package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// typingPause is how long nothing is typed before a platform is asked.
const typingPause = 300 * time.Millisecond

// maxSearches bounds the answers that are kept.
const maxSearches = 100

// categorySearch asks a platform that has no list of its categories, and keeps its
// answers.
type categorySearch struct {
	ui      *kit.UI
	engine  Engine
	request kit.LatestRequest
	answers map[string][]providers.Category
	// wanted is what is asked for next, or being asked for; stop ends the pause
	// before it.
	wanted string
	stop   func()
	// failed is what was asked last and not answered; it is asked again only after
	// something else.
	failed string
}

func newCategorySearch(ui *kit.UI, engine Engine) categorySearch {
	return categorySearch{ui: ui, engine: engine, request: kit.NewRequest(ui), answers: make(map[string][]providers.Category)}
}

// forget drops what belongs to another account.
func (s *categorySearch) forget() {
	s.cancel()
	clear(s.answers)
}

// cancel gives up what has not been answered.
func (s *categorySearch) cancel() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	s.request.Cancel()
	s.wanted, s.failed = "", ""
}

// with gives what the platform found for a query, and before the answer has come
// what is known here.
func (s *categorySearch) with(known []providers.Category, query string) []providers.Category {
	found, answered := s.answers[kit.Fold(query)]
	if !answered {
		return known
	}
	all := slices.Clone(found)
	for _, one := range known {
		if !slices.ContainsFunc(all, func(other providers.Category) bool { return other.Number == one.Number }) {
			all = append(all, one)
		}
	}
	return all
}

// ask asks for a query once nothing was typed for a while; done is called with the
// answer.
func (s *categorySearch) ask(query string, done func([]providers.Category, error)) {
	folded := kit.Fold(query)
	if folded == s.wanted || folded == s.failed {
		return
	}
	s.cancel()
	if _, answered := s.answers[folded]; answered || folded == "" {
		return
	}
	s.wanted = folded
	s.stop = s.ui.Clock().After(typingPause, func() {
		s.stop = nil
		kit.Send(&s.request, kit.CallTimeout, func(ctx context.Context) ([]providers.Category, error) {
			return s.engine.SearchCategories(ctx, query)
		}, func(found []providers.Category, err error) {
			s.wanted = ""
			if s.failed = folded; err == nil {
				s.failed = ""
				if len(s.answers) >= maxSearches {
					clear(s.answers)
				}
				s.answers[folded] = found
			}
			done(found, err)
		})
	})
}

// asking reports whether an answer to a query is awaited.
func (s *categorySearch) asking(query string) bool { return query != "" && s.wanted == kit.Fold(query) }

// look has the platform asked for what is typed in a picker, where it has no list,
// and says in the picker what goes on.
func (c *Categories) look(picker *input.Picker, query string) {
	ui := c.ui
	if !c.searched() {
		picker.SetPrompts(ui.Text("category.search"), ui.Text("category.none"))
		return
	}
	query = strings.TrimSpace(query)
	c.found.ask(query, func(found []providers.Category, err error) {
		if err != nil {
			ui.ShowError(err)
		}
		for _, one := range found {
			c.names[one.Number] = one.Name
		}
		picker.Refresh()
		ui.Render()
	})
	none := "category.none"
	switch {
	case query == "":
		none = "category.type"
	case c.found.asking(query):
		none = "category.searching"
	}
	picker.SetPrompts(ui.Text("category.search.name"), ui.Text(none))
}
