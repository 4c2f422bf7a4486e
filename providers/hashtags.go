package providers

import (
	"strings"
	"unicode"

	"cuelight/internal/text"
)

// ParseHashtags reads what a user types as hashtags: separated by commas or
// spaces, a leading # dropped, normalised to NFC, each kept once (upper and
// lower case alike) in the order typed. It does not validate them; an Editor's
// Check does.
func ParseHashtags(typed string) []string {
	return TidyHashtags(strings.FieldsFunc(typed, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",、，", r)
	}))
}

// TidyHashtags does the same for hashtags that are already separated.
func TidyHashtags(tags []string) []string {
	tidy := make([]string, 0, len(tags))
	seen := make(map[string]bool, len(tags))
	for _, tag := range tags {
		tag = strings.TrimLeft(text.Title(tag), "#＃")
		folded := strings.ToLower(tag)
		if tag == "" || seen[folded] {
			continue
		}
		seen[folded] = true
		tidy = append(tidy, tag)
	}
	return tidy
}

// PlainHashtag reports whether a tag holds letters and digits only, of any script,
// as platforms want it that allow no special characters; marks are parts of letters
// in some.
func PlainHashtag(tag string) bool {
	for _, r := range tag {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) || r >= 0xFE00 && r <= 0xFE0F {
			return false
		}
	}
	return tag != ""
}
