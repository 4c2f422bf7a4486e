package usage

import (
	"regexp"
	"strings"

	"cuelight/app/words"
)

// usageErrors are what the library says about a command line that it cannot read,
// and the key of our words for it.
var usageErrors = []struct{ said, key string }{
	{`^unexpected argument (\S+)$`, "unexpected"},
	{`^unexpected argument (\S+), did you mean (.+)\?$`, "unexpected_like"},
	{`^unknown flag (\S+)$`, "flag"},
	{`^unknown flag (\S+), did you mean (.+)\?$`, "flag_like"},
	{`^expected one of (.+)$`, "one_of"},
	{`^expected "(.+)"$`, "missing"},
	{`^missing flags: (.+)$`, "missing"},
	{`^(\S+) must be one of (.+) but got (.+)$`, "choice"},
	{`^(\S+): expected a valid .*int but got (.+)$`, "number"},
	{`^(\S+): expected duration but got ("[^"]*").*$`, "duration"},
	{`^(\S+): expected .* but got .*; perhaps try (.+)\?$`, "dash"},
	{`^(\S+): expected .* but got (?:"EOL"|.* \(long flag\)|.* \(short flag\)).*$`, "value"},
	{`^(\S+) and (\S+) can't be used together$`, "together"},
}

// Explain puts into words what the library said. Something it says that is not
// known here stays as it is: better in English than not at all.
func Explain(w *words.Words, said string) string {
	for _, m := range usageErrors {
		// Made here: a command line that is right must not pay for it.
		found := regexp.MustCompile(m.said).FindStringSubmatch(said)
		if found == nil {
			continue
		}
		args := words.Args{}
		for i, part := range found[1:] {
			args[string(rune('A'+i))] = strings.ReplaceAll(strings.ReplaceAll(part, `","`, `", "`), `"`, "")
		}
		return w.Say("command.misuse."+m.key, args)
	}
	return said
}

// headings are the library's own words on a page of help.
var headings = []struct{ said, key string }{
	{"Usage:", "usage"},
	{"Arguments:", "arguments"},
	{"Flags:", "flags"},
	{"Commands:", "commands"},
	{`Run "cuelight <command> --help" for more information on a command.`, "more"},
}

// translateHeadings puts the library's headings into the user's language.
func translateHeadings(w *words.Words, page string) string {
	lines := strings.SplitAfter(page, "\n")
	for i, line := range lines {
		for _, h := range headings {
			if rest, ok := strings.CutPrefix(line, h.said); ok {
				lines[i] = w.Say("command.heading."+h.key) + rest
			}
		}
	}
	return strings.Join(lines, "")
}
