package command

import (
	"fmt"
	"reflect"
	"strings"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
)

// replacedValue is what the platform held of one field before a change.
type replacedValue struct {
	// name is the field's, as in what tells of the change; words has it under "field.".
	name  string
	value any
	// same: the change has set it to what was there.
	same bool
}

// replacedValues are what a change replaced, in the order of the flags.
type replacedValues []replacedValue

// replacedBy tells what a change replaced: a password never, which platforms do not
// give out, and nothing that the platform did not tell.
func replacedBy(before, change providers.Patch, categoryName func(number string) string) replacedValues {
	var all replacedValues
	all = appendReplaced(all, "title", before.Title, change.Title)
	if before.Category != nil && change.Category != nil {
		number := *before.Category
		all = append(all, replacedValue{
			name: "category", same: number == *change.Category,
			value: state.StatusCategory{Number: number, Name: categoryName(number)},
		})
	}
	all = appendReplaced(all, "language", before.Language, change.Language)
	all = appendReplaced(all, "viewers", before.ViewerLimit, change.ViewerLimit)
	all = appendReplaced(all, "hidden", before.Hidden, change.Hidden)
	all = appendReplaced(all, "grade", before.AgeGrade, change.AgeGrade)
	all = appendReplaced(all, "hashtags", before.Hashtags, change.Hashtags)
	all = appendReplaced(all, "ending", before.EndingMessage, change.EndingMessage)
	all = appendReplaced(all, "standby", before.Standby, change.Standby)
	all = appendReplaced(all, "standby_minutes", before.StandbyMinutes, change.StandbyMinutes)
	all = appendReplaced(all, "watermark", before.Watermark, change.Watermark)
	all = appendReplaced(all, "exploration", explorationOf(before.RefuseExploration), explorationOf(change.RefuseExploration))
	return appendReplaced(all, "paid", before.PaidPromotion, change.PaidPromotion)
}

func appendReplaced[T any](all replacedValues, name string, before, change *T) replacedValues {
	if before == nil || change == nil {
		return all
	}
	return append(all, replacedValue{name: name, value: *before, same: reflect.DeepEqual(*before, *change)})
}

// explorationOf is what --exploration takes for a value.
func explorationOf(refuse *bool) *string {
	if refuse == nil {
		return nil
	}
	text := "allow"
	if *refuse {
		text = "refuse"
	}
	return &text
}

// object is for --json.
func (all replacedValues) object() map[string]any {
	object := make(map[string]any, len(all))
	for _, one := range all {
		object[one.name] = one.value
	}
	return object
}

// lines are for people: only what is different now.
func (all replacedValues) lines(w *words.Words) []string {
	var lines []string
	for _, one := range all {
		if one.same {
			continue
		}
		lines = append(lines, w.Say("command.replaced", words.Args{"Field": w.Say("field." + one.name), "Value": one.text(w)}))
	}
	return lines
}

func (one replacedValue) text(w *words.Words) string {
	text := ""
	switch v := one.value.(type) {
	case bool:
		text = w.Say("command.value.off")
		if v {
			text = w.Say("command.value.on")
		}
	case []string:
		text = strings.Join(v, ", ")
	case state.StatusCategory:
		text = strings.TrimSpace(v.Name + " " + v.Number)
	default:
		text = fmt.Sprint(v)
	}
	if text == "" {
		return w.Say("command.value.none")
	}
	return text
}
