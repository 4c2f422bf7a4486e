package layer

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
)

// Layer is the content of a window that shows tooltips and messages over everything else
// without taking pointer or keyboard from it. Set it as the window's content once
// and change what it holds with SetContent.
type Layer struct {
	widget.BaseWidget
	clock   timer.Clock
	content fyne.CanvasObject
	toasts  []*toast
	clear   fyne.Size

	tipOwner fyne.CanvasObject
	tipText  string
}

// NewLayer wraps the content of a window.
func NewLayer(content fyne.CanvasObject, clock timer.Clock) *Layer {
	l := &Layer{clock: timer.OrWall(clock), content: content}
	l.ExtendBaseWidget(l)
	return l
}

// SetContent changes what is under tooltips and messages.
func (l *Layer) SetContent(content fyne.CanvasObject) {
	l.content = content
	l.tipOwner = nil
	l.Refresh()
}

// Clock is the clock that tooltips and messages run on.
func (l *Layer) Clock() timer.Clock { return l.clock }

// ShowTip shows a text beside an object, in place of any other.
func (l *Layer) ShowTip(owner fyne.CanvasObject, text string) {
	l.tipOwner, l.tipText = owner, text
	l.Refresh()
}

// HideTip takes the tooltip away where it is this object's.
func (l *Layer) HideTip(owner fyne.CanvasObject) {
	if l.tipOwner == owner {
		l.tipOwner = nil
		l.Refresh()
	}
}

// Tip is the tooltip shown now, or nothing.
func (l *Layer) Tip() string {
	if l.tipOwner == nil {
		return ""
	}
	return l.tipText
}

// CreateRenderer is for the toolkit.
func (l *Layer) CreateRenderer() fyne.WidgetRenderer {
	r := &layerRenderer{l: l, back: canvas.NewRectangle(color.Transparent), text: paint.NewBlock()}
	r.Refresh()
	return r
}

// layerRenderer does not refresh the content: a tooltip that comes or goes must not
// cost a redraw of the whole window.
type layerRenderer struct {
	l    *Layer
	back *canvas.Rectangle
	text *paint.Block
}

func (r *layerRenderer) Destroy() {}

func (r *layerRenderer) MinSize() fyne.Size { return r.l.content.MinSize() }

func (r *layerRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.l.content}
	for _, t := range r.l.toasts {
		objects = append(objects, t)
	}
	if r.l.tipOwner != nil {
		objects = append(objects, r.back, r.text.Object)
	}
	return objects
}

func (r *layerRenderer) Refresh() {
	l := r.l
	r.back.FillColor = paint.Color(l, theme.ColorNameButton)
	r.back.StrokeColor, r.back.StrokeWidth = paint.Color(l, theme.ColorNameSeparator), 1
	r.back.CornerRadius = paint.Size(l, theme.SizeNameSelectionRadius)
	r.back.Shadow = canvas.Shadow{Color: paint.Color(l, theme.ColorNameShadow), BlurRadius: 8, Offset: fyne.NewPos(0, 2)}
	r.text.Set(l.tipText, paint.Size(l, theme.SizeNameCaptionText), false, paint.Color(l, theme.ColorNameForeground))
	r.Layout(l.Size())
	canvas.Refresh(l)
}

func (r *layerRenderer) Layout(s fyne.Size) {
	paint.Place(r.l.content, 0, 0, s.Width, s.Height)
	if r.l.tipOwner != nil {
		r.placeTip(s)
	}
	r.l.placeToasts(s)
}

// placeTip puts the tooltip under its owner, or over it where there is no room, and
// always inside the window.
func (r *layerRenderer) placeTip(s fyne.Size) {
	const padX, padY, away, margin, widest = 10, 6, 6, 8, 380
	driver := fyne.CurrentApp().Driver()
	owner := r.l.tipOwner
	at := driver.AbsolutePositionForObject(owner).Subtract(driver.AbsolutePositionForObject(r.l))
	h := r.text.Height(min(widest, s.Width-2*(padX+margin)))
	w := r.text.LongestLine()
	x := max(margin, min(at.X, s.Width-w-2*padX-margin))
	y := at.Y + owner.Size().Height + away
	if y+h+2*padY > s.Height-margin {
		y = max(margin, at.Y-away-h-2*padY)
	}
	paint.Place(r.back, x, y, w+2*padX, h+2*padY)
	paint.Place(r.text.Object, x+padX, y+padY, w, h)
}
