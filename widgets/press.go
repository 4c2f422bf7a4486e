package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is what everything that can be pressed is built on: pointer, keyboard, ring,
// disabled state and tip. A widget embeds it and calls extend with itself.
type press struct {
	widget.DisableableWidget
	// OnTapped is called when it is pressed by pointer, Space or Enter.
	OnTapped func()

	hovered, focused, held bool
	tip                    tip
	tipText                func() string // what shows while the pointer rests on it
	keys                   func(*fyne.KeyEvent) bool
}

var (
	_ fyne.Focusable     = (*press)(nil)
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Disableable   = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Mouseable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

func (p *press) extend(self fyne.Widget) {
	p.ExtendBaseWidget(self)
	p.tip.owner = self
}

// Disabled is also true for what does nothing on a press, so that Tab passes over it.
func (p *press) Disabled() bool { return p.off() || p.OnTapped == nil }

// off tells whether it was disabled, and should look so.
func (p *press) off() bool { return p.DisableableWidget.Disabled() }

// Tapped presses it.
func (p *press) Tapped(*fyne.PointEvent) {
	if !p.Disabled() {
		p.OnTapped()
	}
}

// MouseDown shows it held. What its tip says has been read by then.
func (p *press) MouseDown(*desktop.MouseEvent) {
	p.tip.end()
	p.setHeld(!p.Disabled())
}

// MouseUp shows it free again.
func (p *press) MouseUp(*desktop.MouseEvent) { p.setHeld(false) }

func (p *press) setHeld(held bool) {
	if p.held != held {
		p.held = held
		p.Refresh()
	}
}

// MouseIn shows that it can be pressed.
func (p *press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	if p.tipText != nil {
		p.tip.wait(p.tipText())
	}
	p.Refresh()
}

// MouseMoved does nothing.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (p *press) MouseOut() {
	p.hovered, p.held = false, false
	p.tip.end()
	p.Refresh()
}

// Cursor is a hand where something happens on a press.
func (p *press) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained shows the ring. A press with the pointer does not take the keyboard,
// so a ring means that the keyboard is in use.
func (p *press) FocusGained() {
	p.focused = true
	p.Refresh()
}

// FocusLost takes the ring away.
func (p *press) FocusLost() {
	p.focused = false
	p.Refresh()
}

// TypedRune does nothing: Space comes as a key.
func (p *press) TypedRune(rune) {}

// TypedKey presses on Space and Enter.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	if p.keys != nil && p.keys(e) {
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	case fyne.KeyEscape:
		passKey(p.tip.owner, e)
	}
}

// Disable also ends hover, so that it does not look pressable when enabled again
// somewhere else.
func (p *press) Disable() {
	p.hovered, p.held = false, false
	p.tip.end()
	p.DisableableWidget.Disable()
}
