// Package foreground tells which program has the window in front: under Windows,
// and where there is an X server with a window manager that says so. It is
// nothing but that name: no title, no content.
package foreground

import "errors"

// ErrUnsupported: this system, or this session, does not tell.
var ErrUnsupported = errors.New("which program is in front cannot be found out here")
