// Package app is what Cuelight does, without any toolkit: accounts, sign-in,
// one-click set-up of OBS, live edits, going live, and putting back what was
// there before.
//
// An Engine owns everything. Faces (app/desktop, app/command) call its use
// cases, which take a context and may be called from any goroutine, and watch
// its State, an immutable value that only reduce makes. No face talks to the
// network and no use case touches a widget.
package app
