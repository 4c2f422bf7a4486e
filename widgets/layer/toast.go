package layer

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// How long a toast stays, and how many are seen at once.
const (
	toastStay       = 5 * time.Second
	toastStayAction = 9 * time.Second
	toastsAtOnce    = 3
)

// Toast is a short message that comes and goes by itself and blocks nothing.
type Toast struct {
	Tone paint.Tone
	Text string
	// Action is what its button says; without it there is only a cross to close.
	Action   string
	OnAction func()
	// Stay is how long it stays; 0 is 5 seconds, or 9 with an action. The time starts
	// anew when the pointer leaves it.
	Stay time.Duration
}

func (t Toast) stay() time.Duration {
	switch {
	case t.Stay > 0:
		return t.Stay
	case t.Action != "" || t.Tone == paint.ToneBad:
		return toastStayAction
	default:
		return toastStay
	}
}

// Toast shows a message over the window, newest lowest. At most three are seen; the
// oldest makes room. What it returns closes the message before its time.
func (l *Layer) Toast(message Toast) (dismiss func()) {
	t := &toast{message: message, layer: l}
	t.ExtendBaseWidget(t)
	t.button = control.NewButton(message.Action, nil, control.LinkLike, func() {
		t.dismiss()
		if message.OnAction != nil {
			message.OnAction()
		}
	})
	t.button.Hidden = message.Action == ""
	t.cross = control.NewButton("", theme.Icon(theme.IconNameCancel), control.Quiet, t.dismiss)
	l.toasts = append(l.toasts, t)
	for len(l.toasts) > toastsAtOnce {
		l.toasts[0].dismiss()
	}
	t.start()
	l.Refresh()
	return t.dismiss
}

// Toasts are the messages shown now, oldest first.
func (l *Layer) Toasts() []Toast {
	shown := make([]Toast, len(l.toasts))
	for i, t := range l.toasts {
		shown[i] = t.message
	}
	return shown
}

// Box is where something stands in the window.
type Box struct {
	Position fyne.Position
	Size     fyne.Size
}

// Boxes are where the messages shown now stand, oldest first.
func (l *Layer) Boxes() []Box {
	boxes := make([]Box, len(l.toasts))
	for i, t := range l.toasts {
		boxes[i] = Box{t.Position(), t.Size()}
	}
	return boxes
}

// KeepClear keeps messages off a corner at the lower right, where something stands
// that must stay in reach: they go to its left where there is room, else above it.
func (l *Layer) KeepClear(corner fyne.Size) {
	if l.clear != corner {
		l.clear = corner
		l.Refresh()
	}
}

// placeToasts stacks them up from the lower right, or over the full width of a
// narrow window.
func (l *Layer) placeToasts(s fyne.Size) {
	const margin, gap, widest = 16, 8, 400
	width := min(widest, s.Width-2*margin)
	right, y := s.Width-margin, s.Height-margin
	if l.clear.Width+width+4*margin <= s.Width {
		right -= l.clear.Width
	} else {
		y -= l.clear.Height
	}
	for i := len(l.toasts) - 1; i >= 0; i-- {
		t := l.toasts[i]
		t.Resize(fyne.NewSize(width, t.Size().Height))
		h := t.MinSize().Height
		y -= h
		paint.Place(t, right-width, y, width, h)
		y -= gap
	}
}

type toast struct {
	widget.BaseWidget
	message Toast
	layer   *Layer
	button  *control.Button
	cross   *control.Button
	stop    func()
}

var _ desktop.Hoverable = (*toast)(nil)

func (t *toast) start() {
	t.halt()
	t.stop = t.layer.clock.After(t.message.stay(), t.dismiss)
}

func (t *toast) halt() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

func (t *toast) dismiss() {
	t.halt()
	for i, shown := range t.layer.toasts {
		if shown == t {
			t.layer.toasts = append(t.layer.toasts[:i:i], t.layer.toasts[i+1:]...)
			t.layer.Refresh()
			return
		}
	}
}

// MouseIn keeps the message as long as the pointer is on it.
func (t *toast) MouseIn(*desktop.MouseEvent) { t.halt() }

// MouseMoved does nothing.
func (t *toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets the time run again.
func (t *toast) MouseOut() {
	for _, shown := range t.layer.toasts {
		if shown == t {
			t.start()
		}
	}
}

// CreateRenderer is for the toolkit.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	const pad, mark = 14, 20
	back := canvas.NewRectangle(color.Transparent)
	sign, text := paint.NewMark(), paint.NewBlock()
	f := &paint.Renderer{Draws: append(append([]fyne.CanvasObject{back}, sign.Objects()...), text.Object, t.button, t.cross)}
	room := func(width float32) float32 {
		return width - pad - mark - 10 - t.buttonWidth() - 28 - 8
	}
	f.OnRefresh = func() {
		back.FillColor = paint.Color(t, theme.ColorNameButton)
		back.StrokeColor, back.StrokeWidth = paint.Color(t, theme.ColorNameSeparator), 1
		back.CornerRadius = paint.Size(t, theme.SizeNameInputRadius)
		back.Shadow = canvas.Shadow{Color: paint.Color(t, theme.ColorNameShadow), BlurRadius: 14, Offset: fyne.NewPos(0, 4)}
		sign.Paint(t, t.message.Tone, "")
		text.Set(t.message.Text, paint.Size(t, theme.SizeNameText)-0.5, false, paint.Color(t, theme.ColorNameForeground))
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(back, 0, 0, s.Width, s.Height)
		sign.Put(pad, (s.Height-mark)/2, mark)
		h := text.Height(room(s.Width))
		text.Put(pad+mark+10, (s.Height-h)/2, room(s.Width))
		paint.Place(t.cross, s.Width-28-8, (s.Height-28)/2, 28, 28)
		paint.Place(t.button, s.Width-28-8-t.buttonWidth(), (s.Height-28)/2, t.buttonWidth(), 28)
	}
	f.OnMinSize = func() fyne.Size {
		return fyne.NewSize(200, max(48, text.Height(room(max(200, t.Size().Width)))+2*pad))
	}
	f.OnRefresh()
	return f
}

func (t *toast) buttonWidth() float32 {
	if t.button.Hidden {
		return 0
	}
	return t.button.MinSize().Width
}
