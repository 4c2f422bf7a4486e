package desktop

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/widgets/input"
)

// titleSlot is the field of the title.
func (f *face) titleSlot() *slot {
	field := input.NewTextField(f.say("title"), f.say("title.placeholder"), 0,
		func(over int) string { return f.count("title.too_long", over) }, f.opt.Clock)
	field.OnChanged = func(text string) { f.engine.Draft(providers.Patch{Title: &text}) }
	return newSlot(f, providers.FieldTitle, field, func(v filling) {
		field.SetLimit(v.limit.Max)
		field.SetText(v.shown.Title)
		field.SetProblem(unlessOver(field, v.problem))
	}, func(b providers.Broadcast) string { return b.Title })
}

// endingSlot is the field of what is said when the broadcast ends.
func (f *face) endingSlot() *slot {
	field := input.NewTextField(f.say("ending"), f.say("ending.placeholder"), 0,
		func(over int) string { return f.count("title.too_long", over) }, f.opt.Clock)
	field.OnChanged = func(text string) { f.engine.Draft(providers.Patch{EndingMessage: &text}) }
	return newSlot(f, providers.FieldEndingMessage, field, func(v filling) {
		field.SetLimit(v.limit.Max)
		field.SetText(v.shown.EndingMessage)
		field.SetProblem(unlessOver(field, v.problem))
	}, func(b providers.Broadcast) string { return b.EndingMessage })
}

// unlessOver leaves out a problem that the field counts and says by itself.
func unlessOver(field *input.TextField, problem string) string {
	if field.Over() > 0 {
		return ""
	}
	return problem
}

// categorySlot is the field of the category, with the star of favourites.
func (f *face) categorySlot() (*slot, *favourite) {
	field := newCategoryField(f)
	star := newFavourite(f, func() string { return field.picker.Picked().ID })
	return newSlot(f, providers.FieldCategory, beside(field.picker, star.object()), func(v filling) {
		field.show(v.shown.Category)
		field.picker.SetProblem(v.problem)
		star.update()
	}, func(b providers.Broadcast) string { return f.catalog.item(b.Category).Name }), star
}

// hashtagsSlot is the field of the hashtags.
func (f *face) hashtagsSlot() *slot {
	field := input.NewHashtagField(f.say("hashtags"), f.say("hashtags.placeholder"), 0, f.say("hashtags.too_many"), nil, f.opt.Clock)
	field.OnChanged = func(tags []string) { f.engine.Draft(providers.Patch{Hashtags: &tags}) }
	return newSlot(f, providers.FieldHashtags, field, func(v filling) {
		field.SetLimit(v.limit.Max)
		if !slices.Equal(v.shown.Hashtags, field.Tags()) {
			field.SetTags(v.shown.Hashtags)
		}
		if v.problem != "" {
			field.SetProblem(v.problem)
		}
	}, func(b providers.Broadcast) string { return strings.Join(b.Hashtags, ", ") })
}

// coverSlot is the field of the cover's address.
func (f *face) coverSlot() *slot {
	field := input.NewTextField(f.say("cover"), "https://", 0, nil, f.opt.Clock)
	field.OnChanged = func(text string) { f.engine.Draft(providers.Patch{CoverURL: &text}) }
	return newSlot(f, providers.FieldCover, field, func(v filling) {
		field.SetText(v.shown.CoverURL)
		field.SetProblem(v.problem)
	}, func(b providers.Broadcast) string { return b.CoverURL })
}

// activitySlot is the field of a room's activity, a number of the application's
// own meaning.
func (f *face) activitySlot() *slot {
	return f.numberSlot(providers.FieldActivity, "activity",
		func(n int) providers.Patch { return providers.Patch{Activity: &n} },
		func(b providers.Broadcast) int { return b.Activity })
}

// viewersSlot is the field of the largest number of viewers.
func (f *face) viewersSlot() *slot {
	return f.numberSlot(providers.FieldViewerLimit, "viewers.limit",
		func(n int) providers.Patch { return providers.Patch{ViewerLimit: &n} },
		func(b providers.Broadcast) int { return b.ViewerLimit })
}

// numberSlot is a field of a whole number; an empty one is 0.
func (f *face) numberSlot(id providers.FieldID, key string, change func(int) providers.Patch, of func(providers.Broadcast) int) *slot {
	field := input.NewTextField(f.say(key), "", 0, nil, f.opt.Clock)
	field.SetHint(f.say(key + ".hint"))
	field.OnChanged = func(text string) {
		clean := digits(text)
		if clean != text {
			field.SetText(clean)
		}
		f.engine.Draft(change(numberOf(clean)))
	}
	return newSlot(f, id, field, func(v filling) {
		if n := of(v.shown); numberOf(field.Text()) != n {
			field.SetText(strconv.Itoa(n))
		}
		field.SetProblem(v.problem)
	}, func(b providers.Broadcast) string { return thousands(of(b)) })
}

// languageSlot is the field of the broadcast's language. The names are the
// platform's own; what it does not name is shown by its code.
func (f *face) languageSlot() *slot {
	names := newLanguageNames(f)
	var field *input.Picker
	var limit providers.Limit
	field = input.NewPicker(input.PickerWords{
		Label: f.say("language"), Placeholder: f.say("language.placeholder"), Change: f.say("category.change"),
		Search: f.say("language.search"), None: f.say("language.none"),
	}, func(query string) []input.PickItem {
		names.load(func() { field.Refresh() })
		return names.search(query, limit.Options)
	}, f.opt.Clock)
	field.OnPicked = func(item input.PickItem) {
		code := item.ID
		f.engine.Draft(providers.Patch{Language: &code})
	}
	return newSlot(f, providers.FieldLanguage, field, func(v filling) {
		limit = v.limit
		if v.shown.Language == "" {
			field.SetPicked(input.PickItem{})
		} else {
			field.SetPicked(input.PickItem{ID: v.shown.Language, Name: names.name(v.shown.Language)})
		}
		field.SetProblem(v.problem)
	}, func(b providers.Broadcast) string { return names.name(b.Language) })
}

// languageNames are the broadcast languages, asked for once for each account.
type languageNames struct {
	face    *face
	asking  asking
	account string
	names   map[string]string
}

func newLanguageNames(f *face) *languageNames {
	return &languageNames{face: f, asking: asking{face: f}}
}

func (l *languageNames) load(then func()) {
	f := l.face
	if l.account != f.state.Account.Name {
		l.asking.drop()
		l.account, l.names = f.state.Account.Name, nil
	}
	if l.names != nil || l.asking.running() || !f.state.Account.Has.Directory {
		return
	}
	question(&l.asking, patienceCall, func(ctx context.Context) (map[string]string, error) {
		return f.engine.Languages(ctx)
	}, func(names map[string]string, err error) {
		if err == nil && names != nil {
			l.names = names
			then()
		}
	})
}

// usual are the languages known without asking, by the codes that platforms
// use.
var usual = map[string]string{
	"ko_KR": "한국어", "en_US": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文",
	"ja_JP": "日本語", "vi_VN": "Tiếng Việt", "th_TH": "ภาษาไทย",
}

func (l *languageNames) name(code string) string {
	if name := usual[code]; name != "" {
		return name // in the language itself, whatever the platform answers in
	}
	if name := l.names[code]; name != "" {
		return name
	}
	return code
}

// search gives the languages by name; allowed, where there are some, are the
// only ones.
func (l *languageNames) search(query string, allowed []string) []input.PickItem {
	codes := slices.Clone(allowed)
	if len(codes) == 0 {
		for code := range l.names {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		for code := range usual {
			codes = append(codes, code)
		}
	}
	slices.SortFunc(codes, func(a, b string) int {
		if mine := "ko_KR"; a == mine || b == mine { // at home here
			return map[bool]int{true: -1, false: 1}[a == mine]
		}
		return strings.Compare(l.name(a), l.name(b))
	})
	query = strings.ToLower(query)
	var items []input.PickItem
	for _, code := range codes {
		name := l.name(code)
		if strings.Contains(strings.ToLower(name+" "+code), query) {
			items = append(items, input.PickItem{ID: code, Name: name, Detail: code})
		}
	}
	return items
}
