package presets

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
)

// usual are the fields that a new preset has unless the person says otherwise.
var usual = map[providers.FieldID]bool{providers.FieldTitle: true, providers.FieldCategory: true, providers.FieldHashtags: true}

// saveForm keeps settings that are shown now as a preset: those that are ticked.
type saveForm struct {
	ui     *kit.UI
	engine Engine
	// over is the name of the preset that is replaced; empty for a new one.
	over string
	// kept is told the name of what was saved.
	kept     func(name string)
	current  providers.Patch
	name     *input.TextField
	switches map[providers.FieldID]*control.Switch
	order    []fyne.CanvasObject
	save     *control.Button
	failure  *kit.Message
	request  kit.LatestRequest
}

func nameField(ui *kit.UI) *input.TextField {
	return input.NewTextField(ui.Text("presets.name"), ui.Text("presets.name.placeholder"), preset.MaxName,
		func(over int) string { return ui.Count("title.too_long", over) }, ui.Clock())
}

// newSaveForm makes the form; before is what is replaced, none for a new one.
func newSaveForm(ui *kit.UI, engine Engine, before state.Preset, kept func(name string)) *saveForm {
	over := before.Name
	f := &saveForm{
		ui: ui, engine: engine, over: over, kept: kept, current: ui.State().Broadcast.Current(),
		switches: make(map[providers.FieldID]*control.Switch), failure: kit.NewMessage(), request: kit.NewRequest(ui),
	}
	f.name = nameField(ui)
	f.name.OnChanged = func(string) { f.check() }
	f.name.OnEnter = func(string) { f.send() }
	had := make(map[providers.FieldID]bool)
	for _, id := range before.Patch().Fields() {
		had[id] = true
	}
	for _, id := range f.current.Fields() {
		value := ui.Words().PresetValue(state.SettingsOf(state.Only(f.current, id), ui.State().Broadcast.Shown().Category.Name))
		one := control.NewSwitch(ui.Words().Say("field."+string(id)), value, func(bool) { f.check() })
		one.SetOn(over == "" && usual[id] && value != "" || over != "" && had[id])
		f.switches[id] = one
		f.order = append(f.order, one)
	}
	f.save = control.NewButton(ui.Text("save"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, f.send) })
	if over != "" {
		f.name.SetText(over)
		f.name.Disable()
	}
	f.check()
	return f
}

func (f *saveForm) open() {
	ui := f.ui
	title, more := ui.Text("presets.save"), ui.Text("presets.save.more")
	if f.over != "" {
		title, more = ui.Text("presets.replace"), ui.Text("presets.replace.more")
	}
	if ui.State().Broadcast.Shown().HasPassword {
		more = kit.JoinSentences(more, ui.Text("presets.no_password"))
	}
	cancel := control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() })
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(title), kit.Paragraph(more), f.name, kit.Column(4, f.order...),
		f.failure.Object, kit.Trailing(cancel, f.save)), nil, f.request.Cancel)
	if f.over == "" {
		f.name.Focus()
	}
}

// values are those of the fields that are ticked.
func (f *saveForm) values() providers.Patch {
	values := f.current
	for id, one := range f.switches {
		if !one.On() {
			values = state.Without(values, id)
		}
	}
	return values
}

func (f *saveForm) check() {
	kit.Enable(f.save, f.name.Text() != "" && f.name.Over() == 0 && !f.values().Empty())
}

func (f *saveForm) send() {
	ui, name, values := f.ui, f.name.Text(), f.values()
	if f.save.Disabled() {
		return
	}
	if f.over == "" && preset.Known(ui.Latest().Presets, name) {
		f.failure.Set(paint.ToneBad, ui.Words().Say("error.preset.name_taken"))
		ui.ResizeSheet()
		return
	}
	sendSheet(ui, &f.request, f.failure, func(ctx context.Context) (string, error) {
		outcome, err := f.engine.Presets.Save(ctx, name, values)
		return outcome.Preset.Name, err
	}, func(name string) {
		f.kept(name)
		ui.ShowSuccess(ui.Text("presets.saved", kit.Arg("Name", name)))
	})
}

// sendSheet does what a sheet asks for and closes it; a failure is told in it.
func sendSheet(ui *kit.UI, request *kit.LatestRequest, failure *kit.Message, do func(context.Context) (string, error), done func(string)) {
	kit.Send(request, kit.CallTimeout, do, func(name string, err error) {
		if err != nil {
			failure.Set(paint.ToneBad, ui.Explain(err).Line())
			ui.ResizeSheet()
			return
		}
		ui.CloseSheet()
		done(name)
		ui.Render()
	})
}
