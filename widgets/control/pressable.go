package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
	"cuelight/widgets/tooltip"
)

// Pressable is what everything that can be pressed embeds: pointer, keyboard,
// focus ring, disabled state and tooltip. A widget calls Extend with itself.
type Pressable struct {
	widget.DisableableWidget
	// OnTapped is called on a press by pointer, Space or Enter. While it is nil
	// there is nothing to press.
	OnTapped func()
	// OnKey is offered every key first; true means that it used the key. May be
	// nil.
	OnKey func(*fyne.KeyEvent) bool
	// TipText gives the tooltip's text when the pointer comes to rest; may be nil.
	TipText func() string

	hovered, focused, held bool
	holdOff                HoldOff

	self fyne.Widget
	tip  tooltip.Tip
}

var (
	_ fyne.Focusable     = (*Pressable)(nil)
	_ fyne.Tappable      = (*Pressable)(nil)
	_ fyne.Disableable   = (*Pressable)(nil)
	_ desktop.Hoverable  = (*Pressable)(nil)
	_ desktop.Mouseable  = (*Pressable)(nil)
	_ desktop.Cursorable = (*Pressable)(nil)
)

// Extend must be called with the widget that embeds this, before it is shown.
func (p *Pressable) Extend(self fyne.Widget) {
	p.ExtendBaseWidget(self)
	p.self, p.tip.Owner = self, self
}

// Disabled is also true where nothing happens on a press, so that Tab passes over
// it.
func (p *Pressable) Disabled() bool { return p.Dimmed() || p.OnTapped == nil }

// Dimmed reports whether Disable was called: only then is it drawn as disabled.
func (p *Pressable) Dimmed() bool { return p.DisableableWidget.Disabled() }

// Hovered reports whether the pointer is over it.
func (p *Pressable) Hovered() bool { return p.hovered }

// Focused reports whether it has the keyboard.
func (p *Pressable) Focused() bool { return p.focused }

// HideTip takes the tooltip away.
func (p *Pressable) HideTip() { p.tip.Hide() }

// HoverColor is the translucent colour laid over it while it is hovered or held.
func (p *Pressable) HoverColor() color.Color {
	switch {
	case p.Disabled():
		return color.Transparent
	case p.held:
		return paint.Color(p.self, theme.ColorNamePressed)
	case p.hovered:
		return paint.Color(p.self, theme.ColorNameHover)
	default:
		return color.Transparent
	}
}

// SetAction tells which action a press is now, by an ID. For HoldOffTime after it has
// changed, presses by pointer and keyboard do nothing; it looks the same meanwhile.
func (p *Pressable) SetAction(id string, clock timer.Clock) { p.holdOff.Set(id, clock) }

// HoldOff lets presses do nothing for HoldOffTime from now on, for something that has
// come up where another thing may just have been pressed.
func (p *Pressable) HoldOff(clock timer.Clock) { p.holdOff.Begin(clock) }

// Tapped presses it.
func (p *Pressable) Tapped(*fyne.PointEvent) {
	if !p.Disabled() && !p.holdOff.Holds() {
		p.OnTapped()
	}
}

// MouseDown shows it held and hides the tooltip, which has been read by then.
func (p *Pressable) MouseDown(*desktop.MouseEvent) {
	p.tip.Hide()
	p.setHeld(!p.Disabled())
}

// MouseUp undoes MouseDown.
func (p *Pressable) MouseUp(*desktop.MouseEvent) { p.setHeld(false) }

func (p *Pressable) setHeld(held bool) {
	if p.held != held {
		p.held = held
		p.Refresh()
	}
}

// MouseIn shows that it can be pressed.
func (p *Pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	if p.TipText != nil {
		p.tip.Schedule(p.TipText())
	}
	p.Refresh()
}

// MouseMoved does nothing.
func (p *Pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (p *Pressable) MouseOut() {
	p.hovered, p.held = false, false
	p.tip.Hide()
	p.Refresh()
}

// Cursor is a hand where something happens on a press.
func (p *Pressable) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained shows the focus ring. A press with the pointer does not take the
// keyboard, so the ring means that the keyboard is in use.
func (p *Pressable) FocusGained() {
	p.focused = true
	p.Refresh()
}

// FocusLost takes the focus ring away.
func (p *Pressable) FocusLost() {
	p.focused = false
	p.Refresh()
}

// TypedRune does nothing: Space comes as a key.
func (p *Pressable) TypedRune(rune) {}

// TypedKey presses on Space and Enter.
func (p *Pressable) TypedKey(e *fyne.KeyEvent) {
	if p.OnKey != nil && p.OnKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	case fyne.KeyEscape:
		ForwardKey(p.self, e)
	}
}

// Disable also ends hovering, so that it does not look pressable when it is enabled
// again somewhere else.
func (p *Pressable) Disable() {
	p.hovered, p.held = false, false
	p.tip.Hide()
	p.DisableableWidget.Disable()
}
