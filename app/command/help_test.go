package command

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"cuelight/app/words"
)

func TestEveryHelpTextHasWordsInBothLanguages(t *testing.T) {
	for _, lang := range words.Languages {
		w := words.New(lang)
		parser, err := newParser(&cli{}, Program{}.filled(), w)
		if err != nil {
			t.Fatal(err)
		}
		texts := 0
		look := func(name, help string) {
			switch texts++; {
			case strings.Contains(help, helpPrefix):
				t.Errorf("%s: no words for the help of %s: %s", lang, name, help)
			case help == "":
				t.Errorf("%s: %s has no help", lang, name)
			}
		}
		err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
			switch n := node.(type) {
			case *kong.Node:
				look(n.Name, n.Help)
			case *kong.Flag:
				look("--"+n.Name, n.Help)
			case *kong.Value:
				look(n.Name, n.Help)
			}
			return next(nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		if texts < 60 {
			t.Errorf("only %d texts were looked at", texts)
		}
	}
}
