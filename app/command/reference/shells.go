package reference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// bash gives a completion that knows the words before the one that is typed, and
// what may follow them.
func bash(commands []command) string {
	var b strings.Builder
	b.WriteString("# bash completion of cuelight\n")
	b.WriteString("_cuelight() {\n\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} line= words= known i\n")
	b.WriteString("\tCOMPREPLY=()\n\tcase $before in\n")
	for choice, flags := range valuesOfFlags(commands) {
		fmt.Fprintf(&b, "\t%s) COMPREPLY=($(compgen -W %s -- \"$word\")); return ;;\n", strings.Join(flags, "|"), quoted(choice))
	}
	if files := fileFlags(commands); len(files) > 0 {
		fmt.Fprintf(&b, "\t%s) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n", strings.Join(files, "|"))
	}
	fmt.Fprintf(&b, "\tesac\n\tknown=%s\n", quoted("|"+strings.Join(lines(commands), "|")+"|"))
	b.WriteString("\tfor ((i = 1; i < COMP_CWORD; i++)); do\n")
	b.WriteString("\t\tif [[ $known == *\"|${line:+$line }${COMP_WORDS[i]}|\"* ]]; then line=\"${line:+$line }${COMP_WORDS[i]}\"; fi\n\tdone\n")
	b.WriteString("\tcase $line in\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "\t%s) words=%s ;;\n", quoted(c.line()), quoted(strings.Join(append(follows(c), flagWords(c)...), " ")))
	}
	b.WriteString("\tesac\n\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\ncomplete -F _cuelight cuelight\n")
	return b.String()
}

// zsh gives the same, with what each word is for.
func zsh(commands []command) string {
	var b strings.Builder
	b.WriteString("#compdef cuelight\n")
	fmt.Fprintf(&b, "_cuelight() {\n\tlocal line= i known=%s\n\tlocal -a words_here\n", quoted("|"+strings.Join(lines(commands), "|")+"|"))
	b.WriteString("\tcase ${words[CURRENT-1]} in\n")
	for choice, flags := range valuesOfFlags(commands) {
		fmt.Fprintf(&b, "\t%s) compadd -- %s; return ;;\n", strings.Join(flags, "|"), choice)
	}
	if files := fileFlags(commands); len(files) > 0 {
		fmt.Fprintf(&b, "\t%s) _files; return ;;\n", strings.Join(files, "|"))
	}
	b.WriteString("\tesac\n\tfor ((i = 2; i < CURRENT; i++)); do\n")
	b.WriteString("\t\tif [[ $known == *\"|${line:+$line }${words[i]}|\"* ]]; then line=\"${line:+$line }${words[i]}\"; fi\n\tdone\n")
	b.WriteString("\tcase $line in\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "\t%s) words_here=(", quoted(c.line()))
		for _, verb := range c.verbs {
			fmt.Fprintf(&b, " %s", quoted(verb.Name+":"+colons(firstSentence(verb.Help))))
		}
		for _, value := range c.values {
			fmt.Fprintf(&b, " %s", quoted(value))
		}
		for _, flag := range c.flags {
			for _, spelling := range spellings(flag) {
				fmt.Fprintf(&b, " %s", quoted(spelling+":"+colons(firstSentence(flag.Help))))
			}
		}
		b.WriteString(" ) ;;\n")
	}
	b.WriteString("\tesac\n\t_describe cuelight words_here\n}\n")
	b.WriteString("if [ \"${funcstack[1]}\" = _cuelight ]; then _cuelight \"$@\"; else compdef _cuelight cuelight; fi\n")
	return b.String()
}

// fish gives the same: one line for each word, with where it may stand.
func fish(commands []command) string {
	var b strings.Builder
	b.WriteString("# fish completion of cuelight\ncomplete -c cuelight -f\n")
	root := commands[0]
	flagLines := func(when string, flags []*kong.Flag) {
		for _, flag := range flags {
			fmt.Fprintf(&b, "complete -c cuelight%s -l %s -d %s%s\n", when, flag.Name, quoted(firstSentence(flag.Help)), fishValue(flag))
		}
	}
	flagLines("", root.flags)
	for _, c := range commands {
		when := " -n __fish_use_subcommand"
		if len(c.path) > 0 {
			when = " -n " + quoted(seen(c))
		}
		for _, verb := range c.verbs {
			fmt.Fprintf(&b, "complete -c cuelight%s -a %s -d %s\n", when, verb.Name, quoted(firstSentence(verb.Help)))
		}
		if len(c.path) == 0 {
			continue
		}
		for _, value := range c.values {
			fmt.Fprintf(&b, "complete -c cuelight%s -a %s\n", when, quoted(value))
		}
		flagLines(when, c.flags[len(root.flags):])
	}
	return b.String()
}

// seen is fish's condition for a command: its words are on the line, and none of
// a verb of it.
func seen(c command) string {
	var conditions []string
	for _, word := range c.path {
		conditions = append(conditions, "__fish_seen_subcommand_from "+word)
	}
	if len(c.verbs) > 0 {
		var verbs []string
		for _, verb := range c.verbs {
			verbs = append(verbs, verb.Name)
		}
		conditions = append(conditions, "not __fish_seen_subcommand_from "+strings.Join(verbs, " "))
	}
	return strings.Join(conditions, "; and ")
}

func fishValue(flag *kong.Flag) string {
	switch {
	case flag.IsBool():
		return ""
	case takesFile(flag):
		return " -r -F"
	case len(choices(flag.Value)) > 0:
		return " -x -a " + quoted(strings.Join(choices(flag.Value), " "))
	}
	return " -x"
}

func lines(commands []command) []string {
	var out []string
	for _, c := range commands[1:] {
		out = append(out, c.line())
	}
	return out
}

func follows(c command) []string {
	var out []string
	for _, verb := range c.verbs {
		out = append(out, verb.Name)
	}
	return append(out, c.values...)
}

func flagWords(c command) []string {
	var out []string
	for _, flag := range c.flags {
		out = append(out, spellings(flag)...)
	}
	return out
}

// valuesOfFlags gives the flags whose values are a list by that list, in the same
// order each time. A flag whose values differ between commands is left out.
func valuesOfFlags(commands []command) func(yield func(string, []string) bool) {
	byFlag, differs := map[string]string{}, map[string]bool{}
	for _, c := range commands {
		for _, flag := range c.flags {
			name, list := "--"+flag.Name, strings.Join(choices(flag.Value), " ")
			if before, seen := byFlag[name]; seen && before != list {
				differs[name] = true
			}
			byFlag[name] = list
		}
	}
	byList := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(byFlag)) {
		if list := byFlag[name]; list != "" && !differs[name] {
			byList[list] = append(byList[list], name)
		}
	}
	return func(yield func(string, []string) bool) {
		for _, list := range slices.Sorted(maps.Keys(byList)) {
			if !yield(list, byList[list]) {
				return
			}
		}
	}
}

func fileFlags(commands []command) []string {
	found := map[string]bool{}
	for _, c := range commands {
		for _, flag := range c.flags {
			if takesFile(flag) {
				found["--"+flag.Name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// quoted makes one word of a text for each of the three shells.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'"'"'`) + "'" }

func colons(text string) string { return strings.ReplaceAll(text, ":", `\:`) }
