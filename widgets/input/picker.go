package input

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
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
	control.Pressable
	// OnPicked is called when the person picks.
	OnPicked func(PickItem)

	words   PickerWords
	search  func(query string) []PickItem
	picked  PickItem
	problem string
	clock   timer.Clock
	open    *pickList
}

// NewPicker makes a picker. search gives the items for what is typed, best first;
// for an empty query whatever is offered first, such as recent ones and then all.
// It is called on the window's goroutine on each change and must not take longer
// than a frame or two.
func NewPicker(words PickerWords, search func(query string) []PickItem, clock timer.Clock) *Picker {
	p := &Picker{words: words, search: search, clock: timer.OrWall(clock)}
	p.OnTapped = p.Open
	p.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyDown {
			p.Open()
			return true
		}
		return false
	}
	p.Extend(p)
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

// SetPrompts changes what the empty search field says, and what is said while
// nothing matches.
func (p *Picker) SetPrompts(search, none string) {
	p.words.Search, p.words.None = search, none
	if p.IsOpen() {
		p.open.search.SetPlaceholder(search)
		p.open.none.SetText(none)
	}
}

// Open shows the search.
func (p *Picker) Open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c == nil || p.Dimmed() || p.IsOpen() {
		return
	}
	p.HideTip()
	p.open = newPickList(p, c)
	p.open.show()
}

// IsOpen reports whether the search is shown.
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
	p.Pressable.Refresh()
	if p.IsOpen() {
		p.open.query()
	}
}

func (p *Picker) pick(item PickItem) {
	p.Close()
	p.picked, p.problem = item, ""
	p.Refresh()
	control.RequestFocus(p)
	if p.OnPicked != nil {
		p.OnPicked(item)
	}
}

// CreateRenderer is for the toolkit.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	box, veil := newFieldBox(), canvas.NewRectangle(color.Transparent)
	name, detail, change := paint.NewCutText(14, false), paint.NewCutText(13, false), paint.NewCutText(12, false)
	p.TipText = func() string {
		if name.IsCut() || detail.IsCut() {
			return p.picked.Name + " " + p.picked.Detail
		}
		return ""
	}
	f := &paint.Renderer{Draws: append(box.Objects(), veil, name.Text, detail.Text, change.Text)}
	used := float32(0)
	repaint := func() {
		box.paint(p, fieldState{
			label: p.words.Label, message: p.problem, bad: p.problem != "",
			focused: p.Focused(), disabled: p.Dimmed(), hovered: p.Hovered(),
		})
		veil.CornerRadius, veil.FillColor = box.box.CornerRadius, p.HoverColor()
		text, muted := paint.Color(p, theme.ColorNameForeground), paint.Color(p, theme.ColorNamePlaceHolder)
		if p.Dimmed() {
			text, muted = paint.Color(p, theme.ColorNameDisabled), paint.Color(p, theme.ColorNameDisabled)
		}
		name.TextSize = paint.Size(p, theme.SizeNameText)
		name.Color, detail.Color, change.Color = text, muted, muted
		name.Set(p.picked.Name)
		if p.picked == (PickItem{}) {
			name.Color = muted
			name.Set(p.words.Placeholder)
		}
		detail.Set(p.picked.Detail)
		change.Set(p.words.Change)
	}
	f.OnLayout = func(s fyne.Size) {
		const pad, gap = 13, 8
		top := box.Put(s.Width, paint.FieldHeight)
		paint.Place(veil, 0, top, s.Width, paint.FieldHeight)
		changeWidth := change.FullSize().Width + 1
		change.Put(s.Width-pad-changeWidth, top, changeWidth, paint.FieldHeight)
		room := max(0, s.Width-2*pad-changeWidth-gap)
		nameWidth := min(name.FullSize().Width+1, room)
		name.Put(pad, top, nameWidth, paint.FieldHeight)
		left := room - nameWidth - gap
		detail.Hidden = left < 24
		detail.Put(pad+nameWidth+gap, top, max(0, left), paint.FieldHeight)
	}
	f.OnRefresh = func() {
		repaint()
		f.OnLayout(p.Size())
		if h := box.bottomHeight(p.Size().Width); h != used {
			used = h
			canvas.Refresh(p)
		}
	}
	f.OnMinSize = func() fyne.Size {
		return fyne.NewSize(160, box.topHeight()+paint.FieldHeight+box.bottomHeight(p.Size().Width))
	}
	repaint()
	return f
}
