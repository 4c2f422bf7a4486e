// Package desktop is the Fyne face of Cuelight: window, screens, tray and
// keyboard. It shows app.State and calls the Engine's use cases, and does
// nothing else: no network, no files, no secrets on screen.
//
// There is one way of drawing. The Engine's Watch wakes a goroutine, which
// hands one render at a time to the window's goroutine; a render reads the
// State that is present then and passes it to the parts on screen, each of
// which changes only what differs. Use cases run in goroutines of their own
// with a context that ends with the window; the window's goroutine never
// waits.
package desktop
