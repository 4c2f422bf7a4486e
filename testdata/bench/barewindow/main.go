// Barewindow is the least that a Fyne program can be: what Cuelight's window is
// measured against.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	window := app.NewWithID("cuelight.bare").NewWindow("Bare window")
	window.SetContent(widget.NewLabel("bare"))
	window.Resize(fyne.NewSize(1120, 720))
	window.ShowAndRun()
}
