package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cuelight/internal/text"
)

func TestWhatStrangersWriteIsSafeOnALine(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"방송 제목 ♥ #1":                        "방송 제목 ♥ #1",
		"red \x1b[31mtext\x1b[0m":           "red text",
		"\u009b31mC1\u009b0m":               "C1",
		"\x1b]0;title\x07after":             "after",
		"\x1b]8;;http://x\x1b\\link":        "link",
		"\u009d0;title\u009cafter":          "after",
		"\x1bcreset":                        "reset",
		"unfinished \x1b[31":                "unfinished 31",
		"two\nrows":                         "two rows",
		"two\r\nrows":                       "two rows",
		"a\tb\u2028c\u0085d":                "a b c d",
		"bell\x07 back\x08space\x7f":        "bell backspace",
		"\u202eesrever\u202c":               "esrever",
		"a\u2066b\u2069c\u200fd\u061ce":     "abcde",
		"ze\u200bro\u2060wi\ufeffdth\u00ad": "zerowidth",
		"not\u200djoined\u200c":             "notjoined",
		"hidden\U000e0041\U000e0042":        "hidden",
		"selector\ufe0f\ufe0f":              "selector\ufe0f",
		" \ufe0fx":                          " x",
		"bad\xffbyte":                       "bad\ufffdbyte",
	} {
		if got := text.Line(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
	if got := text.Block("a\nb\tc\r\nd\x1b[2J"); got != "a\nb\tc\nd" {
		t.Errorf("several lines are shown as %q", got)
	}
}

func TestJoinedEmojiAndScriptsStayWhole(t *testing.T) {
	for _, s := range []string{
		"👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f\u200d🔥", "🏳\ufe0f\u200d🌈", "👩🏽\u200d💻", "🙂\u200d↔\ufe0f",
		"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "1\ufe0f\u20e3", "🇰🇷",
		"می\u200cخواهم", "ක්\u200dෂ", "葛\U000e0100", "ㅎㅎ", "한글",
	} {
		if got := text.Line(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestBlank(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, " \t": true, "\u200b\ufeff": true, "\u3164": true, "\u2800\u00a0": true, "\ufe0f": true, "\x1b": true,
		"a": false, "\u200b.": false, "♥": false,
	} {
		if got := text.Blank(s); got != want {
			t.Errorf("%q counts as blank: %t", s, got)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"a\x1b[31mb", "👨\u200d👩", "\u202e", "\xff", "\u009d0;x\u009c", "\x1b\x1b[", "🏴\U000e0067"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shown := text.Line(s)
		if !utf8.ValidString(shown) || strings.ContainsAny(shown, "\n\r\t\x00\x1b\x7f\u0085\u009b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u2028") {
			t.Errorf("%q is shown as %q", s, shown)
		}
		if again := text.Line(shown); again != shown {
			t.Errorf("%q is shown as %q, and that as %q", s, shown, again)
		}
		if name, err := text.Name(s); err == nil && text.Line(name) != name {
			t.Errorf("the name %q is taken", name)
		}
	})
}

func FuzzLineReader(f *testing.F) {
	f.Add([]byte("key\r\n"))
	f.Add([]byte("\xff\xfek\x00\n\x00"))
	f.Add([]byte("\xfe\xff\x00k\x00\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		lines := text.NewLineReader(strings.NewReader(string(raw)))
		for i := 0; ; i++ {
			line, err := lines.Next()
			if err != nil {
				return
			}
			if i > len(raw) {
				t.Fatal("the reader never ends")
			}
			if text.Trim(line) != line {
				t.Errorf("%q is not clean at its edges", line)
			}
		}
	})
}
