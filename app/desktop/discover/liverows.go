package discover

import (
	"strings"
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/providers"
)

// liveRow is what is kept of one live broadcast: no more than its row and its menu
// show, so that ten thousand of them take little memory.
type liveRow struct {
	id, user, nick, title string
	category              string
	watch, embed, thumb   string
	viewers               int
	started               int64 // seconds of Unix time, 0 where not known
	age                   uint8
	password, paid        bool
}

// liveRows are the broadcasts loaded so far, and those of them that a search finds.
// Each is there once, even where the platform's pages shift between two requests.
type liveRows struct {
	all   []liveRow
	seen  map[string]struct{}
	names map[string]string // one string for each category, not one a row
	// categories are the names that the list gave its categories.
	categories map[string]string
	query      string
	found      []int32
}

func newLiveRows() *liveRows {
	return &liveRows{seen: make(map[string]struct{}), names: make(map[string]string), categories: make(map[string]string)}
}

// reset forgets all rows and keeps the search.
func (r *liveRows) reset() {
	query := r.query
	*r = *newLiveRows()
	r.query = query
}

// add takes a page and tells how many broadcasts were not there before.
func (r *liveRows) add(entries []providers.LiveEntry) int {
	added := 0
	for _, e := range entries {
		if _, twice := r.seen[e.ID]; twice {
			continue
		}
		r.seen[e.ID] = struct{}{}
		r.all = append(r.all, r.compact(e))
		added++
		if r.query != "" && r.matches(&r.all[len(r.all)-1]) {
			r.found = append(r.found, int32(len(r.all)-1))
		}
	}
	return added
}

func (r *liveRows) compact(e providers.LiveEntry) liveRow {
	category, ok := r.names[e.CategoryNumber]
	if !ok {
		category = e.CategoryNumber
		r.names[category] = category
		if e.CategoryName != "" {
			r.categories[category] = e.CategoryName
		}
	}
	row := liveRow{
		id: e.ID, user: e.UserID, nick: e.Nick, title: e.Title, category: category,
		watch: e.WatchURL, embed: e.EmbedURL, thumb: e.Thumbnail,
		viewers: e.Viewers, age: uint8(min(max(e.AgeLimit, 0), 99)), password: e.Password, paid: e.PaidPromotion,
	}
	if !e.Started.IsZero() {
		row.started = e.Started.Unix()
	}
	return row
}

// search finds a text in titles, nicknames and user names.
func (r *liveRows) search(query string) {
	r.query, r.found = kit.Fold(query), nil
	if r.query == "" {
		return
	}
	for i := range r.all {
		if r.matches(&r.all[i]) {
			r.found = append(r.found, int32(i))
		}
	}
}

func (r *liveRows) matches(row *liveRow) bool {
	return strings.Contains(kit.Fold(row.title), r.query) || strings.Contains(kit.Fold(row.nick), r.query) ||
		strings.Contains(strings.ToLower(row.user), r.query)
}

// len is how many rows there are to show.
func (r *liveRows) len() int {
	if r.query != "" {
		return len(r.found)
	}
	return len(r.all)
}

// at gives a row as it is shown.
func (r *liveRows) at(i int) *liveRow {
	if r.query != "" {
		i = int(r.found[i])
	}
	return &r.all[i]
}

// since is when a broadcast began; zero where not known.
func (r *liveRow) since() time.Time {
	if r.started == 0 {
		return time.Time{}
	}
	return time.Unix(r.started, 0)
}
