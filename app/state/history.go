package state

import (
	"time"

	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// Past is what was applied to a broadcast, kept to be used again.
type Past struct {
	// ID names the entry as long as it exists.
	ID string
	// Title is a template, see titletemplate; empty where only the others were
	// applied.
	Title string
	// Sent is the exact title of the last time.
	Sent     string
	Category providers.Category
	Hashtags []string
	// Platform is that of the account, such as "soop".
	Platform string
	// Uses counts how often it was applied, Last is when.
	Uses     int
	Last     time.Time
	Favorite bool
}

// TitleIn gives the title with its placeholders in a language, "ko" or "en".
func (p Past) TitleIn(lang string) string {
	if parsed, err := titletemplate.Parse(p.Title); err == nil {
		return parsed.In(lang)
	}
	return p.Title
}

// PatchIn gives the change that applies it again, only what it has, with the
// placeholders of its title in a language, "ko" or "en".
func (p Past) PatchIn(lang string) providers.Patch {
	var change providers.Patch
	if p.Title != "" {
		title := p.TitleIn(lang)
		change.Title = &title
	}
	if p.Category.Number != "" {
		change.Category = &p.Category.Number
	}
	if len(p.Hashtags) > 0 {
		change.Hashtags = &p.Hashtags
	}
	return change
}

// HistoryChanged: these are the things applied before, the last one first.
type HistoryChanged struct{ History []Past }

func (e HistoryChanged) apply(s State) State {
	s.History = e.History
	return s
}
