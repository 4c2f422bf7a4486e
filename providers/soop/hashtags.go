package soop

import (
	"encoding/json"
	"strings"
	"unicode"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// validHashtag reports whether a tag holds letters and digits only, of any
// script; marks are parts of letters in some (broad/info/update: "special
// characters are not allowed").
func validHashtag(tag string) bool {
	for _, r := range tag {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) || r >= 0xFE00 && r <= 0xFE0F {
			return false
		}
	}
	return tag != ""
}

// hashtagList is the hashtags of an answer: a string, or an array of strings.
type hashtagList []string

// UnmarshalJSON never fails.
func (t *hashtagList) UnmarshalJSON(b []byte) error {
	*t = nil
	var many []lenient.Text
	if json.Unmarshal(b, &many) == nil && many != nil {
		parts := make([]string, len(many))
		for i, one := range many {
			parts[i] = string(one)
		}
		*t = providers.ParseHashtags(strings.Join(parts, ","))
		return nil
	}
	var one lenient.Text
	_ = one.UnmarshalJSON(b)
	if tags := providers.ParseHashtags(string(one)); len(tags) > 0 {
		*t = tags
	}
	return nil
}
