package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/state"
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

// How wide a sheet is where the window has room for it: a question, and a list.
const (
	sheetWidth     = 460
	wideSheetWidth = 620
)

// OpenSheet shows content over the window, in place of any sheet before it.
// update, called with each State, and closed, called however the sheet closes, may
// be nil.
func (ui *UI) OpenSheet(content fyne.CanvasObject, update func(state.State), closed func()) {
	ui.openSheet(sheetWidth, content, update, closed)
}

// OpenWideSheet is OpenSheet for what needs more room across, such as a list.
func (ui *UI) OpenWideSheet(content fyne.CanvasObject, update func(state.State), closed func()) {
	ui.openSheet(wideSheetWidth, content, update, closed)
}

func (ui *UI) openSheet(widest float32, content fyne.CanvasObject, update func(state.State), closed func()) {
	ui.CloseSheet()
	window := ui.window.Canvas().Size()
	if window.Width < WindowMin.Width {
		window = WindowMin
	}
	width := min(widest, window.Width-64)
	inner := width - 2*GapLarge
	if update != nil {
		update(ui.state)
	}
	FitHeight(content, inner)
	box := Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) { FitHeight(objects[0], s.Width) },
		func(objects []fyne.CanvasObject) fyne.Size { return fyne.NewSize(inner, objects[0].MinSize().Height) }, content)
	// Some of the room around is within the scroll: it would cut the ring around what
	// has the keyboard.
	const ring = 4
	roomy := Padded(ring, ring, box)
	scroll := container.NewVScroll(roomy)
	body := Padded(GapLarge-ring, GapLarge-ring, Arrange(Fill, func([]fyne.CanvasObject) fyne.Size {
		most := ui.window.Canvas().Size().Height - 2*GapLarge - 48
		return fyne.NewSize(inner+2*ring, min(max(most, 240), roomy.MinSize().Height))
	}, scroll))
	s := &sheet{popup: widget.NewModalPopUp(body, ui.window.Canvas()), content: content, update: update, closed: closed}
	ui.sheet = s
	s.popup.Show()
}

// fitHeight lets the sheet take the height that its content needs now.
func (s *sheet) fitHeight() {
	if h := s.content.MinSize().Height; h != s.height {
		s.height = h
		s.content.Refresh()
		s.popup.Resize(s.popup.MinSize())
		s.popup.Refresh()
	}
}

// CloseSheet closes the sheet shown, if there is one, and reports whether there
// was.
func (ui *UI) CloseSheet() bool {
	s := ui.sheet
	if s == nil {
		return false
	}
	ui.sheet = nil
	s.popup.Hide()
	if s.closed != nil {
		s.closed()
	}
	return true
}

// Sheet is what the sheet shown holds, or nil.
func (ui *UI) Sheet() fyne.CanvasObject {
	if ui.sheet == nil {
		return nil
	}
	return ui.sheet.content
}

// UpdateSheet shows the State in the sheet.
func (ui *UI) UpdateSheet() {
	if ui.sheet != nil && ui.sheet.update != nil {
		ui.sheet.update(ui.state)
		ui.ResizeSheet()
	}
}

// ResizeSheet lets the sheet, and what asks for it beside one, take the height
// that its content needs now.
func (ui *UI) ResizeSheet() {
	if ui.sheet != nil {
		ui.sheet.fitHeight()
	}
	if ui.opt.Resized != nil {
		ui.opt.Resized()
	}
}

// Heading is the heading of a sheet.
func Heading(text string) fyne.CanvasObject { return label.NewParagraph(text, label.Title()) }

// Paragraph is a muted text.
func Paragraph(text string) *label.Paragraph {
	return label.NewParagraph(text, label.Style{Color: theme.ColorNamePlaceHolder})
}

// Trailing puts buttons at the right.
func Trailing(buttons ...fyne.CanvasObject) fyne.CanvasObject {
	spring := FixedMin(label.NewLine("", label.Style{}), fyne.Size{})
	return Row(10, Stretch(spring), append([]fyne.CanvasObject{spring}, buttons...)...)
}
