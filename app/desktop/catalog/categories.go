package catalog

import (
	"cuelight/app/category"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// Categories are the platform's categories for every field that picks one. They
// are asked for once for each account, when they are first needed.
type Categories struct {
	ui      *kit.UI
	engine  Engine
	request kit.LatestRequest
	account string
	index   *category.Index
	err     error
	// names and groups are by number; all is what an empty search offers.
	names  map[string]string
	groups map[string]string
	all    []input.PickItem
	// found is what searches found, where the platform has no list.
	found categorySearch
	// waiting are told when the categories have come, or cannot be had.
	waiting []func()
}

// NewCategories makes a catalog that holds nothing yet.
func NewCategories(ui *kit.UI, engine Engine) *Categories {
	return &Categories{ui: ui, engine: engine, request: kit.NewRequest(ui), names: make(map[string]string), found: newCategorySearch(ui, engine)}
}

// Load asks for the categories where they are not there yet; then is called when
// they have come, or cannot be had. It may be nil.
func (c *Categories) Load(then func()) {
	ui := c.ui
	if name := ui.State().Account.Name; c.account != name {
		c.request.Cancel()
		c.account, c.index, c.err, c.all, c.waiting = name, nil, nil, nil, nil
		c.names, c.groups = make(map[string]string), nil
		c.found.forget()
	}
	if c.index != nil || !ui.State().Account.Has.Categories || ui.State().Account.SignedIn == state.SignedOut {
		return
	}
	if then != nil {
		c.waiting = append(c.waiting, then)
	}
	if c.request.Running() {
		return
	}
	kit.Send(&c.request, kit.CallTimeout, c.engine.CategoryIndex, func(index *category.Index, err error) {
		waiting := c.waiting
		c.waiting = nil
		if c.err = err; err == nil {
			c.store(index)
		}
		for _, done := range waiting {
			done()
		}
	})
}

func (c *Categories) store(index *category.Index) {
	c.index = index
	c.groups = make(map[string]string)
	for _, one := range index.All() {
		c.names[one.Number] = one.Name
	}
	for _, one := range index.All() {
		c.groups[one.Number] = c.names[one.Parent]
	}
	c.all = make([]input.PickItem, 0, len(index.All()))
	for _, one := range index.All() {
		c.all = append(c.all, input.PickItem{ID: one.Number, Name: one.Name, Detail: one.Number, Section: c.groups[one.Number]})
	}
}

// Search gives the categories a query finds, each with the group it is in; for
// an empty one the favourite and the recent ones, then all by groups.
func (c *Categories) Search(query string) []input.PickItem {
	if c.index == nil {
		return nil
	}
	switch {
	case query == "" && c.searched():
		return c.Known()
	case query == "":
		return append(c.Known(), c.all...)
	}
	found := c.index.Search(query)
	if c.searched() {
		found = c.found.with(found, query)
	}
	items := make([]input.PickItem, 0, len(found))
	for _, one := range found {
		item := input.PickItem{ID: one.Number, Name: one.Name, Detail: one.Number}
		if group := c.groups[one.Number]; group != "" {
			item.Detail = group + " · " + one.Number
		}
		items = append(items, item)
	}
	return items
}

// searched reports whether the platform is asked for each search, as it has no list.
func (c *Categories) searched() bool { return c.ui.State().Account.Has.CategorySearch }

// Known are the favourite and the recent categories, each once.
func (c *Categories) Known() []input.PickItem {
	memory := c.engine.CategoryMemory()
	var items []input.PickItem
	seen := make(map[string]bool)
	for _, some := range []struct {
		key     string
		numbers []string
	}{{"category.favourite", memory.Favourite}, {"category.recent", memory.Recent}} {
		for _, number := range some.numbers {
			name := c.names[number]
			if name == "" || seen[number] {
				continue // the platform has it no more
			}
			seen[number] = true
			items = append(items, input.PickItem{ID: number, Name: name, Detail: number, Section: c.ui.Text(some.key)})
		}
	}
	return items
}

// Item is a category as a field shows it, with its name where it is known.
func (c *Categories) Item(category providers.Category) input.PickItem {
	if category.Number == "" {
		return input.PickItem{}
	}
	name := category.Name
	if name == "" {
		name = c.names[category.Number]
	} else {
		c.names[category.Number] = name
	}
	if name == "" {
		return input.PickItem{ID: category.Number, Name: c.ui.Text("category.number", words.Args{"Number": category.Number})}
	}
	item := input.PickItem{ID: category.Number, Name: name, Detail: category.Number}
	if name == category.Number {
		item.Detail = "" // a platform whose categories have no names
	}
	return item
}

// All are the categories that an empty search offers, by groups.
func (c *Categories) All() []input.PickItem { return c.all }

// Name is what a category is called; empty where that is not known.
func (c *Categories) Name(number string) string { return c.names[number] }

// Picker makes a field over the categories.
func (c *Categories) Picker(label, placeholder string) *input.Picker {
	ui := c.ui
	var picker *input.Picker
	picker = input.NewPicker(input.PickerWords{
		Label: label, Placeholder: placeholder, Change: ui.Text("category.change"),
		Search: ui.Text("category.search"), None: ui.Text("category.none"),
	}, func(query string) []input.PickItem {
		c.look(picker, query)
		if query == "" || c.err == nil {
			c.Load(func() {
				if c.err != nil {
					ui.ShowError(c.err)
					return
				}
				picker.Refresh()
				ui.Render()
			})
		}
		return c.Search(query)
	}, ui.Clock())
	return picker
}
