package broadcast

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// applyBar is what is not sent yet, and what to do about it.
type applyBar struct {
	ui      *kit.UI
	engine  Engine
	object  *fyne.Container
	text    *label.Line
	failure *kit.Message
	apply   *control.Button
	discard *control.Button
	undo    *control.Button
	failed  string
}

func newApplyBar(ui *kit.UI, engine Engine) *applyBar {
	a := &applyBar{ui: ui, engine: engine, failure: kit.NewMessage()}
	a.text = label.NewFillingLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	a.undo = control.NewButton(ui.Text("undo"), look.IconUndo.Resource(), control.Quiet, a.sendUndo)
	a.discard = control.NewButton(ui.Text("revert"), nil, control.Plain, engine.Discard)
	a.apply = control.NewButton(ui.Text("apply"), nil, control.Primary, ui.Actions.ApplyDraft)
	line := kit.Row(10, kit.Stretch(a.text), a.text, a.undo, a.discard, a.apply)
	a.object = kit.Stack(kit.NewBackground(theme.ColorNameOverlayBackground, true, false),
		kit.PaddedText(kit.Margin, 12, kit.Column(10, a.failure.Object, line)))
	return a
}

// update reports whether the bar's height may have changed.
func (a *applyBar) update(s state.State) bool {
	ui, b := a.ui, s.Broadcast
	n, task := kit.ChangeCount(b.Draft), s.Tasks[state.TaskApply]
	visible := b.Readable() && len(b.Limits) > 0
	changed := a.object.Visible() != visible
	a.object.Hidden = !visible
	switch {
	case n > 0 && len(b.Problems) > 0:
		a.text.SetText(ui.Count("unsent.problems", n))
	case n > 0:
		a.text.SetText(ui.Count("unsent", n))
	default:
		a.text.SetText(ui.Text("unsent.none"))
	}
	text := ui.Text("apply")
	if task.Running {
		text = ui.Text("apply.running")
	}
	a.apply.Set(text, control.Primary)
	kit.Enable(a.apply, b.Known && n > 0 && len(b.Problems) == 0 && !task.Running)
	kit.Enable(a.discard, n > 0 && !task.Running)
	if undo := n == 0 && !b.Undo.Empty() && !task.Running; a.undo.Visible() != undo {
		a.undo.Hidden = !undo
		changed = true
	}
	failed := ui.ApplyFailure(b, task, func(providers.FieldID) bool { return true })
	a.failure.Set(paint.ToneBad, failed)
	if a.failed != failed {
		a.failed, changed = failed, true
	}
	return changed
}

// corner is what messages keep off.
func (a *applyBar) corner() fyne.Size {
	if !a.object.Visible() {
		return fyne.Size{}
	}
	return a.object.Size()
}

// sendUndo sends what the last applied change replaced.
func (a *applyBar) sendUndo() {
	a.ui.Act(kit.CallTimeout, func(ctx context.Context) error { return a.engine.Undo(ctx, nil) }, a.ui.Text("undone"))
}
