package desktop

import (
	_ "embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// The toolkit's own words (the menu of a text field, and such) in Korean, which
// it does not have itself.
//
//go:embed toolkit/ko.json
var toolkitKorean []byte

// The toolkit chooses its language by the system's and cannot be told another
// one, so the words of the language spoken are given under the locale that the
// toolkit has chosen.
//
//go:embed toolkit/en.json
var toolkitEnglish []byte

// setToolkitLanguage makes the toolkit's own words those of a language.
func setToolkitLanguage(language string) {
	data := toolkitEnglish
	if language == "ko" {
		data = toolkitKorean
	}
	locale := lang.SystemLocale()
	if err := lang.AddTranslationsForLocale(data, locale); err != nil {
		fyne.LogError("the toolkit's own words could not be set", err)
	}
}
