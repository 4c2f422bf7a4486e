package kit

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// Settler settles a field that was changed elsewhere while it was being edited here.
// Both methods are quick.
type Settler interface {
	// KeepMine keeps the draft's value, TakeTheirs the platform's.
	KeepMine(id providers.FieldID)
	TakeTheirs(id providers.FieldID)
}

// Conflict stands below a field that was changed elsewhere while it was being edited
// here, with the choice between the two values. Otherwise it is hidden.
type Conflict struct {
	Object *fyne.Container
	ui     *UI
	text   *label.Paragraph
}

// NewConflict makes one for a field.
func NewConflict(ui *UI, settle Settler, id providers.FieldID) *Conflict {
	c := &Conflict{ui: ui, text: label.NewParagraph("", label.Style{Size: theme.SizeNameCaptionText})}
	choice := func(key string, do func(providers.FieldID)) *control.Button {
		return control.NewButton(ui.Text(key), nil, control.LinkLike, func() {
			do(id)
			ui.Render()
		})
	}
	choices := Row(4, nil, choice("conflict.mine", settle.KeepMine), choice("conflict.theirs", settle.TakeTheirs))
	c.Object = Stack(NewTint(theme.ColorNameWarning, 0x22, theme.SizeNameButtonRadius), PaddedText(12, 8, Column(2, c.text, choices)))
	c.Object.Hide()
	return c
}

// Set shows the choice, with the platform's value in words, or hides it. It reports
// whether its height may have changed.
func (c *Conflict) Set(on bool, theirs string) bool {
	if on {
		text := c.ui.Text("conflict.empty")
		if theirs != "" {
			text = c.ui.Text("conflict", Arg("Value", theirs))
		}
		c.text.SetText(text)
	}
	if c.Object.Visible() == on {
		return false
	}
	c.Object.Hidden = !on
	c.Object.Refresh()
	return true
}

// Conflicting are the fields that were changed elsewhere and are not settled yet.
func Conflicting(b state.BroadcastState) map[providers.FieldID]bool {
	fields := make(map[providers.FieldID]bool)
	for _, id := range b.Conflicts {
		fields[id] = true
	}
	return fields
}

// ChangedElsewhere reports whether a failure means that nothing was sent, because
// somebody else has changed the same fields.
func ChangedElsewhere(err error) bool {
	var conflict *state.ConflictError
	return errors.As(err, &conflict)
}

// ApplyFailure says why the changes could not be sent, or what stands in the way; a
// screen says which fields it shows, with the choice below those in conflict.
func (t *Texts) ApplyFailure(b state.BroadcastState, task state.TaskState, here func(providers.FieldID) bool) string {
	for id := range Conflicting(b) {
		if !here(id) {
			return t.Text("conflict.elsewhere")
		}
	}
	switch {
	case ChangeCount(b.Draft) > 0 && !task.Running && task.Err != nil && !ChangedElsewhere(task.Err):
		return t.Explain(task.Err).Line()
	case b.Err != nil:
		return t.Explain(b.Err).Line()
	}
	return ""
}
