package widgets

import (
	"time"

	"fyne.io/fyne/v2"
)

// tipDelay is how long the pointer rests before a tip shows.
const tipDelay = 500 * time.Millisecond

// tip shows a text beside its owner while the pointer rests on it. It needs a Layer
// as the window's content and does nothing without one.
type tip struct {
	owner fyne.CanvasObject
	stop  func()
	layer *Layer
}

func (t *tip) wait(text string) {
	t.end()
	layer := layerOf(t.owner)
	if text == "" || layer == nil {
		return
	}
	t.stop = layer.clock.After(tipDelay, func() {
		t.layer = layer
		layer.showTip(t.owner, text)
	})
}

func (t *tip) end() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if t.layer != nil {
		t.layer.hideTip(t.owner)
		t.layer = nil
	}
}

// layerOf finds the Layer that an object is shown in, or nil.
func layerOf(o fyne.CanvasObject) *Layer {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	layer, _ := c.Content().(*Layer)
	return layer
}
