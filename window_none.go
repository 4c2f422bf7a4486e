//go:build nowindow

package main

import (
	"fmt"
	"os"

	"cuelight/app/command"
	"cuelight/app/desktop/look"
	"cuelight/app/words"
)

// This is the program for machines without a display or OpenGL: the terminal
// alone, in one file that needs no other.

// version is the program's own, the same as FyneApp.toml's.
const version = look.Version

// fonts are none: there is no window to carry them.
var fonts []string

// openWindow says that there is none.
func openWindow(w *command.Window) int {
	fmt.Fprintln(os.Stderr, words.New(w.Lang).Say("command.no_window"))
	return command.ExitUsage
}
