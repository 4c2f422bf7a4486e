// Package usage puts what the command line's library says, its help and its errors,
// into the user's language.
package usage

import (
	"bytes"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"cuelight/app/words"
)

// HelpPrefix marks the help texts in the command line's tags: they are keys of
// words, under "command.<key>".
const HelpPrefix = "help_"

// TranslateHelp puts the help texts into the user's language. The library would also
// fill places in the tags by itself, but looks through every text for further
// places at each start, which took longer than all the rest of a command.
func TranslateHelp(parser *kong.Kong, w *words.Words) error {
	return kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		switch n := node.(type) {
		case *kong.Application:
			n.Node.Help = translated(w, n.Node.Help)
		case *kong.Node:
			n.Help = translated(w, n.Help)
		case *kong.Flag:
			if n == parser.Model.HelpFlag {
				n.Help = HelpPrefix + "help" // the library's own
			}
			n.Help = translated(w, n.Help)
		case *kong.Value:
			n.Help = translated(w, n.Help)
		}
		return next(nil)
	})
}

// HelpPrinter prints the library's page of help in the user's language.
func HelpPrinter(w *words.Words) kong.HelpPrinter {
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		out := ctx.Stdout
		var page bytes.Buffer
		ctx.Stdout = &page
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = out
		_, _ = io.WriteString(out, translateHeadings(w, page.String()))
		return err
	}
}

func translated(w *words.Words, help string) string {
	if strings.HasPrefix(help, HelpPrefix) {
		return w.Say("command." + help)
	}
	return help
}
