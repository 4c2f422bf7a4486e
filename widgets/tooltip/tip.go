package tooltip

import (
	"time"

	"fyne.io/fyne/v2"

	"cuelight/widgets/timer"
)

// showDelay is how long the pointer rests before a tooltip shows.
const showDelay = 500 * time.Millisecond

// Host is the content of a window that can show a tooltip over everything else.
type Host interface {
	// Clock is the clock that the wait for a tooltip runs on.
	Clock() timer.Clock
	// ShowTip shows a text beside an object, in place of any other.
	ShowTip(owner fyne.CanvasObject, text string)
	// HideTip takes the tooltip away where it is this object's.
	HideTip(owner fyne.CanvasObject)
}

// Tip shows a text beside Owner once the pointer rests on it. It needs a Host as
// the window's content and does nothing without one. All of it is for the
// window's goroutine.
type Tip struct {
	Owner fyne.CanvasObject

	stop func() // ends the wait
	host Host   // where the text is shown now
}

// Schedule shows a text after a moment; an empty one shows nothing.
func (t *Tip) Schedule(text string) {
	t.Hide()
	host := hostOf(t.Owner)
	if text == "" || host == nil {
		return
	}
	t.stop = host.Clock().After(showDelay, func() {
		t.host = host
		host.ShowTip(t.Owner, text)
	})
}

// Hide takes the text away, or ends the wait for it.
func (t *Tip) Hide() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if t.host != nil {
		t.host.HideTip(t.Owner)
		t.host = nil
	}
}

// hostOf finds the Host that an object is shown in, or nil.
func hostOf(o fyne.CanvasObject) Host {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	host, _ := c.Content().(Host)
	return host
}
