package broadcast

import (
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/providers"
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

	// left is called when the screen is left; nil where there is nothing to give up.
	left func()

	conflict *kit.Conflict
}

// fieldValue is what a field is filled with.
type fieldValue struct {
	// broadcast is the whole of it.
	broadcast state.BroadcastState
	shown     providers.Broadcast
	draft     providers.Patch
	limit     providers.Limit
	// problem is what is wrong with the field, in words.
	problem string
	// applied is when a change of any field was last taken by the platform, and read
	// when the platform last told what it holds.
	applied, read time.Time
}

// field frames one field.
func (f *fields) field(id providers.FieldID, object fyne.CanvasObject, fill func(fieldValue), theirs func(providers.Broadcast) string) *formField {
	one := &formField{id: id, ui: f.ui, fill: fill, theirs: theirs, conflict: kit.NewConflict(f.ui, f.engine, id)}
	one.object = kit.Column(8, object, one.conflict.Object)
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
	f.fill(fieldValue{broadcast: b, shown: shown, draft: b.Draft, limit: limit, problem: problem, applied: b.AppliedAt, read: b.ConfirmedAt})
	return f.conflict.Set(conflicts[f.id], f.theirs(b.Confirmed)) || changed
}
