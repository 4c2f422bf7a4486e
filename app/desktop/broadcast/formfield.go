package broadcast

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// formField is one field of the broadcast's settings, with what belongs under it:
// that it was changed elsewhere meanwhile, and the choice between the two.
type formField struct {
	id     providers.FieldID
	ui     *kit.UI
	object *fyne.Container
	// fill shows the field as the user means it.
	fill func(fieldValue)
	// theirs puts the platform's own value into words.
	theirs func(providers.Broadcast) string

	conflict     *fyne.Container
	conflictText *label.Paragraph
}

// fieldValue is what a field is filled with.
type fieldValue struct {
	shown providers.Broadcast
	draft providers.Patch
	limit providers.Limit
	// problem is what is wrong with the field, in words.
	problem string
}

// field frames one field.
func (f *fields) field(id providers.FieldID, object fyne.CanvasObject, fill func(fieldValue), theirs func(providers.Broadcast) string) *formField {
	ui, engine := f.ui, f.engine
	one := &formField{id: id, ui: ui, fill: fill, theirs: theirs}
	one.conflictText = label.NewParagraph("", label.Style{Size: theme.SizeNameCaptionText})
	choices := kit.Row(4, nil,
		control.NewButton(ui.Text("conflict.mine"), nil, control.LinkLike, func() { engine.KeepMine(id) }),
		control.NewButton(ui.Text("conflict.theirs"), nil, control.LinkLike, func() { engine.TakeTheirs(id) }))
	one.conflict = kit.Stack(kit.NewTint(theme.ColorNameWarning, 0x22, theme.SizeNameButtonRadius),
		kit.PaddedText(12, 8, kit.Column(2, one.conflictText, choices)))
	one.conflict.Hide()
	one.object = kit.Column(8, object, one.conflict)
	return one
}

// update shows the field where the platform has it. It reports whether its height
// may have changed.
func (f *formField) update(b state.BroadcastState, shown providers.Broadcast, conflicts map[providers.FieldID]bool) bool {
	limit, has := b.Limits[f.id]
	changed := f.object.Visible() != has
	f.object.Hidden = !has
	if !has {
		return changed
	}
	problem := ""
	if err := b.Problems[f.id]; err != nil {
		x := f.ui.Explain(err)
		problem = kit.JoinSentences(x.What, x.Do)
	}
	f.fill(fieldValue{shown: shown, draft: b.Draft, limit: limit, problem: problem})
	if conflicts[f.id] {
		f.conflictText.SetText(f.ui.Text("conflict", words.Args{"Value": f.theirs(b.Confirmed)}))
	}
	if f.conflict.Visible() != conflicts[f.id] {
		f.conflict.Hidden = !conflicts[f.id]
		f.conflict.Refresh()
		changed = true
	}
	return changed
}
