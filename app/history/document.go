package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"cuelight/app/state"
	"cuelight/app/titletemplate"
	"cuelight/internal/text"
	"cuelight/providers"
)

// FileName is the file in the configuration folder.
const FileName = "history.json"

// document is the file.
type document struct {
	// Entries are the last used first.
	Entries entries `json:"entries"`
	// Episodes are the counts of the titles that have {episode}.
	Episodes []counter `json:"episodes,omitempty"`
	// LastID is the ID given last.
	LastID int `json:"last_id"`
	// Ended is when the last broadcast was seen to end.
	Ended time.Time `json:"ended,omitzero"`
}

// entry is one thing applied before.
type entry struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Sent is the exact title of the last time.
	Sent     string             `json:"sent,omitempty"`
	Category providers.Category `json:"category"`
	Hashtags []string           `json:"hashtags"`
	Platform string             `json:"platform"`
	Uses     int                `json:"uses"`
	Last     time.Time          `json:"last"`
	Favorite bool               `json:"favorite"`
}

// counter counts the episodes of a title: entries with other categories or hashtags
// and the same title go on with the same count.
type counter struct {
	Platform string `json:"platform"`
	Title    string `json:"title"`
	titletemplate.Episodes
}

// longestText bounds what is taken from the file, in characters: no platform takes
// as much.
const longestText = 1000

// entries are read one by one: those that nothing can have written, or that have
// the ID of another, are left out before they are many.
type entries []entry

// UnmarshalJSON replaces what is there.
func (l *entries) UnmarshalJSON(data []byte) error {
	*l = nil
	from := json.NewDecoder(bytes.NewReader(data))
	opening, err := from.Token()
	if err != nil || opening == nil {
		return err
	}
	if opening != json.Delim('[') {
		return errors.New("the entries are no list")
	}
	known := make(map[string]bool)
	for from.More() {
		var e entry
		if err := from.Decode(&e); err != nil {
			return err
		}
		if e.usable() && !known[e.ID] {
			*l = append(*l, e)
		}
		known[e.ID] = true
	}
	return nil
}

// decode reads the file and leaves out entries that nothing can have written.
func decode(data []byte) (document, error) {
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		return document{}, err
	}
	for i := range d.Entries {
		e := &d.Entries[i]
		e.Title, e.Sent, e.Category.Name = text.Line(e.Title), text.Line(e.Sent), text.Line(e.Category.Name)
		e.Hashtags = providers.TidyHashtags(e.Hashtags)
	}
	if d.Entries == nil {
		d.Entries = entries{}
	}
	return d, nil
}

func (e entry) usable() bool {
	if e.ID == "" || e.Platform == "" || e.Uses < 0 || len(e.Hashtags) > longestText {
		return false
	}
	for _, s := range append([]string{e.ID, e.Title, e.Sent, e.Platform, e.Category.Number, e.Category.Name}, e.Hashtags...) {
		if utf8.RuneCountInString(s) > longestText {
			return false
		}
	}
	return true
}

// past gives the entry as the State shows it.
func (e entry) past() state.Past {
	return state.Past{
		ID: e.ID, Title: e.Title, Sent: e.Sent, Category: e.Category, Hashtags: e.Hashtags, Platform: e.Platform,
		Uses: e.Uses, Last: e.Last, Favorite: e.Favorite,
	}
}

// sameCategory compares numbers, which come with leading zeros in lists and
// without in answers.
func sameCategory(a, b string) bool { return strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0") }
