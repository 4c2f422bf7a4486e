package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// HoldButton is an icon button that acts while it is held by pointer or Space, and
// stops in whatever way the hold ends.
type HoldButton struct {
	Button
	onHold func(held bool)
}

var _ desktop.Keyable = (*HoldButton)(nil)

// NewHoldButton makes a button; tooltip says what holding it does.
func NewHoldButton(icon fyne.Resource, tooltip string, held func(bool)) *HoldButton {
	h := &HoldButton{onHold: held}
	h.icon, h.kind = icon, Quiet
	h.OnTapped = func() {}
	h.TipText = func() string { return tooltip }
	h.Extend(h)
	return h
}

// MouseDown starts the hold.
func (h *HoldButton) MouseDown(e *desktop.MouseEvent) {
	h.Button.MouseDown(e)
	h.onHold(true)
}

// MouseUp ends it.
func (h *HoldButton) MouseUp(e *desktop.MouseEvent) {
	h.Button.MouseUp(e)
	h.onHold(false)
}

// MouseOut ends it: the pointer may be released elsewhere.
func (h *HoldButton) MouseOut() {
	h.Button.MouseOut()
	h.onHold(false)
}

// FocusLost ends it: the window may have gone to the background.
func (h *HoldButton) FocusLost() {
	h.Button.FocusLost()
	h.onHold(false)
}

// KeyDown starts the hold with Space.
func (h *HoldButton) KeyDown(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		h.onHold(true)
	}
}

// KeyUp ends it.
func (h *HoldButton) KeyUp(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		h.onHold(false)
	}
}
