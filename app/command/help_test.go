package command

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"cuelight/app/command/usage"
	"cuelight/app/words"
)

func TestEveryHelpTextHasWordsInBothLanguages(t *testing.T) {
	for _, lang := range words.Languages {
		w := words.New(lang)
		parser, err := newParser(&cli{}, Program{}.withDefaults(), w)
		if err != nil {
			t.Fatal(err)
		}
		texts := 0
		look := func(name, help string) {
			switch texts++; {
			case strings.Contains(help, usage.HelpPrefix):
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

func TestAMisspeltCommandLineIsToldInTheUsersLanguage(t *testing.T) {
	for _, lang := range words.Languages {
		for _, line := range []string{
			"nosuch", "setpu", "update --titel x", "update --nothing-like-it", "key", "vod", "update --viewers abc",
			"overlay nope", "start --timeout soon", "live --order x", "setup --channel", "update --password-stdin --no-password",
			"help nosuch",
		} {
			var out, said strings.Builder
			_, code := Main(t.Context(), Program{Stdout: &out, Stderr: &said}, append(strings.Fields(line), "--lang="+lang))
			if code != ExitUsage || out.Len() > 0 {
				t.Errorf("%s: %q ended with %d and %q", lang, line, code, out.String())
			}
			korean := strings.ContainsFunc(said.String(), func(r rune) bool { return r >= '가' && r <= '힣' })
			if english := strings.Contains(said.String(), "expected") || strings.Contains(said.String(), "unexpected") ||
				strings.Contains(said.String(), "unknown"); english || korean != (lang == "ko") {
				t.Errorf("%s: %q says %q", lang, line, said.String())
			}
		}
	}
}

func TestHelpIsInTheUsersLanguage(t *testing.T) {
	for _, line := range []string{"help --lang=ko", "--lang=ko help setup", "key --help --lang ko", "help key reset --lang=ko"} {
		var out strings.Builder
		_, code := Main(t.Context(), Program{Stdout: &out}, strings.Fields(line))
		if code != ExitDone || !strings.HasPrefix(out.String(), "사용법: cuelight") || !strings.Contains(out.String(), "\n옵션:\n") {
			t.Errorf("%q ended with %d and %s", line, code, out.String())
		}
		for _, english := range []string{"Usage:", "Flags:", "Commands:", "Arguments:"} {
			if strings.Contains(out.String(), english) {
				t.Errorf("%q: %s stays English", line, english)
			}
		}
	}
}
