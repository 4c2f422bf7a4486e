package presets

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/surface"
)

// Card is the presets for the account in use as a card of the home screen: one press
// applies one. It is gone where the platform has nothing to change.
type Card struct {
	Object *surface.Card
	ui     *kit.UI
	list   *rowlist.List
	empty  *label.Paragraph
	save   *control.Button
	shown  []state.Preset
}

// NewCard makes an empty card.
func NewCard(ui *kit.UI) *Card {
	c := &Card{ui: ui, empty: kit.Paragraph(ui.Text("presets.none.more"))}
	c.list = rowlist.New(func() int { return len(c.shown) }, c.row)
	c.list.OnChosen = func(i int, _ fyne.Position) { ui.Actions.ApplyPreset(c.shown[i].Name) }
	title := label.NewFillingLine(ui.Text("screen.presets"), label.Title())
	c.save = control.NewButton(ui.Text("presets.save"), look.IconPlus.Resource(), control.Quiet, func() { ui.Actions.SavePreset() })
	body := kit.Arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		top := kit.FitHeight(o[0], s.Width) + kit.GapSmall
		o[0].Move(fyne.NewPos(0, 0))
		kit.Place(o[1], 0, top, s.Width, max(0, s.Height-top))
		kit.FitHeight(o[2], s.Width)
		o[2].Move(fyne.NewPos(0, top+kit.GapSmall))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) },
		kit.Row(kit.GapSmall, kit.Stretch(title), title, c.save), c.list, c.empty)
	c.Object = surface.NewCard("", "", body)
	c.Object.Hide()
	c.list.Hide()
	return c
}

// Update shows the presets there are. It reports whether the card came or went.
func (c *Card) Update(s state.State) bool {
	mine, has := Offered(s), s.Account.Has.Edit
	if !slices.EqualFunc(mine, c.shown, same) {
		c.shown = mine
		c.list.Reload()
	}
	kit.Enable(c.save, s.Broadcast.Readable())
	c.list.Hidden, c.empty.Hidden = len(mine) == 0, len(mine) > 0
	if c.Object.Visible() == has {
		return false
	}
	c.Object.Hidden = !has
	return true
}

func (c *Card) row(i int) rowlist.Row {
	p := c.shown[i]
	data := rowlist.Row{ID: p.Name, Title: p.Name, Caption: c.ui.Words().PresetSummary(p.Settings)}
	if i < Shortcuts {
		data.Note = shortcut(i)
	}
	return data
}
