package kit

import (
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// EnterPresses lets Enter in any of some fields press a button, as people expect of a
// small form. While the button is disabled nothing happens.
func EnterPresses(b *control.Button, fields ...*input.TextField) {
	for _, f := range fields {
		f.OnEnter = func(string) { b.Tapped(nil) }
	}
}
