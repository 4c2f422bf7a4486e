package presets

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
)

// detail is the preset chosen: what it holds, what can be done with it, and its
// rules.
type detail struct {
	screen *Screen
	object *fyne.Container
	name   *label.Paragraph
	apply  *control.Button
	parts  *fyne.Container
	values *fyne.Container
	rules  *ruleList
	up     *control.Button
	down   *control.Button
	shown  state.Preset
}

func newDetail(s *Screen) *detail {
	ui := s.ui
	d := &detail{screen: s, name: label.NewParagraph("", label.Title()), values: kit.Column(6), rules: newRuleList(s)}
	d.apply = control.NewButton(ui.Text("presets.apply"), nil, control.Primary, func() { s.actions.Apply(s.chosen) })
	icon := func(icon look.Icon, tip string, do func()) *control.Button {
		return control.NewIconButton(icon.Resource(), ui.Text(tip), do)
	}
	d.up = icon(look.IconUp, "presets.up", func() { s.moveBy(-1) })
	d.down = icon(look.IconChevron, "presets.down", func() { s.moveBy(1) })
	replace := control.NewButton(ui.Text("presets.replace"), nil, control.Plain, func() {
		if before, ok := s.preset(); ok {
			s.save(before)
		}
	})
	rename := icon(look.IconEdit, "presets.rename", func() { newNameForm(s).open() })
	remove := icon(look.IconTrash, "presets.remove", s.remove)
	buttons := flow(d.apply, replace, d.up, d.down, rename, remove)
	d.parts = kit.Column(kit.Gap, d.name, buttons, d.values, widget.NewSeparator(), d.rules.object)
	d.object = kit.Column(0, d.parts)
	return d
}

func (d *detail) update(now state.State) {
	s := d.screen
	p, ok := s.preset()
	d.parts.Hidden = !ok
	if !ok {
		d.shown = state.Preset{}
		d.object.Refresh()
		return
	}
	i := s.index(p.Name)
	kit.Enable(d.up, i > 0)
	kit.Enable(d.down, i < len(s.presets)-1)
	kit.Enable(d.apply, p.Platform == now.Account.Platform && now.Account.SignedIn == state.SignedIn && !now.Tasks[state.TaskApply].Running)
	if p != d.shown {
		d.shown = p
		d.name.SetText(p.Name)
		lines := s.ui.Words().PresetLines(p.Settings)
		d.values.Objects = make([]fyne.CanvasObject, len(lines))
		for i, line := range lines {
			d.values.Objects[i] = label.NewParagraph(line, label.Style{Color: theme.ColorNameForeground})
		}
		d.values.Refresh()
	}
	d.rules.update(now, p.Name)
	d.object.Refresh()
}

// remove asks, then removes the preset chosen and its rules.
func (s *Screen) remove() {
	ui, name := s.ui, s.chosen
	ui.Confirm(ui.Text("presets.remove.ask", kit.Arg("Name", name)), ui.Text("presets.remove.more"),
		kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain},
		kit.Choice{Text: ui.Text("presets.remove"), Kind: control.Danger, Then: func() {
			ui.Act(kit.QuickTimeout, func(ctx context.Context) error { return s.engine.Presets.Remove(ctx, name) },
				ui.Text("presets.removed", kit.Arg("Name", name)))
		}})
}

// nameForm asks for another name of the preset chosen.
type nameForm struct {
	screen  *Screen
	from    string
	field   *input.TextField
	save    *control.Button
	failure *kit.Message
	request kit.LatestRequest
}

func newNameForm(s *Screen) *nameForm {
	ui := s.ui
	f := &nameForm{screen: s, from: s.chosen, failure: kit.NewMessage(), request: kit.NewRequest(ui)}
	f.field = nameField(ui)
	f.field.SetText(s.chosen)
	f.field.OnEnter = func(string) { f.send() }
	f.save = control.NewButton(ui.Text("save"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, f.send) })
	return f
}

func (f *nameForm) open() {
	ui := f.screen.ui
	cancel := control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() })
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(ui.Text("presets.rename")), f.field, f.failure.Object,
		kit.Trailing(cancel, f.save)), nil, f.request.Cancel)
	f.field.Focus()
}

func (f *nameForm) send() {
	s, to := f.screen, f.field.Text()
	sendSheet(s.ui, &f.request, f.failure, func(ctx context.Context) (string, error) {
		return to, s.engine.Presets.Rename(ctx, f.from, to)
	}, func(name string) { s.chosen = name })
}
