// Package words holds every sentence that Cuelight says, in Korean and
// English, and turns errors into words for people: what happened, why as far
// as known, and what to do.
//
// It knows no toolkit, so that the window and the terminal say the same. The
// sentences are in en/*.json and ko/*.json, one file for each part of the
// program; a test holds the two languages to the same keys.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/jeandeaual/go-locale"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed en/*.json ko/*.json
var files embed.FS

// Languages are the languages that there are words in.
var Languages = []string{"en", "ko"}

// Words says things in one language.
type Words struct {
	lang      string
	localizer *i18n.Localizer
	// terminal is set where commands can be typed.
	terminal bool
	// platform is the name that errors give to the platform; empty for "the platform".
	platform string
}

// Args are the values that a sentence has places for.
type Args map[string]any

// New gives the words of a language, "en" or "ko"; anything else means the
// system's language where it is one of them, else English.
func New(lang string) *Words {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	lang = languageFor(lang)
	load(bundle, "en")
	if lang != "en" {
		load(bundle, lang)
	}
	return &Words{lang: lang, localizer: i18n.NewLocalizer(bundle, lang, "en")}
}

// languageFor gives the language that words are said in where lang is asked for.
func languageFor(lang string) string {
	for _, l := range Languages {
		if strings.EqualFold(lang, l) {
			return l
		}
	}
	system, err := locale.GetLocales()
	if err != nil {
		return "en"
	}
	tags := make([]language.Tag, 0, len(system))
	for _, s := range system {
		if tag, err := language.Parse(strings.ReplaceAll(s, "_", "-")); err == nil {
			tags = append(tags, tag)
		}
	}
	// Not the first that matches some way, but the first the user names: a
	// Korean system often lists English second.
	_, index, confidence := language.NewMatcher([]language.Tag{language.English, language.Korean}).Match(tags...)
	if confidence == language.No {
		return "en"
	}
	return Languages[index]
}

func load(bundle *i18n.Bundle, lang string) {
	entries, err := fs.ReadDir(files, lang)
	if err != nil {
		panic(fmt.Sprintf("words: no folder for %s: %v", lang, err)) // embedded: a fault of the build
	}
	for _, entry := range entries {
		data, err := files.ReadFile(path.Join(lang, entry.Name()))
		if err == nil {
			// The library reads the language from a file's name.
			_, err = bundle.ParseMessageFileBytes(data, lang+".json")
		}
		if err != nil {
			panic(fmt.Sprintf("words: %s/%s: %v", lang, entry.Name(), err))
		}
	}
}

// ForTerminal gives the same words for a terminal: where an error's cure is
// another there, it names the command to type.
func (w *Words) ForTerminal() *Words {
	other := *w
	other.terminal = true
	return &other
}

// About gives the same words, in which errors name the platform they come from.
func (w *Words) About(platform string) *Words {
	other := *w
	other.platform = platform
	return &other
}

// Lang is the language spoken: "en" or "ko".
func (w *Words) Lang() string { return w.lang }

// Say gives the sentence under a key. A key that there are no words for comes
// back as it is, which a test would have caught.
func (w *Words) Say(key string, args ...Args) string {
	s, ok := w.localize(key, nil, args...)
	if !ok {
		return key
	}
	return s
}

// Count gives the sentence under a key for a number of things; the sentence
// finds it as {{.N}}.
func (w *Words) Count(key string, n int, args ...Args) string {
	all := Args{"N": n}
	for _, a := range args {
		for k, v := range a {
			all[k] = v
		}
	}
	s, ok := w.localize(key, n, all)
	if !ok {
		return key
	}
	return s
}

// Name gives the words under a key, or other where there are none: for names
// that a platform may add to at any time.
func (w *Words) Name(key, other string) string {
	if s, ok := w.localize(key, nil); ok {
		return s
	}
	return other
}

// PlatformName names a platform by its ID, or as it names itself where there are
// no other words for it.
func (w *Words) PlatformName(id, itself string) string { return w.Name("platform."+id, itself) }

// Has reports whether there are words under a key.
func (w *Words) Has(key string) bool {
	_, ok := w.localize(key, nil)
	return ok
}

// localize gives the sentence under a key, and whether there is one.
func (w *Words) localize(key string, count any, args ...Args) (string, bool) {
	config := &i18n.LocalizeConfig{MessageID: key, PluralCount: count, Funcs: functions}
	if len(args) > 0 {
		config.TemplateData = map[string]any(args[0])
	}
	s, err := w.localizer.Localize(config)
	// A sentence found only in English is still a sentence, though Localize
	// reports the missing translation beside it.
	return s, err == nil || s != ""
}
