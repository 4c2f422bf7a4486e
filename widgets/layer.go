package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Layer is the content of a window that shows tips and toasts over everything else
// without taking pointer or keyboard from it. Set it as the window's content once
// and change what it holds with SetContent.
type Layer struct {
	widget.BaseWidget
	clock   Clock
	content fyne.CanvasObject
	toasts  []*toast
	clear   fyne.Size

	tipOwner fyne.CanvasObject
	tipText  string
}

// NewLayer wraps the content of a window.
func NewLayer(content fyne.CanvasObject, clock Clock) *Layer {
	l := &Layer{clock: orWall(clock), content: content}
	l.ExtendBaseWidget(l)
	return l
}

// SetContent changes what is under tips and toasts.
func (l *Layer) SetContent(content fyne.CanvasObject) {
	l.content = content
	l.tipOwner = nil
	l.Refresh()
}

func (l *Layer) showTip(owner fyne.CanvasObject, text string) {
	l.tipOwner, l.tipText = owner, text
	l.Refresh()
}

func (l *Layer) hideTip(owner fyne.CanvasObject) {
	if l.tipOwner == owner {
		l.tipOwner = nil
		l.Refresh()
	}
}

// Tip is the text of the tip shown now, or nothing.
func (l *Layer) Tip() string {
	if l.tipOwner == nil {
		return ""
	}
	return l.tipText
}

// CreateRenderer is for the toolkit.
func (l *Layer) CreateRenderer() fyne.WidgetRenderer {
	r := &layerRenderer{l: l, back: canvas.NewRectangle(color.Transparent), text: newBlock()}
	r.Refresh()
	return r
}

// layerRenderer does not refresh the content on its own account: a tip that comes
// or goes must not cost a redraw of the whole window.
type layerRenderer struct {
	l    *Layer
	back *canvas.Rectangle
	text *block
}

func (r *layerRenderer) Destroy() {}

func (r *layerRenderer) MinSize() fyne.Size { return r.l.content.MinSize() }

func (r *layerRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.l.content}
	for _, t := range r.l.toasts {
		objects = append(objects, t)
	}
	if r.l.tipOwner != nil {
		objects = append(objects, r.back, r.text.box)
	}
	return objects
}

func (r *layerRenderer) Refresh() {
	l := r.l
	r.back.FillColor = ink(l, theme.ColorNameButton)
	r.back.StrokeColor, r.back.StrokeWidth = ink(l, theme.ColorNameSeparator), 1
	r.back.CornerRadius = size(l, theme.SizeNameSelectionRadius)
	r.back.Shadow = canvas.Shadow{Color: ink(l, theme.ColorNameShadow), BlurRadius: 8, Offset: fyne.NewPos(0, 2)}
	r.text.set(l.tipText, size(l, theme.SizeNameCaptionText), false, ink(l, theme.ColorNameForeground))
	r.Layout(l.Size())
	canvas.Refresh(l)
}

func (r *layerRenderer) Layout(s fyne.Size) {
	place(r.l.content, 0, 0, s.Width, s.Height)
	if r.l.tipOwner != nil {
		r.placeTip(s)
	}
	r.l.placeToasts(s)
}

// placeTip puts the tip under its owner, or over it where there is no room, and
// always inside the window.
func (r *layerRenderer) placeTip(s fyne.Size) {
	const padX, padY, away, margin, widest = 10, 6, 6, 8, 380
	driver := fyne.CurrentApp().Driver()
	owner := r.l.tipOwner
	at := driver.AbsolutePositionForObject(owner).Subtract(driver.AbsolutePositionForObject(r.l))
	h := r.text.height(min(widest, s.Width-2*(padX+margin)))
	w := r.text.longest()
	x := max(margin, min(at.X, s.Width-w-2*padX-margin))
	y := at.Y + owner.Size().Height + away
	if y+h+2*padY > s.Height-margin {
		y = max(margin, at.Y-away-h-2*padY)
	}
	place(r.back, x, y, w+2*padX, h+2*padY)
	place(r.text.box, x+padX, y+padY, w, h)
}
