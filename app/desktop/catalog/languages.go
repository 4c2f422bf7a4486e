package catalog

import (
	"slices"
	"strings"

	"cuelight/app/desktop/kit"
	"cuelight/widgets/input"
)

// homeLanguage is first in every list: most users broadcast in it.
const homeLanguage = "ko_KR"

// Languages are the broadcast languages, asked for once for each account.
type Languages struct {
	ui      *kit.UI
	engine  Engine
	request kit.LatestRequest
	account string
	names   map[string]string
}

// NewLanguages makes a list that holds the usual languages.
func NewLanguages(ui *kit.UI, engine Engine) *Languages {
	return &Languages{ui: ui, engine: engine, request: kit.NewRequest(ui)}
}

// Load asks for the platform's languages where they are not there yet; then is
// called when they have come.
func (l *Languages) Load(then func()) {
	account := l.ui.State().Account
	if l.account != account.Name {
		l.request.Cancel()
		l.account, l.names = account.Name, nil
	}
	if l.names != nil || l.request.Running() || !account.Has.Directory {
		return
	}
	kit.Send(&l.request, kit.CallTimeout, l.engine.Languages, func(names map[string]string, err error) {
		if err == nil && names != nil {
			l.names = names
			then()
		}
	})
}

// usualName is the name of a language that is known without asking, by the code
// that platforms use: in the language itself, whatever the platform answers in.
func usualName(code string) string {
	switch code {
	case homeLanguage:
		return "한국어"
	case "en_US":
		return "English"
	case "zh_CN":
		return "简体中文"
	case "zh_TW":
		return "繁體中文"
	case "ja_JP":
		return "日本語"
	case "vi_VN":
		return "Tiếng Việt"
	case "th_TH":
		return "ภาษาไทย"
	}
	return ""
}

// Name is what a language is called; one without a name is shown by its code.
func (l *Languages) Name(code string) string {
	if name := usualName(code); name != "" {
		return name
	}
	if name := l.names[code]; name != "" {
		return name
	}
	return code
}

// Search gives the languages by name; allowed, where there are some, are the
// only ones.
func (l *Languages) Search(query string, allowed []string) []input.PickItem {
	codes := slices.Clone(allowed)
	if len(codes) == 0 {
		for code := range l.names {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		codes = []string{homeLanguage, "en_US", "zh_CN", "zh_TW", "ja_JP", "vi_VN", "th_TH"}
	}
	slices.SortFunc(codes, func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == homeLanguage:
			return -1
		case b == homeLanguage:
			return 1
		}
		return strings.Compare(l.Name(a), l.Name(b))
	})
	query = strings.ToLower(query)
	var items []input.PickItem
	for _, code := range codes {
		name := l.Name(code)
		if strings.Contains(strings.ToLower(name+" "+code), query) {
			items = append(items, input.PickItem{ID: code, Name: name, Detail: code})
		}
	}
	return items
}
