package desktop

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/look"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// categoryField picks the broadcast's category by searching the platform's
// list, which is asked for when the field is first of use.
type categoryField struct {
	face   *face
	picker *input.Picker
}

func newCategoryField(f *face) *categoryField {
	c := &categoryField{face: f}
	c.picker = f.categoryPicker(f.say("category"), f.say("category.placeholder"))
	c.picker.OnPicked = func(item input.PickItem) {
		number := item.ID
		f.engine.Draft(providers.Patch{Category: &number})
	}
	return c
}

// categoryPicker is a field over the platform's categories.
func (f *face) categoryPicker(label, placeholder string) *input.Picker {
	var picker *input.Picker
	picker = input.NewPicker(input.PickerWords{
		Label: label, Placeholder: placeholder, Change: f.say("category.change"),
		Search: f.say("category.search"), None: f.say("category.none"),
	}, func(query string) []input.PickItem {
		if query == "" || f.catalog.err == nil {
			f.catalog.load(func() {
				if f.catalog.err != nil {
					f.fail(f.catalog.err)
					return
				}
				picker.Refresh()
				f.render()
			})
		}
		return f.catalog.search(query)
	}, f.opt.Clock)
	return picker
}

// show sets what is picked, with its name where it is known by now.
func (c *categoryField) show(category providers.Category) {
	item := c.face.catalog.item(category)
	// A group heading in the list is no part of what is picked.
	if p := c.picker.Picked(); p.ID == item.ID && p.Name == item.Name {
		return
	}
	c.picker.SetPicked(item)
}

// favourite is the star beside a category: a press marks the one picked, or
// takes the mark away.
type favourite struct {
	face   *face
	button *control.Button
	picked func() string
	shown  string
}

func newFavourite(f *face, picked func() string) *favourite {
	v := &favourite{face: f, picked: picked}
	v.button = control.NewIconButton(look.IconStar.Resource(), f.say("category.mark"), v.turn)
	return v
}

func (v *favourite) turn() {
	f, number := v.face, v.picked()
	if number == "" {
		return
	}
	mark := !slices.Contains(f.engine.CategoryMemory().Favourite, number)
	if err := f.engine.MarkCategory(number, mark); err != nil {
		f.fail(err)
		return
	}
	v.update()
}

// update shows whether what is picked is a favourite.
func (v *favourite) update() {
	number := v.picked()
	is := "no"
	if slices.Contains(v.face.engine.CategoryMemory().Favourite, number) {
		is = "yes"
	}
	enable(v.button, number != "")
	if v.shown == is {
		return
	}
	v.shown = is
	icon := look.IconStar.Resource()
	if is == "yes" {
		icon = look.IconStarred.In(theme.ColorNameWarning)
	}
	v.button.SetIcon(icon)
}

// object is the star in the middle of a field's height.
func (v *favourite) object() fyne.CanvasObject {
	const width, height, side = 34, 42, 32
	return arrange(func(objects []fyne.CanvasObject, _ fyne.Size) { put(objects[0], 0, (height-side)/2, side, side) },
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(width, height) }, v.button)
}
