package status

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
)

// CueState is what the cue light shows.
type CueState int

// The states of the cue light.
const (
	CueOff          CueState = iota // hollow: nothing is ready
	CueReady                        // amber: one press from being on air
	CueOnAir                        // red and glowing
	CueReconnecting                 // red, blinking slowly
	CueLost                         // red and hollow, blinking: nobody knows any more
)

// halfBlink is how long it stays bright, and dim, while it blinks.
const halfBlink = 900 * time.Millisecond

// CueLight is the one thing on the screen that is seen from across the room. It
// runs a timer only while it blinks.
type CueLight struct {
	control.Pressable
	state   CueState
	side    float32
	clock   timer.Clock
	dimmed  bool
	stop    func()
	tooltip string
}

// NewCueLight makes a light, side pixels across without its glow; tapped may be nil.
func NewCueLight(side float32, clock timer.Clock, tapped func()) *CueLight {
	c := &CueLight{side: side, clock: timer.OrWall(clock)}
	c.OnTapped = tapped
	c.TipText = func() string { return c.tooltip }
	c.Extend(c)
	return c
}

// Set changes the state; the tooltip says it in words.
func (c *CueLight) Set(state CueState, tooltip string) {
	c.tooltip = tooltip
	if state == c.state {
		return
	}
	c.state, c.dimmed = state, false
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	if state == CueReconnecting || state == CueLost {
		c.toggleLater()
	}
	c.Refresh()
}

// State is what it shows now.
func (c *CueLight) State() CueState { return c.state }

// toggleLater turns the light dim or bright after half a blink, again and again.
func (c *CueLight) toggleLater() {
	c.stop = c.clock.After(halfBlink, func() {
		c.dimmed = !c.dimmed
		c.toggleLater()
		c.Refresh()
	})
}

// CreateRenderer is for the toolkit.
func (c *CueLight) CreateRenderer() fyne.WidgetRenderer {
	halo, body := canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{halo, body}}
	f.OnRefresh = func() { c.paint(halo, body) }
	rim := c.side / 6
	f.OnLayout = func(s fyne.Size) {
		x, y := (s.Width-c.side)/2, (s.Height-c.side)/2
		paint.Place(body, x, y, c.side, c.side)
		paint.Place(halo, x-rim, y-rim, c.side+2*rim, c.side+2*rim)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSquareSize(c.side + 2*rim) }
	f.OnRefresh()
	return f
}

func (c *CueLight) paint(halo, body *canvas.Circle) {
	name := theme.ColorNamePlaceHolder
	switch c.state {
	case CueReady:
		name = theme.ColorNameWarning
	case CueOnAir, CueReconnecting, CueLost:
		name = theme.ColorNameError
	}
	full := paint.Color(c, name)
	halo.FillColor, halo.Shadow = paint.Faded(c, name, 0x33), canvas.Shadow{}
	body.FillColor, body.StrokeColor, body.StrokeWidth = full, full, 0
	switch {
	case c.state == CueOff:
		halo.FillColor = color.Transparent
		body.FillColor, body.StrokeWidth = color.Transparent, c.side/9
	case c.state == CueLost:
		halo.FillColor = color.Transparent
		body.FillColor, body.StrokeWidth = paint.Faded(c, name, 0x40), c.side/7
		if c.dimmed {
			body.FillColor, body.StrokeColor = color.Transparent, paint.Faded(c, name, 0x70)
		}
	case c.dimmed:
		halo.FillColor = color.Transparent
		body.FillColor, body.StrokeColor, body.StrokeWidth = paint.Faded(c, name, 0x40), paint.Faded(c, name, 0xA0), c.side/12
	case c.state == CueOnAir:
		halo.FillColor = paint.Faded(c, name, 0x66)
		halo.Shadow = canvas.Shadow{Color: paint.Faded(c, name, 0x90), BlurRadius: c.side / 2, Spread: c.side / 14}
	}
	if c.Focused() {
		halo.Shadow = canvas.Shadow{Color: paint.Color(c, theme.ColorNameFocus), Spread: paint.RingSpread, BlurRadius: 1}
	}
}
