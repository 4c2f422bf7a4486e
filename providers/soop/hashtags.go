package soop

import (
	"encoding/json"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ParseHashtags reads what a user types as hashtags: separated by commas or
// spaces, a leading # dropped, normalised to NFC, each kept once (upper and
// lower case alike) in the order typed. It does not judge them; Check does.
func ParseHashtags(typed string) []string {
	return tidyHashtags(strings.FieldsFunc(typed, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",、，", r)
	}))
}

// tidyHashtags brings hashtags into the form that is sent.
func tidyHashtags(tags []string) []string {
	tidy := make([]string, 0, len(tags))
	seen := make(map[string]bool, len(tags))
	for _, tag := range tags {
		tag = strings.TrimSpace(tag)
		tag = norm.NFC.String(strings.TrimLeft(tag, "#＃"))
		folded := strings.ToLower(tag)
		if tag == "" || seen[folded] {
			continue
		}
		seen[folded] = true
		tidy = append(tidy, tag)
	}
	return tidy
}

// plainHashtag reports whether a tag holds letters and digits only, of any
// script; marks are parts of letters in some (broad/info/update: "special
// characters are not allowed").
func plainHashtag(tag string) bool {
	for _, r := range tag {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) || r >= 0xFE00 && r <= 0xFE0F {
			return false
		}
	}
	return tag != ""
}

// tagText is the hashtags of an answer: a string, or an array of strings.
type tagText []string

// UnmarshalJSON never fails.
func (t *tagText) UnmarshalJSON(b []byte) error {
	*t = nil
	var many []text
	if json.Unmarshal(b, &many) == nil && many != nil {
		parts := make([]string, len(many))
		for i, one := range many {
			parts[i] = string(one)
		}
		*t = ParseHashtags(strings.Join(parts, ","))
		return nil
	}
	var one text
	_ = one.UnmarshalJSON(b)
	if tags := ParseHashtags(string(one)); len(tags) > 0 {
		*t = tags
	}
	return nil
}
