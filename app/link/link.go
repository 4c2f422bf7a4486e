// Package link reads cuelight: links, which pages and other programs may hand to
// Cuelight. What one asks for comes from outside: it is shown to the user first, and
// done only when the user says so.
package link

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"cuelight/internal/text"
)

// Scheme is what the links begin with; the packages register it.
const Scheme = "cuelight"

// maxLength is how many bytes of a link are read: a title of 75 characters, escaped,
// is 700.
const maxLength = 2048

// ErrNotUnderstood: a link that asks for nothing that Cuelight does.
var ErrNotUnderstood = errors.New("the link is not understood")

// Link is what a link asks for: one of its fields is set.
type Link struct {
	// Preset is the name of a preset to apply: cuelight://preset/NAME.
	Preset string
	// Title is a title to write into the draft: cuelight://title?text=TITLE.
	Title string
}

// Is reports whether an argument of the command line is a link.
func Is(argument string) bool {
	return len(argument) > len(Scheme) && strings.EqualFold(argument[:len(Scheme)+1], Scheme+":")
}

// Parse reads a link. Its texts are without control characters and on one line. The
// error is ErrNotUnderstood.
func Parse(address string) (Link, error) {
	if len(address) > maxLength {
		return Link{}, fmt.Errorf("%w: too long", ErrNotUnderstood)
	}
	u, err := url.Parse(address)
	if err != nil || !strings.EqualFold(u.Scheme, Scheme) {
		return Link{}, ErrNotUnderstood
	}
	// Windows ends a link without a path in a slash.
	switch path := strings.Trim(u.Path, "/"); {
	case u.Host == "preset":
		return some(Link{Preset: clean(path)})
	case u.Host == "title" && path == "":
		return some(Link{Title: clean(u.Query().Get("text"))})
	}
	return Link{}, ErrNotUnderstood
}

func some(l Link) (Link, error) {
	if l == (Link{}) {
		return l, ErrNotUnderstood
	}
	return l, nil
}

func clean(s string) string {
	if !utf8.ValidString(s) {
		return ""
	}
	return strings.TrimSpace(text.Line(s))
}
