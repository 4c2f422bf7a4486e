package history

import (
	"slices"
	"strconv"
	"time"

	"cuelight/app/titletemplate"
	"cuelight/internal/text"
	"cuelight/providers"
)

const (
	// Kept is how many entries that are no favourites stay.
	Kept = 200
	// MaxFavorites bounds the favourites, so that the file stays readable.
	MaxFavorites = 10_000
	// countersKept bounds the counts of episodes.
	countersKept = 1000
)

// Use is what was applied. What is nil was not sent, and is not known otherwise.
type Use struct {
	Platform string
	// Title is the template that was sent. Where it is nil, Shown is what the
	// platform shows all the same.
	Title *string
	// Shown is the exact title; may be empty.
	Shown    string
	Category *providers.Category
	Hashtags *[]string
	At       time.Time
	// Episodes is the count after a title with {episode} was sent; else nil.
	Episodes *titletemplate.Episodes
}

// normal gives the use in the form that entries have.
func (u Use) normal(d *document) Use {
	u.Shown = text.Title(u.Shown)
	switch {
	case u.Title != nil:
		title := normalTitle(*u.Title)
		u.Title = &title
	case u.Shown != "":
		title := d.templateOf(u.Platform, u.Shown)
		u.Title = &title
	}
	if u.Hashtags != nil {
		tags := providers.TidyHashtags(*u.Hashtags)
		u.Hashtags = &tags
	}
	return u
}

// normalTitle gives the one form of a template; what is none stays as it is.
func normalTitle(title string) string {
	title = text.Title(title)
	if parsed, err := titletemplate.Parse(title); err == nil {
		return parsed.String()
	}
	return title
}

// templateOf gives the template that a title was made from last, or one that
// stands for it.
func (d *document) templateOf(platform, shown string) string {
	for _, e := range d.Entries {
		if e.Platform == platform && e.Sent == shown {
			return e.Title
		}
	}
	return titletemplate.Escape(shown)
}

// is reports whether the entry is what was used; what is not known may be
// anything.
func (u Use) is(e entry) bool {
	return e.Platform == u.Platform &&
		(u.Title == nil || *u.Title == e.Title) &&
		(u.Category == nil || sameCategory(u.Category.Number, e.Category.Number)) &&
		(u.Hashtags == nil || slices.Equal(*u.Hashtags, e.Hashtags))
}

// remember counts a use up, or adds an entry, and lets the oldest go.
func (d *document) remember(u Use) {
	u = u.normal(d)
	e := entry{Platform: u.Platform, Hashtags: []string{}}
	at := slices.IndexFunc(d.Entries, u.is)
	if at >= 0 {
		e = d.Entries[at]
		d.Entries = slices.Delete(d.Entries, at, at+1)
	} else {
		d.LastID++
		e.ID = strconv.Itoa(d.LastID)
	}
	if u.Title != nil {
		e.Title, e.Sent = *u.Title, u.Shown
	}
	if u.Category != nil && (u.Category.Name != "" || !sameCategory(e.Category.Number, u.Category.Number)) {
		e.Category = providers.Category{Number: u.Category.Number, Name: u.Category.Name}
	}
	if u.Hashtags != nil {
		e.Hashtags = *u.Hashtags
	}
	e.Uses++
	e.Last = u.At
	d.Entries = slices.Insert(d.Entries, 0, e)
	if u.Episodes != nil && u.Title != nil {
		d.count(u.Platform, *u.Title, *u.Episodes)
	}
	d.ageOut()
}

// ageOut lets the entries go that were not used for the longest time, and counts
// that belong to none.
func (d *document) ageOut() {
	kept := 0
	d.Entries = slices.DeleteFunc(d.Entries, func(e entry) bool {
		if e.Favorite {
			return false
		}
		kept++
		return kept > Kept
	})
	d.Episodes = slices.DeleteFunc(d.Episodes, func(c counter) bool {
		return !c.SentAt.IsZero() && !slices.ContainsFunc(d.Entries, func(e entry) bool {
			return e.Platform == c.Platform && e.Title == c.Title
		})
	})
	d.Episodes = d.Episodes[:min(len(d.Episodes), countersKept)]
}

// count keeps the count of a title, the last one first.
func (d *document) count(platform, title string, episodes titletemplate.Episodes) {
	d.Episodes = slices.DeleteFunc(d.Episodes, func(c counter) bool { return c.Platform == platform && c.Title == title })
	d.Episodes = slices.Insert(d.Episodes, 0, counter{Platform: platform, Title: title, Episodes: episodes})
}

// episodes gives the count of a title in its normal form.
func (d *document) episodes(platform, title string) titletemplate.Episodes {
	for _, c := range d.Episodes {
		if c.Platform == platform && c.Title == title {
			return c.Episodes
		}
	}
	return titletemplate.Episodes{}
}
