// Package titletemplate expands the placeholders of a broadcast's title: {date},
// {time}, {weekday}, {episode}, {category} and {scene}. {{ and }} stand for braces.
// Everything here is pure; whoever expands a title brings the values.
package titletemplate

import (
	"fmt"
	"strings"

	"cuelight/internal/text"
	"cuelight/providers"
)

// Name is the name of a placeholder.
type Name string

// The placeholders.
const (
	// Date is the day of the month, Time the time of day, Weekday the day's name.
	Date    Name = "date"
	Time    Name = "time"
	Weekday Name = "weekday"
	// Episode counts the broadcasts, see Episodes.
	Episode Name = "episode"
	// Category is the name of the broadcast's category.
	Category Name = "category"
	// Scene is the name of the scene that OBS shows.
	Scene Name = "scene"
)

// Names are all placeholders, in the order they are offered in.
var Names = []Name{Date, Time, Weekday, Episode, Category, Scene}

// korean are the names that are understood beside the English ones.
var korean = map[Name]string{
	Date: "날짜", Time: "시간", Weekday: "요일", Episode: "회차", Category: "카테고리", Scene: "장면",
}

// In gives the name in a language, "ko" or "en".
func (n Name) In(lang string) string {
	if lang == "ko" {
		return korean[n]
	}
	return string(n)
}

// Template is a title that was understood.
type Template struct{ parts []part }

// part is literal text, or a placeholder where name is set.
type part struct {
	literal string
	name    Name
}

// Parse reads a title. Its error is of kind ErrUsage: a name that is none, or a
// brace that is part of no placeholder.
func Parse(title string) (Template, error) {
	var t Template
	var literal strings.Builder
	for title != "" {
		at := strings.IndexAny(title, "{}")
		if at < 0 {
			literal.WriteString(title)
			break
		}
		literal.WriteString(title[:at])
		brace, rest := title[at:at+1], title[at+1:]
		if strings.HasPrefix(rest, brace) {
			literal.WriteString(brace)
			title = rest[1:]
			continue
		}
		inside, after, closed := strings.Cut(rest, "}")
		if brace == "}" || !closed {
			return Template{}, usage("template.brace", brace)
		}
		name, ok := find(inside)
		if !ok {
			return Template{}, usage("template.unknown", "{"+text.Shorten(text.Line(inside), 30)+"}")
		}
		t.parts = append(t.parts, part{literal: literal.String()}, part{name: name})
		literal.Reset()
		title = after
	}
	t.parts = append(t.parts, part{literal: literal.String()})
	return t, nil
}

func usage(reason, what string) error {
	return &providers.Error{
		Kind: providers.ErrUsage, Op: "expand the title", Field: string(providers.FieldTitle), Reason: reason,
		Err: fmt.Errorf("%s", what),
	}
}

func find(inside string) (Name, bool) {
	inside = strings.ToLower(strings.TrimSpace(inside))
	for _, name := range Names {
		if inside == string(name) || inside == korean[name] {
			return name, true
		}
	}
	return "", false
}

// Escape makes the template of a text: braces in it are braces.
func Escape(text string) string {
	return strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
}

// Uses reports whether the placeholder is there.
func (t Template) Uses(name Name) bool {
	for _, p := range t.parts {
		if p.name == name {
			return true
		}
	}
	return false
}

// Plain reports whether there is no placeholder at all: every expansion is the
// same.
func (t Template) Plain() bool { return len(t.parts) <= 1 }

// String gives the title with the English names: two ways to write one template
// are the same.
func (t Template) String() string { return t.In("en") }

// In gives the title with the names of a language, "ko" or "en".
func (t Template) In(lang string) string {
	var b strings.Builder
	for _, p := range t.parts {
		if p.name != "" {
			b.WriteString("{" + p.name.In(lang) + "}")
			continue
		}
		b.WriteString(Escape(p.literal))
	}
	return b.String()
}
