package soop

import (
	"encoding/json"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

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
