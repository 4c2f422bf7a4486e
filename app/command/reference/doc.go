// Package reference describes the command line to other programs: as a page of
// the manual, and as completion for shells. Both are made from the same model that
// the help is printed from, so that neither can fall behind it.
package reference

import (
	"io"

	"github.com/alecthomas/kong"

	"cuelight/app/words"
)

// Output is where a description goes, and in which language it is.
type Output struct {
	W     io.Writer
	Words *words.Words
}

// Completion prints the completion of a shell.
type Completion struct {
	Shell string `arg:"" enum:"bash,zsh,fish" placeholder:"bash|zsh|fish" help:"help_completion_shell"`
}

// Run prints it.
func (c *Completion) Run(model *kong.Application, out Output) error {
	commands := commandsOf(model)
	var script string
	switch c.Shell {
	case "bash":
		script = bash(commands)
	case "zsh":
		script = zsh(commands)
	case "fish":
		script = fish(commands)
	}
	_, err := io.WriteString(out.W, script)
	return err
}

// Manual prints the page of the manual.
type Manual struct{}

// Run prints it.
func (Manual) Run(model *kong.Application, out Output) error {
	_, err := io.WriteString(out.W, manual(model, out.Words))
	return err
}
