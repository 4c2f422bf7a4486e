package desktop

import (
	"cuelight/app/category"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// catalog is the platform's categories for every field that picks one. It is
// asked for once for each account, when first of use.
type catalog struct {
	face    *face
	asking  asking
	account string
	index   *category.Index
	err     error
	// names and groups are by number; all is what an empty search offers.
	names  map[string]string
	groups map[string]string
	all    []input.PickItem
	heard  []func()
}

func newCatalog(f *face) *catalog {
	return &catalog{face: f, asking: asking{face: f}, names: make(map[string]string)}
}

// load asks for the categories where they are not there yet; then is called
// when they are, or when they cannot be had.
func (c *catalog) load(then func()) {
	f := c.face
	if name := f.state.Account.Name; c.account != name {
		c.asking.drop()
		c.account, c.index, c.err, c.all, c.heard = name, nil, nil, nil, nil
		c.names, c.groups = make(map[string]string), nil
	}
	if c.index != nil || !f.state.Account.Has.Categories || f.state.Account.SignedIn == state.SignedOut {
		return
	}
	if then != nil {
		c.heard = append(c.heard, then)
	}
	if c.asking.running() {
		return
	}
	question(&c.asking, patienceCall, f.engine.CategoryIndex, func(index *category.Index, err error) {
		heard := c.heard
		c.heard = nil
		if c.err = err; err == nil {
			c.take(index)
		}
		for _, tell := range heard {
			tell()
		}
	})
}

func (c *catalog) take(index *category.Index) {
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

// search gives the categories a query finds, each with the group it is in; for
// an empty one the favourite and the recent ones, then all by groups.
func (c *catalog) search(query string) []input.PickItem {
	if c.index == nil {
		return nil
	}
	if query == "" {
		return append(c.known(), c.all...)
	}
	found := c.index.Search(query)
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

// known are the favourite and the recent categories, each once.
func (c *catalog) known() []input.PickItem {
	memory := c.face.engine.CategoryMemory()
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
			items = append(items, input.PickItem{ID: number, Name: name, Detail: number, Section: c.face.say(some.key)})
		}
	}
	return items
}

// item is a category as a field shows it, with its name where it is known.
func (c *catalog) item(category providers.Category) input.PickItem {
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
		return input.PickItem{ID: category.Number, Name: c.face.say("category.number", words.Args{"Number": category.Number})}
	}
	item := input.PickItem{ID: category.Number, Name: name, Detail: category.Number}
	if name == category.Number {
		item.Detail = "" // a platform whose categories have no names
	}
	return item
}
