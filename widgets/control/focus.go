package control

import "fyne.io/fyne/v2"

// RequestFocus gives an object the keyboard, if it is shown. The toolkit knows the
// canvas of what it has drawn only; something that has just been put on a canvas
// is looked for on all of them.
func RequestFocus(f fyne.Focusable) {
	o, ok := f.(fyne.CanvasObject)
	if !ok {
		return
	}
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		c.Focus(f)
		return
	}
	for _, w := range driver.AllWindows() {
		w.Canvas().Focus(f)
	}
}

// ForwardKey gives a key that a focused object has no use for to its window, which
// the toolkit does only while nothing has the keyboard.
func ForwardKey(o fyne.CanvasObject, k *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}
