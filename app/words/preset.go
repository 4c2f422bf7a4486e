package words

import (
	"strconv"
	"strings"

	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/app/titletemplate"
	"cuelight/internal/text"
)

// explainImport says which preset of a file is in the way of the others.
func (w *Words) explainImport(err *preset.ImportError) Explanation {
	why := w.Explain(err.Err)
	why.What = w.Say("error.preset_import", Args{"Name": text.Line(err.Name), "What": why.What})
	return why
}

// PresetSummary gives what a preset names in a few words: title and category
// where it has them, else the names of its fields.
func (w *Words) PresetSummary(s state.Settings) string {
	var parts []string
	if s.Title != nil {
		parts = append(parts, w.title(*s.Title))
	}
	if s.Category != nil {
		parts = append(parts, categoryName(s))
	}
	if len(parts) == 0 {
		return w.fieldNames(s.Patch().Fields())
	}
	return strings.Join(parts, " · ")
}

// title gives a template with the names of its placeholders in the user's language.
func (w *Words) title(template string) string {
	parsed, err := titletemplate.Parse(template)
	if err != nil {
		return template
	}
	return parsed.In(w.lang)
}

func categoryName(s state.Settings) string {
	if s.Category.Name == "" {
		return s.Category.Number
	}
	return s.Category.Name
}

// PresetLines gives each value of a preset on a line.
func (w *Words) PresetLines(s state.Settings) []string {
	var lines []string
	for _, v := range w.presetValues(s) {
		lines = append(lines, w.fieldName(v.field)+": "+v.text)
	}
	return lines
}

// PresetValue gives the values of a preset without the names of the fields.
func (w *Words) PresetValue(s state.Settings) string {
	var parts []string
	for _, v := range w.presetValues(s) {
		parts = append(parts, v.text)
	}
	return strings.Join(parts, ", ")
}

// presetValue is one value of a preset in words.
type presetValue struct{ field, text string }

func (w *Words) presetValues(s state.Settings) []presetValue {
	var all []presetValue
	add := func(field, value string) { all = append(all, presetValue{field, value}) }
	text := func(field string, value *string) {
		if value != nil {
			add(field, *value)
		}
	}
	number := func(field string, value *int) {
		if value != nil {
			add(field, strconv.Itoa(*value))
		}
	}
	toggle := func(field string, value *bool) {
		if value != nil {
			add(field, w.Say("command."+strconv.FormatBool(*value)))
		}
	}
	if s.Title != nil {
		add("title", w.title(*s.Title))
	}
	if s.Category != nil {
		add("category", categoryName(s))
	}
	if s.Hashtags != nil {
		add("hashtags", strings.Join(*s.Hashtags, ", "))
	}
	text("language", s.Language)
	number("viewers", s.Viewers)
	if s.NoPassword {
		add("password", w.Say("command.false"))
	}
	toggle("hidden", s.Hidden)
	number("grade", s.Grade)
	text("ending", s.Ending)
	toggle("standby", s.Standby)
	if s.StandbyMinutes != nil {
		add("standby", w.Count("preset.standby_minutes", *s.StandbyMinutes))
	}
	number("watermark", s.Watermark)
	if s.Exploration != nil {
		add("exploration", w.Say("preset.exploration."+*s.Exploration))
	}
	toggle("paid", s.Paid)
	text("cover", s.Cover)
	number("activity", s.Activity)
	return all
}

// RuleLine tells a rule in one sentence.
func (w *Words) RuleLine(r state.Rule) string {
	args := Args{"Name": r.Name(), "Preset": r.Preset}
	key := "rule.program"
	switch {
	case r.Scene != "":
		key = "rule.scene"
	case r.Collection != "":
		key = "rule.collection"
	}
	if r.Propose {
		key += ".propose"
	}
	return w.Say(key, args)
}

// RuleDone announces what a rule has done, or asks.
func (w *Words) RuleDone(a state.RuleAction, proposed bool) string {
	key := "rule.applied"
	if proposed {
		key = "rule.proposed"
	}
	return w.Say(key, Args{"Preset": a.Rule.Preset, "Name": a.Rule.Name()})
}
