// Package desktop is Cuelight's window: the shell around the screens, the bar, the
// tray and the keyboard. It puts the screens together, which are packages of their
// own below it and know nothing of each other; what two of them need is in kit. They
// show state.State and call use cases, and do nothing else: no network, no files, no
// secrets on screen. Each screen says as an interface which use cases it needs;
// services.go alone knows where they come from.
//
// There is one way of drawing. Watch wakes a goroutine, which hands one render at a
// time to the window's goroutine; a render reads the State that is present then and
// passes it to the parts on screen, each of which changes only what differs. Use cases
// run in goroutines of their own with a context that ends with the window; the
// window's goroutine never waits.
package desktop
