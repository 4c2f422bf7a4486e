// Package titlefield is the field of a broadcast's title: what is typed is a
// template, its placeholders are offered as chips, and below stands the exact text
// that is sent.
package titlefield

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/titles"
	"cuelight/app/titletemplate"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/layouts"
)

// Engine is what the field needs of the core. What takes no context is quick; it may
// be called on the window's goroutine.
type Engine interface {
	// TitleNow gives the exact title of a change, as far as it is known now.
	TitleNow(change providers.Patch) (titles.Text, error)
	// SetEpisode makes a number the next one for {episode} of a title.
	SetEpisode(ctx context.Context, title string, number int) error
}

// Field is the field with its chips.
type Field struct {
	Object fyne.CanvasObject
	// Text is the field itself.
	Text *input.TextField

	ui     *kit.UI
	engine Engine
	chips  map[titletemplate.Name]*control.Chip
	// category is that of the draft; nil where it has none.
	category *string
}

// New makes the field. changed is told of each change by the person.
func New(ui *kit.UI, engine Engine, changed func(template string)) *Field {
	f := &Field{ui: ui, engine: engine, chips: make(map[titletemplate.Name]*control.Chip)}
	f.Text = input.NewTextField(ui.Text("title"), ui.Text("title.placeholder"), 0,
		func(over int) string { return ui.Count("title.too_long", over) }, ui.Clock())
	f.Text.Counted = func(text string) string {
		if now, err := f.now(text); err == nil {
			return now.Text
		}
		return text
	}
	f.Text.OnChanged = func(text string) {
		changed(text)
		f.show()
	}
	row := []fyne.CanvasObject{label.NewLine(ui.Text("title.insert"), label.Caption())}
	for _, name := range titletemplate.Names {
		chip := control.NewChip(name.In("en"), func() { f.press(name) }, nil)
		f.chips[name] = chip
		row = append(row, chip)
	}
	f.Object = kit.Column(6, f.Text, flow(row))
	f.show()
	return f
}

// flow puts the chips beside each other, in as many rows as they need.
func flow(objects []fyne.CanvasObject) fyne.CanvasObject {
	const gap = 6
	width := float32(0)
	return kit.Arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		width = s.Width
		items, _ := layouts.Flow(objects, s.Width, gap, gap, false)
		for _, item := range items {
			kit.Place(item.Object, item.Position.X, item.Position.Y, item.Size.Width, item.Size.Height)
		}
	}, func(objects []fyne.CanvasObject) fyne.Size {
		if width <= 0 {
			return fyne.NewSize(120, control.ChipHeight)
		}
		_, height := layouts.Flow(objects, width, gap, gap, false)
		return fyne.NewSize(120, height)
	}, objects...)
}

// Update shows the title of a broadcast, and what is wrong with it. The text that is
// there already is left alone.
func (f *Field) Update(b state.BroadcastState, problem string) {
	f.category = b.Draft.Category
	text := titletemplate.Escape(b.Confirmed.Title)
	if b.Draft.Title != nil {
		text = *b.Draft.Title
	}
	f.ui.SetLimit(f.Text, b.Limits[providers.FieldTitle])
	f.Text.SetText(text)
	if f.Text.Over() > 0 { // the field counts and says so
		problem = ""
	}
	f.Text.SetProblem(problem)
	f.show()
}

// now gives the exact text of a template.
func (f *Field) now(template string) (titles.Text, error) {
	return f.engine.TitleNow(providers.Patch{Title: &template, Category: f.category})
}

// show shows what the placeholders stand for.
func (f *Field) show() {
	hint := ""
	parsed, err := titletemplate.Parse(f.Text.Text())
	now := titles.Text{}
	if err == nil && !parsed.Plain() {
		if now, err = f.now(f.Text.Text()); err == nil {
			hint = f.ui.Text("title.preview", kit.Arg("Title", now.Text))
		}
	}
	for name, chip := range f.chips {
		text := f.ui.Text("title.chip." + name.In("en"))
		if name == titletemplate.Episode && now.Episode > 0 {
			text = f.ui.Text("title.chip.episode.number", kit.Arg("N", now.Episode))
		}
		chip.SetText(text)
	}
	f.Text.SetHint(hint)
}

// press puts a placeholder in; the episode that is there already is set.
func (f *Field) press(name titletemplate.Name) {
	if parsed, err := titletemplate.Parse(f.Text.Text()); err == nil && name == titletemplate.Episode && parsed.Uses(name) {
		f.askEpisode()
		return
	}
	f.Text.Insert("{" + name.In(f.ui.Words().Lang()) + "}")
}

// highestEpisode bounds the number that can be set.
const highestEpisode = 99_999

// askEpisode asks for the number of the next broadcast.
func (f *Field) askEpisode() {
	ui, template := f.ui, f.Text.Text()
	number := input.NewTextField(ui.Text("episode.number"), "", 0, nil, ui.Clock())
	if now, err := f.now(template); err == nil {
		number.SetText(strconv.Itoa(now.Episode))
	}
	save := func() {
		n := kit.ParseNumber(kit.Digits(number.Text()))
		if n < 1 || n > highestEpisode {
			number.SetProblem(ui.Text("episode.wrong"))
			ui.ResizeSheet()
			return
		}
		ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return f.engine.SetEpisode(ctx, template, n) }, func(err error) {
			if err != nil {
				ui.ShowError(err)
				return
			}
			ui.CloseSheet()
			f.show()
		})
	}
	number.OnEnter = func(string) { save() }
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(ui.Text("episode.title")), kit.Paragraph(ui.Text("episode.more")), number,
		kit.Trailing(control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() }),
			control.NewButton(ui.Text("episode.save"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, save) }))), nil, nil)
	number.Focus()
}
