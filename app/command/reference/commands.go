package reference

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// command is one command, as a shell completes it.
type command struct {
	// path are the words that lead to it: none for the program itself.
	path  []string
	help  string
	verbs []*kong.Node
	flags []*kong.Flag
	// values are what its arguments may be, where that is a list.
	values []string
}

func (c command) line() string { return strings.Join(c.path, " ") }

// commandsOf gives every command that help shows, the program itself first.
// Flags are those of a command and of everything that leads to it.
func commandsOf(model *kong.Application) []command {
	var out []command
	var walk func(node *kong.Node, path []string, above []*kong.Flag)
	walk = func(node *kong.Node, path []string, above []*kong.Flag) {
		flags := slices.Concat(above, shownFlags(node))
		c := command{path: path, help: node.Help, verbs: shownVerbs(node), flags: flags}
		for _, argument := range node.Positional {
			c.values = append(c.values, choices(argument)...)
		}
		out = append(out, c)
		for _, verb := range c.verbs {
			walk(verb, append(slices.Clone(path), verb.Name), flags)
		}
	}
	walk(model.Node, nil, nil)
	return out
}

func shownVerbs(node *kong.Node) []*kong.Node {
	return slices.DeleteFunc(slices.Clone(node.Children), func(n *kong.Node) bool { return n.Hidden || n.Type != kong.CommandNode })
}

func shownFlags(node *kong.Node) []*kong.Flag {
	return slices.DeleteFunc(slices.Clone(node.Flags), func(f *kong.Flag) bool { return f.Hidden })
}

// choices gives what a value may be, where that is a list.
func choices(value *kong.Value) []string {
	return slices.DeleteFunc(strings.Split(value.Enum, ","), func(choice string) bool { return choice == "" })
}

// spellings gives a flag as it is typed, its negated form included.
func spellings(flag *kong.Flag) []string {
	out := []string{"--" + flag.Name}
	if flag.Tag != nil && flag.Tag.Negatable != "" {
		out = append(out, "--no-"+flag.Name)
	}
	if flag.Short != 0 {
		out = append(out, "-"+string(flag.Short))
	}
	return out
}

// takesFile reports whether a flag's value is a file or folder.
func takesFile(flag *kong.Flag) bool {
	return flag.PlaceHolder == "FILE" || flag.PlaceHolder == "DIR"
}

// firstSentence is what fits beside a word in a list of a shell.
func firstSentence(help string) string {
	sentence, _, _ := strings.Cut(help, "\n")
	if before, _, more := strings.Cut(sentence, ". "); more {
		sentence = before
	}
	return strings.TrimSuffix(sentence, ".")
}
