// Package palette finds and runs what the window can do by what is typed of its name;
// initial consonants of Hangul find it as well.
package palette

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/kit"
	"cuelight/app/search"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
)

// Entry is something that can be done.
type Entry struct {
	// Section heads the entries of a kind; Title is what it is, Note what running it
	// does, Keys its shortcut. Note and Keys may be empty.
	Section, Title, Note, Keys string
	// Names are further texts that it is found by.
	Names []string
	// Run does it, after the palette has closed.
	Run func()
}

// Palette is the sheet. It is for the window's goroutine.
type Palette struct {
	// Content is what the sheet holds.
	Content fyne.CanvasObject

	ui      *kit.UI
	search  *input.SearchField
	list    *widget.List
	none    *label.Paragraph
	entries []Entry
	index   *search.Index
	rows    []row
	// current is the row that Enter runs, -1 for none.
	current int
	// stop ends the wait of Enter for the input method.
	stop func()
}

// row is a heading, or an entry with its position.
type row struct {
	heading string
	entry   int // -1 for a heading
}

// Open shows the palette over the window, with the keyboard in its search field.
func Open(ui *kit.UI, entries []Entry) *Palette {
	p := &Palette{ui: ui, stop: func() {}}
	p.search = input.NewSearchField(ui.Text("palette.placeholder"), func(string) { p.find() })
	p.search.OnKey = p.key
	p.none = label.NewParagraph(ui.Text("palette.none"), label.Caption())
	p.none.Style.Align = fyne.TextAlignCenter
	p.list = widget.NewList(func() int { return len(p.rows) },
		func() fyne.CanvasObject { return newRowView(p) },
		func(id widget.ListItemID, o fyne.CanvasObject) { o.(*rowView).show(id) })
	p.list.HideSeparators = true
	p.setEntries(entries)
	const around, most = 2*kit.GapLarge + 2*kit.GapLarge + 72, 380
	height := min(most, max(ui.Window().Canvas().Size().Height, kit.WindowMin.Height)-around)
	found := kit.FixedMin(kit.Stack(p.list, kit.PaddedText(kit.Gap, kit.GapLarge, p.none)), fyne.NewSize(0, height))
	p.Content = kit.Column(kit.GapSmall, p.search, found)
	ui.OpenWideSheet(p.Content, nil, func() { p.stop() })
	p.search.Focus()
	return p
}

// Add adds what was found out only after the palette had opened.
func (p *Palette) Add(entries []Entry) {
	if len(entries) > 0 && p.ui.Sheet() == p.Content {
		p.setEntries(append(p.entries, entries...))
	}
}

func (p *Palette) setEntries(entries []Entry) {
	p.entries = entries
	items := make([]search.Item, len(entries))
	for i, e := range entries {
		items[i].Names = append([]string{e.Title}, e.Names...)
	}
	p.index = search.NewIndex(items)
	p.find()
}

// find shows what fits what is typed, the section of the best match first.
func (p *Palette) find() {
	var sections []string
	bySection := make(map[string][]int)
	for _, i := range p.index.Find(p.search.Text()) {
		section := p.entries[i].Section
		if bySection[section] == nil {
			sections = append(sections, section)
		}
		bySection[section] = append(bySection[section], i)
	}
	p.rows = p.rows[:0]
	for _, section := range sections {
		p.rows = append(p.rows, row{heading: section, entry: -1})
		for _, i := range bySection[section] {
			p.rows = append(p.rows, row{entry: i})
		}
	}
	p.current = p.next(-1, 1)
	p.none.Hidden = len(p.rows) > 0
	p.none.Refresh()
	p.list.Refresh()
	if p.list.Size().Height > 0 {
		p.list.ScrollToTop()
	}
}

// next is the next row that is an entry, in a direction, or -1.
func (p *Palette) next(from, by int) int {
	for i := from + by; i >= 0 && i < len(p.rows); i += by {
		if p.rows[i].entry >= 0 {
			return i
		}
	}
	return -1
}

func (p *Palette) move(by, times int) {
	before := p.current
	for range times {
		to := p.next(p.current, by)
		if to < 0 {
			break
		}
		p.current = to
	}
	if p.current < 0 {
		return
	}
	p.list.RefreshItem(before)
	p.list.RefreshItem(p.current)
	if p.next(p.current, -1) < 0 {
		p.list.ScrollToTop() // with the heading above it
		return
	}
	p.list.ScrollTo(p.current)
}

func (p *Palette) key(e *fyne.KeyEvent) bool {
	const page = 8
	switch e.Name {
	case fyne.KeyDown:
		p.move(1, 1)
	case fyne.KeyUp:
		p.move(-1, 1)
	case fyne.KeyPageDown:
		p.move(1, page)
	case fyne.KeyPageUp:
		p.move(-1, page)
	case fyne.KeyEscape:
		p.ui.CloseSheet()
	case fyne.KeyReturn, fyne.KeyEnter:
		// The input method's last syllable may come after the key.
		p.stop()
		p.stop = p.ui.Clock().After(kit.InputDelay, func() { p.run(p.current) })
	default:
		return false
	}
	return true
}

// run closes the palette and does what a row stands for.
func (p *Palette) run(i int) {
	if i < 0 || i >= len(p.rows) || p.rows[i].entry < 0 || p.ui.Sheet() != p.Content {
		return
	}
	do := p.entries[p.rows[i].entry].Run
	p.ui.CloseSheet()
	do()
}
