package command

import (
	"testing"

	"cuelight/app/words"
)

func TestEveryHelpTextHasWordsInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, key := range helpKeys {
		if seen[key] {
			t.Errorf("%s is listed twice", key)
		}
		seen[key] = true
		for _, lang := range words.Languages {
			if !words.New(lang).Has("command." + key) {
				t.Errorf("%s: no words for command.%s", lang, key)
			}
		}
	}
	// The parser itself refuses a place in the tags that no key fills.
	if _, err := newParser(&cli{}, Program{}.filled(), words.New("en")); err != nil {
		t.Error(err)
	}
}
