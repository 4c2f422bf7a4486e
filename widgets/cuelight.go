package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// CueState is what the cue light says.
type CueState int

// The states of the cue light.
const (
	CueOff          CueState = iota // hollow: nothing is ready
	CueReady                        // amber: one press from being on air
	CueOnAir                        // red and glowing
	CueReconnecting                 // red, blinking slowly
)

// blink is how long each half of the slow blink lasts.
const blink = 900 * time.Millisecond

// CueLight is the one thing on the screen that is seen from across the room. It
// wakes the program only while it blinks.
type CueLight struct {
	press
	state  CueState
	side   float32
	clock  Clock
	dimmed bool
	stop   func()
	says   string
}

// NewCueLight makes a light, side pixels across without its glow; tapped may be nil.
func NewCueLight(side float32, clock Clock, tapped func()) *CueLight {
	c := &CueLight{side: side, clock: orWall(clock)}
	c.OnTapped = tapped
	c.tipText = func() string { return c.says }
	c.extend(c)
	return c
}

// Set changes the state. What it says in words shows while the pointer rests on it.
func (c *CueLight) Set(state CueState, says string) {
	c.says = says
	if state == c.state {
		return
	}
	c.state, c.dimmed = state, false
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	if state == CueReconnecting {
		c.beat()
	}
	c.Refresh()
}

// State is what it says now.
func (c *CueLight) State() CueState { return c.state }

func (c *CueLight) beat() {
	c.stop = c.clock.After(blink, func() {
		c.dimmed = !c.dimmed
		c.beat()
		c.Refresh()
	})
}

// CreateRenderer is for the toolkit.
func (c *CueLight) CreateRenderer() fyne.WidgetRenderer {
	halo, body := canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	f := &frame{objects: []fyne.CanvasObject{halo, body}}
	f.refresh = func() { c.paint(halo, body) }
	rim := c.side / 6
	f.layout = func(s fyne.Size) {
		x, y := (s.Width-c.side)/2, (s.Height-c.side)/2
		place(body, x, y, c.side, c.side)
		place(halo, x-rim, y-rim, c.side+2*rim, c.side+2*rim)
	}
	f.min = func() fyne.Size { return fyne.NewSquareSize(c.side + 2*rim) }
	f.refresh()
	return f
}

func (c *CueLight) paint(halo, body *canvas.Circle) {
	name := theme.ColorNamePlaceHolder
	switch c.state {
	case CueReady:
		name = theme.ColorNameWarning
	case CueOnAir, CueReconnecting:
		name = theme.ColorNameError
	}
	full := ink(c, name)
	halo.FillColor, halo.Shadow = faded(c, name, 0x33), canvas.Shadow{}
	body.FillColor, body.StrokeColor, body.StrokeWidth = full, full, 0
	switch {
	case c.state == CueOff:
		halo.FillColor = color.Transparent
		body.FillColor, body.StrokeWidth = color.Transparent, c.side/9
	case c.dimmed:
		halo.FillColor = color.Transparent
		body.FillColor, body.StrokeColor, body.StrokeWidth = faded(c, name, 0x40), faded(c, name, 0xA0), c.side/12
	case c.state == CueOnAir:
		halo.FillColor = faded(c, name, 0x66)
		halo.Shadow = canvas.Shadow{Color: faded(c, name, 0x90), BlurRadius: c.side / 2, Spread: c.side / 14}
	}
	if c.focused {
		halo.Shadow = canvas.Shadow{Color: ink(c, theme.ColorNameFocus), Spread: ringSpread, BlurRadius: 1}
	}
}
