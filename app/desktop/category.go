package desktop

import (
	"context"

	"cuelight/app"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets"
)

// categoryField picks a category by searching the platform's list, which is
// asked for when the field is first of use.
type categoryField struct {
	face    *face
	picker  *widgets.Picker
	account string
	list    []providers.Category
	loading bool
	err     error
}

func newCategoryField(f *face) *categoryField {
	c := &categoryField{face: f}
	c.picker = widgets.NewPicker(widgets.PickerWords{
		Label: f.say("category"), Placeholder: f.say("category.placeholder"), Change: f.say("category.change"),
		Search: f.say("category.search"), None: f.say("category.none"),
	}, c.search, f.opt.Clock)
	c.picker.OnPicked = func(item widgets.PickItem) {
		number := item.ID
		f.categories[number] = item.Name
		f.engine.Draft(providers.Patch{Category: &number})
	}
	return c
}

// search gives the entries that match, each under the group it belongs to.
func (c *categoryField) search(query string) []widgets.PickItem {
	if query == "" || c.err == nil {
		c.load() // a failed load is tried again when the search is opened again
	}
	groups := make(map[string]string, len(c.list))
	for _, one := range c.list {
		groups[one.Number] = one.Name
	}
	found := app.SearchCategories(c.list, query)
	items := make([]widgets.PickItem, 0, len(found))
	for _, one := range found {
		item := widgets.PickItem{ID: one.Number, Name: one.Name, Detail: one.Number}
		if query == "" {
			item.Section = groups[one.Parent]
		} else if group := groups[one.Parent]; group != "" {
			item.Detail = group + " · " + one.Number
		}
		items = append(items, item)
	}
	return items
}

// load asks for the list, once for each account.
func (c *categoryField) load() {
	f := c.face
	if name := f.state.Account.Name; c.account != name {
		c.account, c.list, c.err = name, nil, nil
	}
	if c.loading || c.list != nil || !f.state.Account.Has.Categories || f.state.Account.SignedIn == app.SignedOut {
		return
	}
	c.loading = true
	c.picker.SetNone(f.say("category.loading"))
	account := c.account
	var list []providers.Category
	f.run(patienceCall, func(ctx context.Context) (err error) {
		list, err = f.engine.Categories(ctx, "")
		return err
	}, func(err error) {
		c.loading = false
		if account != f.state.Account.Name {
			return
		}
		c.list, c.err = list, err
		c.picker.SetNone(f.say("category.none"))
		for _, one := range list {
			f.categories[one.Number] = one.Name
		}
		if err != nil {
			c.picker.SetNone(f.explain(err).Line())
			return
		}
		c.picker.Refresh()
		f.render()
	})
}

// show sets what is picked, with its name where it is known by now.
func (c *categoryField) show(category providers.Category) {
	if category.Number == "" {
		c.picker.SetPicked(widgets.PickItem{})
		return
	}
	name := category.Name
	if name == "" {
		name = c.face.categories[category.Number]
	} else {
		c.face.categories[category.Number] = name
	}
	item := widgets.PickItem{ID: category.Number, Name: name, Detail: category.Number}
	if name == "" {
		item.Name = c.face.say("category.number", words.Args{"Number": category.Number})
		item.Detail = ""
	}
	// A group heading in the list is no part of what is picked.
	if p := c.picker.Picked(); p.ID == item.ID && p.Name == item.Name {
		return
	}
	c.picker.SetPicked(item)
}
