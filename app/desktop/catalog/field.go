package catalog

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// CategoryField picks the broadcast's category.
type CategoryField struct {
	Picker     *input.Picker
	categories *Categories
}

// NewCategoryField makes a field; picked is called with the category's number.
func NewCategoryField(ui *kit.UI, categories *Categories, picked func(number string)) *CategoryField {
	c := &CategoryField{categories: categories, Picker: categories.Picker(ui.Text("category"), ui.Text("category.placeholder"))}
	c.Picker.OnPicked = func(item input.PickItem) { picked(item.ID) }
	return c
}

// Show sets what is picked, with its name where it is known by now.
func (c *CategoryField) Show(category providers.Category) {
	item := c.categories.Item(category)
	// A group heading in the list is no part of what is picked.
	if p := c.Picker.Picked(); p.ID == item.ID && p.Name == item.Name {
		return
	}
	c.Picker.SetPicked(item)
}

// Favourite is the star beside a category: a press marks the one picked, or
// takes the mark away.
type Favourite struct {
	ui      *kit.UI
	engine  Engine
	button  *control.Button
	picked  func() string
	starred bool
}

// NewFavourite makes a star for the category whose number picked gives.
func NewFavourite(ui *kit.UI, engine Engine, picked func() string) *Favourite {
	v := &Favourite{ui: ui, engine: engine, picked: picked}
	v.button = control.NewIconButton(look.IconStar.Resource(), ui.Text("category.mark"), v.toggle)
	return v
}

func (v *Favourite) toggle() {
	number := v.picked()
	if number == "" {
		return
	}
	if err := v.engine.MarkCategory(number, !v.isFavourite(number)); err != nil {
		v.ui.ShowError(err)
		return
	}
	v.Update()
}

func (v *Favourite) isFavourite(number string) bool {
	return slices.Contains(v.engine.CategoryMemory().Favourite, number)
}

// Update shows whether what is picked is a favourite.
func (v *Favourite) Update() {
	number := v.picked()
	kit.Enable(v.button, number != "")
	starred := v.isFavourite(number)
	if v.starred == starred {
		return
	}
	v.starred = starred
	icon := look.IconStar.Resource()
	if starred {
		icon = look.IconStarred.In(theme.ColorNameWarning)
	}
	v.button.SetIcon(icon)
}

// Object is the star in the middle of a field's height.
func (v *Favourite) Object() fyne.CanvasObject {
	const width, height, side = 34, 42, 32
	return kit.Arrange(func(objects []fyne.CanvasObject, _ fyne.Size) {
		kit.Place(objects[0], 0, (height-side)/2, side, side)
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(width, height) }, v.button)
}
