package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// PickItem is one thing that can be picked.
type PickItem struct {
	ID     string
	Name   string
	Detail string // shown muted beside the name, such as a number
	// Section is the heading over this item where it differs from the one before.
	Section string
}

// PickerWords are what a picker says.
type PickerWords struct {
	Label       string // over the field
	Placeholder string // in the field while nothing is picked
	Change      string // at the right of the field
	Search      string // in the empty search field
	None        string // when nothing matches
}

// Picker is a field that shows what is picked out of very many, and opens a search
// over a list to pick something else. The caller does the searching.
type Picker struct {
	press
	// OnPicked is called when the person picks.
	OnPicked func(PickItem)

	words   PickerWords
	search  func(query string) []PickItem
	picked  PickItem
	problem string
	clock   Clock
	open    *pickList
}

// NewPicker makes a picker. search gives the items for what is typed, best first;
// for an empty query whatever is offered first, such as recent ones and then all.
// It is called on the window's goroutine on each change and must not take longer
// than a frame or two.
func NewPicker(words PickerWords, search func(query string) []PickItem, clock Clock) *Picker {
	p := &Picker{words: words, search: search, clock: orWall(clock)}
	p.OnTapped = p.Open
	p.keys = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyDown {
			p.Open()
			return true
		}
		return false
	}
	p.extend(p)
	return p
}

// Picked is what is picked now.
func (p *Picker) Picked() PickItem { return p.picked }

// SetPicked changes it without calling OnPicked.
func (p *Picker) SetPicked(item PickItem) {
	if p.picked != item {
		p.picked = item
		p.Refresh()
	}
}

// SetProblem says under the field what is wrong; the next pick takes it away.
func (p *Picker) SetProblem(problem string) {
	if p.problem != problem {
		p.problem = problem
		p.Refresh()
	}
}

// SetNone changes what is said when nothing matches, such as that the list is still
// on its way.
func (p *Picker) SetNone(text string) {
	p.words.None = text
	if p.open != nil {
		p.open.none.SetText(text)
	}
}

// Open shows the search.
func (p *Picker) Open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c == nil || p.off() || p.IsOpen() {
		return
	}
	p.tip.end()
	p.open = newPickList(p, c)
	p.open.show()
}

// IsOpen tells whether the search is shown.
func (p *Picker) IsOpen() bool { return p.open != nil && p.open.popup.Visible() }

// Close hides the search without picking.
func (p *Picker) Close() {
	if p.open != nil {
		p.open.hide()
		p.open = nil
	}
}

// Refresh also brings an open search up to date, when what it searches has arrived
// or changed.
func (p *Picker) Refresh() {
	p.press.Refresh()
	if p.IsOpen() {
		p.open.query()
	}
}

func (p *Picker) pick(item PickItem) {
	p.Close()
	p.picked, p.problem = item, ""
	p.Refresh()
	focusOn(p)
	if p.OnPicked != nil {
		p.OnPicked(item)
	}
}

// CreateRenderer is for the toolkit.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	box, veil := newFieldBox(), canvas.NewRectangle(color.Transparent)
	name, detail, change := newCutText(14, false), newCutText(13, false), newCutText(12, false)
	p.tipText = func() string {
		if name.cut() || detail.cut() {
			return p.picked.Name + " " + p.picked.Detail
		}
		return ""
	}
	f := &frame{objects: append(box.objects(), veil, name.Text, detail.Text, change.Text)}
	used := float32(0)
	paint := func() {
		box.paint(p, fieldState{
			label: p.words.Label, message: p.problem, bad: p.problem != "",
			focused: p.focused, disabled: p.off(), hovered: p.hovered,
		})
		veil.CornerRadius, veil.FillColor = box.box.CornerRadius, veilColour(p, &p.press)
		text, muted := ink(p, theme.ColorNameForeground), ink(p, theme.ColorNamePlaceHolder)
		if p.off() {
			text, muted = ink(p, theme.ColorNameDisabled), ink(p, theme.ColorNameDisabled)
		}
		name.TextSize = size(p, theme.SizeNameText)
		name.Color, detail.Color, change.Color = text, muted, muted
		name.set(p.picked.Name)
		if p.picked == (PickItem{}) {
			name.Color = muted
			name.set(p.words.Placeholder)
		}
		detail.set(p.picked.Detail)
		change.set(p.words.Change)
	}
	f.layout = func(s fyne.Size) {
		const pad, gap = 13, 8
		top := box.put(s.Width, fieldHeight)
		place(veil, 0, top, s.Width, fieldHeight)
		changeWidth := change.full().Width + 1
		change.put(s.Width-pad-changeWidth, top, changeWidth, fieldHeight)
		room := max(0, s.Width-2*pad-changeWidth-gap)
		nameWidth := min(name.full().Width+1, room)
		name.put(pad, top, nameWidth, fieldHeight)
		left := room - nameWidth - gap
		detail.Hidden = left < 24
		detail.put(pad+nameWidth+gap, top, max(0, left), fieldHeight)
	}
	f.refresh = func() {
		paint()
		f.layout(p.Size())
		if h := box.bottomHeight(p.Size().Width); h != used {
			used = h
			canvas.Refresh(p)
		}
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(160, box.topHeight()+fieldHeight+box.bottomHeight(p.Size().Width))
	}
	paint()
	return f
}
