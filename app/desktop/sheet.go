package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// sheet is one question or one small task over the window. There is at most
// one.
type sheet struct {
	popup   *widget.PopUp
	content fyne.CanvasObject
	height  float32
	// update shows the State in it; may be nil.
	update func(state.State)
	// closed is called however it is closed; may be nil.
	closed func()
}

// sheetWidth is how wide a sheet is where the window has room for it.
const sheetWidth = 460

// openSheet shows content over the window, in place of any sheet before it.
func (f *face) openSheet(content fyne.CanvasObject, update func(state.State), closed func()) {
	f.closeSheet()
	window := f.win.Canvas().Size()
	if window.Width < windowLeast.Width {
		window = windowLeast
	}
	width := min(sheetWidth, window.Width-64)
	inner := width - 2*gapLarge
	if update != nil {
		update(f.state)
	}
	tall(content, inner)
	box := arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) { tall(objects[0], s.Width) },
		func(objects []fyne.CanvasObject) fyne.Size { return fyne.NewSize(inner, objects[0].MinSize().Height) }, content)
	scroll := container.NewVScroll(box)
	body := padded(gapLarge, gapLarge, arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) { put(objects[0], 0, 0, s.Width, s.Height) },
		func([]fyne.CanvasObject) fyne.Size {
			most := f.win.Canvas().Size().Height - 2*gapLarge - 48
			return fyne.NewSize(inner, min(max(most, 240), box.MinSize().Height))
		}, scroll))
	s := &sheet{popup: widget.NewModalPopUp(body, f.win.Canvas()), content: content, update: update, closed: closed}
	f.sheet = s
	s.popup.Show()
}

// grow lets the sheet take the height that its content needs now.
func (s *sheet) grow() {
	if h := s.content.MinSize().Height; h != s.height {
		s.height = h
		s.content.Refresh()
		s.popup.Resize(s.popup.MinSize())
		s.popup.Refresh()
	}
}

// closeSheet closes the sheet shown, if there is one, and tells whether there
// was.
func (f *face) closeSheet() bool {
	s := f.sheet
	if s == nil {
		return false
	}
	f.sheet = nil
	s.popup.Hide()
	if s.closed != nil {
		s.closed()
	}
	return true
}

// choice is one way to answer a question.
type choice struct {
	text string
	kind control.Kind
	then func()
}

// ask asks a question; each answer closes it. The last choice is the one the
// question is about.
func (f *face) ask(title, more string, choices ...choice) {
	buttons := make([]fyne.CanvasObject, 0, len(choices))
	for _, c := range choices {
		buttons = append(buttons, control.NewButton(c.text, nil, c.kind, func() {
			f.closeSheet()
			if c.then != nil {
				c.then()
			}
		}))
	}
	f.openSheet(column(gap, f.heading(title), f.paragraph(more), trailing(buttons...)), nil, nil)
}

func (f *face) heading(text string) fyne.CanvasObject {
	return label.NewParagraph(text, label.Title())
}

func (f *face) paragraph(text string) *label.Paragraph {
	return label.NewParagraph(text, label.Style{Color: theme.ColorNamePlaceHolder})
}

// trailing puts buttons at the right.
func trailing(buttons ...fyne.CanvasObject) fyne.CanvasObject {
	spring := newRoom(label.NewLine("", label.Style{}), fyne.Size{})
	return row(10, only(spring), append([]fyne.CanvasObject{spring}, buttons...)...)
}

// grown lets a sheet take the height that its content needs now.
func (f *face) grown() {
	if f.sheet != nil {
		f.sheet.grow()
	}
	if f.welcome != nil {
		f.welcome.object.Refresh()
	}
}
