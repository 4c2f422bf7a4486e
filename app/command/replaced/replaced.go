// Package replaced tells what a change of a broadcast replaced, for scripts and people.
package replaced

import (
	"fmt"
	"reflect"
	"strings"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
)

// value is what the platform held of one field before a change.
type value struct {
	// name is the field's, as in what tells of the change; words has it under "field.".
	name string
	held any
	// same: the change has set it to what was there.
	same bool
}

// Values are what a change replaced, in the order of the flags.
type Values []value

// By tells what a change replaced: a password never, which platforms do not
// give out, and nothing that the platform did not tell.
func By(before, change providers.Patch, categoryName func(number string) string) Values {
	var all Values
	all = appendValue(all, "title", before.Title, change.Title)
	if before.Category != nil && change.Category != nil {
		number := *before.Category
		all = append(all, value{
			name: "category", same: number == *change.Category,
			held: state.StatusCategory{Number: number, Name: categoryName(number)},
		})
	}
	all = appendValue(all, "language", before.Language, change.Language)
	all = appendValue(all, "viewers", before.ViewerLimit, change.ViewerLimit)
	all = appendValue(all, "hidden", before.Hidden, change.Hidden)
	all = appendValue(all, "grade", before.AgeGrade, change.AgeGrade)
	all = appendValue(all, "hashtags", before.Hashtags, change.Hashtags)
	all = appendValue(all, "ending", before.EndingMessage, change.EndingMessage)
	all = appendValue(all, "standby", before.Standby, change.Standby)
	all = appendValue(all, "standby_minutes", before.StandbyMinutes, change.StandbyMinutes)
	all = appendValue(all, "watermark", before.Watermark, change.Watermark)
	all = appendValue(all, "exploration", explorationOf(before.RefuseExploration), explorationOf(change.RefuseExploration))
	return appendValue(all, "paid", before.PaidPromotion, change.PaidPromotion)
}

func appendValue[T any](all Values, name string, before, change *T) Values {
	if before == nil || change == nil {
		return all
	}
	return append(all, value{name: name, held: *before, same: reflect.DeepEqual(*before, *change)})
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

// Object is for --json.
func (all Values) Object() map[string]any {
	object := make(map[string]any, len(all))
	for _, one := range all {
		object[one.name] = one.held
	}
	return object
}

// Lines are for people: only what is different now.
func (all Values) Lines(w *words.Words) []string {
	var lines []string
	for _, one := range all {
		if one.same {
			continue
		}
		lines = append(lines, w.Say("command.replaced", words.Args{"Field": w.Say("field." + one.name), "Value": one.text(w)}))
	}
	return lines
}

func (one value) text(w *words.Words) string {
	text := ""
	switch v := one.held.(type) {
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
