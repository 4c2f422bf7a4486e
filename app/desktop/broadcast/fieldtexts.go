package broadcast

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/titlefield"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// titleField is the field of the title.
func (f *fields) titleField() *formField {
	field := titlefield.New(f.ui, f.engine, func(template string) { f.engine.Draft(providers.Patch{Title: &template}) })
	return f.field(providers.FieldTitle, field.Object, func(v fieldValue) {
		field.Update(v.broadcast, v.problem)
	}, func(b providers.Broadcast) string { return b.Title })
}

// endingField is the field of what is said when the broadcast ends.
func (f *fields) endingField() *formField {
	field := input.NewTextField(f.ui.Text("ending"), f.ui.Text("ending.placeholder"), 0,
		func(over int) string { return f.ui.Count("title.too_long", over) }, f.ui.Clock())
	field.OnChanged = func(text string) { f.engine.Draft(providers.Patch{EndingMessage: &text}) }
	return f.field(providers.FieldEndingMessage, field, func(v fieldValue) {
		f.ui.SetLimit(field, v.limit)
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

// categoryField is the field of the category, with the star of favourites.
func (f *fields) categoryField() *formField {
	field := catalog.NewCategoryField(f.ui, f.categories, func(number string) {
		f.engine.Draft(providers.Patch{Category: &number})
	})
	star := catalog.NewFavourite(f.ui, f.catalog, func() string { return field.Picker.Picked().ID })
	return f.field(providers.FieldCategory, kit.Beside(field.Picker, star.Object()), func(v fieldValue) {
		field.Show(v.shown.Category)
		field.Picker.SetProblem(v.problem)
		star.Update()
	}, func(b providers.Broadcast) string { return f.categories.Item(b.Category).Name })
}

// hashtagsField is the field of the hashtags.
func (f *fields) hashtagsField() *formField {
	field := input.NewHashtagField(f.ui.Text("hashtags"), f.ui.Text("hashtags.placeholder"), 0, f.ui.Text("hashtags.too_many"), nil, f.ui.Clock())
	field.OnChanged = func(tags []string) { f.engine.Draft(providers.Patch{Hashtags: &tags}) }
	said := "" // the problem told here; the field tells some by itself
	return f.field(providers.FieldHashtags, field, func(v fieldValue) {
		field.SetLimit(v.limit.Max)
		if !slices.Equal(v.shown.Hashtags, field.Tags()) {
			field.SetTags(v.shown.Hashtags)
		}
		if v.problem != said {
			said = v.problem
			field.SetProblem(said)
		}
	}, func(b providers.Broadcast) string { return strings.Join(b.Hashtags, ", ") })
}

// coverField is the field of the cover's address.
func (f *fields) coverField() *formField {
	field := input.NewTextField(f.ui.Text("cover"), "https://", 0, nil, f.ui.Clock())
	field.OnChanged = func(text string) { f.engine.Draft(providers.Patch{CoverURL: &text}) }
	return f.field(providers.FieldCover, field, func(v fieldValue) {
		f.ui.SetLimit(field, v.limit)
		field.SetText(v.shown.CoverURL)
		field.SetProblem(unlessOver(field, v.problem))
	}, func(b providers.Broadcast) string { return b.CoverURL })
}

// activityField is the field of a room's activity, a number of the application's
// own meaning.
func (f *fields) activityField() *formField {
	return f.numberField(providers.FieldActivity, "activity",
		func(n int) providers.Patch { return providers.Patch{Activity: &n} },
		func(b providers.Broadcast) int { return b.Activity })
}

// viewersField is the field of the largest number of viewers.
func (f *fields) viewersField() *formField {
	return f.numberField(providers.FieldViewerLimit, "viewers.limit",
		func(n int) providers.Patch { return providers.Patch{ViewerLimit: &n} },
		func(b providers.Broadcast) int { return b.ViewerLimit })
}

// numberField is a field of a whole number; an empty one is 0.
func (f *fields) numberField(id providers.FieldID, key string, change func(int) providers.Patch, of func(providers.Broadcast) int) *formField {
	field := input.NewTextField(f.ui.Text(key), "", 0, nil, f.ui.Clock())
	field.SetHint(f.ui.Text(key + ".hint"))
	field.OnChanged = func(text string) {
		clean := kit.Digits(text)
		if clean != text {
			field.SetText(clean)
		}
		f.engine.Draft(change(kit.ParseNumber(clean)))
	}
	var read time.Time
	return f.field(id, field, func(v fieldValue) {
		n := of(v.shown)
		// A number written in another way stays while it is being typed.
		if kit.ParseNumber(field.Text()) != n || !v.read.Equal(read) || field.Text() == "" && n != 0 {
			field.SetText(strconv.Itoa(n))
		}
		read = v.read
		field.SetProblem(v.problem)
	}, func(b providers.Broadcast) string { return kit.Thousands(of(b)) })
}

// languageField is the field of the broadcast's language. The names are the
// platform's own; what it does not name is shown by its code.
func (f *fields) languageField() *formField {
	names := f.languages
	var field *input.Picker
	var limit providers.Limit
	field = input.NewPicker(input.PickerWords{
		Label: f.ui.Text("language"), Placeholder: f.ui.Text("language.placeholder"), Change: f.ui.Text("category.change"),
		Search: f.ui.Text("language.search"), None: f.ui.Text("language.none"),
	}, func(query string) []input.PickItem {
		names.Load(func() { field.Refresh() })
		return names.Search(query, limit.Options)
	}, f.ui.Clock())
	field.OnPicked = func(item input.PickItem) {
		code := item.ID
		f.engine.Draft(providers.Patch{Language: &code})
	}
	return f.field(providers.FieldLanguage, field, func(v fieldValue) {
		limit = v.limit
		if v.shown.Language == "" {
			field.SetPicked(input.PickItem{})
		} else {
			field.SetPicked(input.PickItem{ID: v.shown.Language, Name: names.Name(v.shown.Language)})
		}
		field.SetProblem(v.problem)
	}, func(b providers.Broadcast) string { return names.Name(b.Language) })
}
