package words

import (
	"strconv"
	"strings"

	"cuelight/app/state"
)

// PresetSummary gives what a preset names in a few words: title and category
// where it has them, else the names of its fields.
func (w *Words) PresetSummary(s state.Settings) string {
	var parts []string
	if s.Title != nil {
		parts = append(parts, *s.Title)
	}
	if s.Category != nil {
		parts = append(parts, categoryName(s))
	}
	if len(parts) == 0 {
		return w.fieldNames(s.Patch().Fields())
	}
	return strings.Join(parts, " · ")
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
	add := func(field, value string) { lines = append(lines, w.fieldName(field)+": "+value) }
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
	text("title", s.Title)
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
		lines = append(lines, w.Count("preset.standby_minutes", *s.StandbyMinutes))
	}
	number("watermark", s.Watermark)
	if s.Exploration != nil {
		add("exploration", w.Say("preset.exploration."+*s.Exploration))
	}
	toggle("paid", s.Paid)
	text("cover", s.Cover)
	number("activity", s.Activity)
	return lines
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
