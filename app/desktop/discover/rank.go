package discover

import (
	"context"
	"strings"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
)

// rankPages is how many pages are searched for a streamer's own broadcast.
const rankPages = 10

// rank is where the streamer's own broadcast ranks in its category, by viewers.
type rank struct {
	ui         *kit.UI
	engine     Engine
	categories *catalog.Categories
	request    kit.LatestRequest
	changed    func()

	user, category string
	onAir          bool
	// place is 0 where it is not known; beyond means that the broadcast ranks
	// below the pages searched.
	place  int
	beyond bool
}

func newRank(ui *kit.UI, engine Engine, categories *catalog.Categories, changed func()) *rank {
	return &rank{ui: ui, engine: engine, categories: categories, request: kit.NewRequest(ui), changed: changed}
}

func (r *rank) forget() {
	r.request.Cancel()
	r.user, r.category, r.onAir, r.place, r.beyond = "", "", false, 0, false
}

// update notes who and where the streamer is now, and asks anew where that has
// changed.
func (r *rank) update(now state.State) {
	category := now.Live.Category.Number
	if category == "" {
		category = now.Broadcast.Confirmed.Category.Number
	}
	onAir := now.Live.Known && now.Live.OnAir
	if r.user == now.Account.UserID && r.category == category && r.onAir == onAir {
		return
	}
	r.forget()
	r.user, r.category, r.onAir = now.Account.UserID, category, onAir
	r.reload()
}

// reload looks for the broadcast in its category, page by page.
func (r *rank) reload() {
	if !r.onAir || r.user == "" || r.category == "" {
		return
	}
	user, category := r.user, r.category
	kit.Send(&r.request, kit.StreamTimeout, func(ctx context.Context) (int, error) {
		before := 0
		for page := 1; page <= rankPages; page++ {
			answer, err := r.engine.Directory(ctx, providers.DirectoryQuery{Category: category, Order: providers.OrderViewers, Page: page})
			if err != nil {
				return 0, err
			}
			for i, e := range answer.Entries {
				if strings.EqualFold(e.UserID, user) {
					return before + i + 1, nil
				}
			}
			before += len(answer.Entries)
			if len(answer.Entries) == 0 || before >= answer.Total {
				return 0, nil // not listed
			}
		}
		return -before, nil
	}, func(place int, err error) {
		r.place, r.beyond = 0, false
		if err == nil {
			r.place, r.beyond = max(place, -place), place < 0
		}
		r.changed()
	})
}

// isOwn reports whether a row is the streamer's own broadcast.
func (r *rank) isOwn(row *liveRow) bool { return r.user != "" && strings.EqualFold(row.user, r.user) }

// text puts the place into words, or nothing.
func (r *rank) text() string {
	if r.place == 0 {
		return ""
	}
	key := "discover.place"
	if r.beyond {
		key = "discover.beyond"
	}
	return r.ui.Text(key, words.Args{
		"Category": r.categories.Item(providers.Category{Number: r.category}).Name, "Place": kit.Thousands(r.place),
	})
}
