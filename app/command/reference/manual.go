package reference

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"cuelight/app/words"
)

// manual gives the page in the language of man(7).
func manual(model *kong.Application, w *words.Words) string {
	var b strings.Builder
	heading := func(key string) { fmt.Fprintf(&b, ".SH %s\n", escaped(w.Say("command.manual_"+key))) }
	b.WriteString(".TH CUELIGHT 1\n")
	heading("name")
	fmt.Fprintf(&b, "cuelight \\- %s\n", escaped(w.Say("command.manual_summary")))
	heading("synopsis")
	b.WriteString(".B cuelight\n[\\fIcommand\\fR] [\\fIflags\\fR]\n")
	heading("description")
	paragraph(&b, model.Help)
	paragraph(&b, w.Say("command.manual_window"))
	heading("commands")
	for _, c := range commandsOf(model)[1:] {
		manualCommand(&b, model, c)
	}
	heading("flags")
	for _, flag := range shownFlags(model.Node) {
		manualFlag(&b, flag)
	}
	heading("exit")
	for code := range 8 {
		fmt.Fprintf(&b, ".TP\n.B %d\n%s\n", code, escaped(w.Say(fmt.Sprintf("command.manual_exit_%d", code))))
	}
	heading("files")
	paragraph(&b, w.Say("command.manual_where"))
	return b.String()
}

func manualCommand(b *strings.Builder, model *kong.Application, c command) {
	fmt.Fprintf(b, ".SS %s\n", escaped("cuelight "+c.line()))
	paragraph(b, c.help)
	node := model.Node
	for _, word := range c.path {
		for _, child := range node.Children {
			if child.Name == word {
				node = child
				break
			}
		}
	}
	for _, argument := range node.Positional {
		fmt.Fprintf(b, ".TP\n.I %s\n%s\n", escaped(strings.Trim(argument.Summary(), "[]<>")), escaped(argument.Help))
	}
	for _, flag := range shownFlags(node) {
		manualFlag(b, flag)
	}
}

func manualFlag(b *strings.Builder, flag *kong.Flag) {
	names := strings.Join(spellings(flag), ", ")
	fmt.Fprintf(b, ".TP\n\\fB%s\\fR", escaped(names))
	if !flag.IsBool() {
		fmt.Fprintf(b, "=\\fI%s\\fR", escaped(flag.FormatPlaceHolder()))
	}
	fmt.Fprintf(b, "\n%s\n", escaped(flag.Help))
	for _, name := range flag.Envs {
		fmt.Fprintf(b, "(\\fB%s\\fR)\n", escaped(name))
	}
}

func paragraph(b *strings.Builder, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(b, ".PP\n%s\n", escaped(line))
	}
}

// escaped keeps a text from being read as requests: a backslash, a dash that is
// typed, and a dot or an apostrophe that begins a line.
func escaped(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", " ").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
