package text_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"cuelight/internal/text"
)

// utf16 writes ASCII in UTF-16.
func utf16(s string, big bool) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if big {
			b.Write([]byte{0, c})
		} else {
			b.Write([]byte{c, 0})
		}
	}
	return b.String()
}

func TestLinesInEveryEncodingOfAShell(t *testing.T) {
	for name, in := range map[string]string{
		"plain":                       "key-1\nkey-2\n",
		"CR and LF":                   "key-1\r\nkey-2\r\n",
		"no end":                      "key-1\nkey-2",
		"spaces around":               "  key-1\t\n\u00a0key-2\u200b\n",
		"UTF-8 with a mark":           "\ufeffkey-1\r\nkey-2\r\n",
		"UTF-16LE with a mark":        "\xff\xfe" + utf16("key-1\r\nkey-2\r\n", false),
		"UTF-16BE with a mark":        "\xfe\xff" + utf16("key-1\r\nkey-2\r\n", true),
		"UTF-16LE without a mark":     utf16("key-1\r\nkey-2\r\n", false),
		"UTF-16BE without a mark":     utf16("key-1\nkey-2\n", true),
		"UTF-16LE without a line end": "\xff\xfe" + utf16("key-1\nkey-2", false),
	} {
		t.Run(name, func(t *testing.T) {
			lines := text.NewLineReader(strings.NewReader(in))
			for _, want := range []string{"key-1", "key-2"} {
				if got, err := lines.Next(); err != nil || got != want {
					t.Errorf("read %q, %v; want %q", got, err, want)
				}
			}
			if got, err := lines.Next(); !errors.Is(err, io.EOF) {
				t.Errorf("after the end %q, %v", got, err)
			}
		})
	}
	// U+0A0A is a letter of which both bytes in UTF-16 are a line feed.
	lines := text.NewLineReader(strings.NewReader("\xff\xfea\x00\x0a\x0ab\x00\x0a\x00"))
	if got, err := lines.Next(); err != nil || got != "a\u0a0ab" {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestATokenIsCleanedAtItsEdgesAndRefusedInside(t *testing.T) {
	for _, in := range []string{
		"abc-1", "\ufeffabc-1", "abc-1\r", "\u200babc-1\u200b", "\u00a0abc-1\u202f", "\x00abc-1\x00", "abc-1\u2060\n", "\u202aabc-1\u202c",
		"abc-1\u3164", "\u2800abc-1\uffa0", "\u2065abc-1",
	} {
		if got, err := text.Token(in); err != nil || got != "abc-1" {
			t.Errorf("%q is read as %q, %v", in, got, err)
		}
	}
	for in, at := range map[string]int{
		"ab\x1b[31mc": 3, "ab\nc": 3, "ab\x00c": 3, "a\u200bbc": 2, "a\u00a0b": 2, "a\tb": 2, "a\u202eb": 2, "a\u00adb": 2, "a\xffb": 2, "\ufeffab\ufeffc": 3,
		"a\u3164b": 2, "ab\u2800c": 3, "a\u2065b": 2,
	} {
		_, err := text.Token(in)
		var unseen *text.UnseenError
		if !errors.Is(err, text.ErrUnseen) || !errors.As(err, &unseen) || unseen.Position != at {
			t.Errorf("%q: %v, want a refusal of character %d", in, err, at)
		}
	}
	if got, err := text.Token(" two words "); err != nil || got != "two words" {
		t.Errorf("a space inside: %q, %v", got, err)
	}
	if err := text.CheckToken("key\n"); !errors.Is(err, text.ErrUnseen) {
		t.Errorf("a key with a line end is let pass: %v", err)
	}
}

func TestAPasswordKeepsItsSpaces(t *testing.T) {
	for in, want := range map[string]string{" pass word \r\n": " pass word ", "\ufeffp\u200b": "p", "p\u00a0": "p"} {
		if got := text.TrimPassword(in); got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}

func TestANameIsOneHoweverTyped(t *testing.T) {
	const family = "👩\u200d👩\u200d👧 방"
	for _, in := range []string{"방송\u3164", "\u2800방송", "\u115f방송\u1160"} {
		if got, err := text.Name(in); err != nil || got != "방송" {
			t.Errorf("%q is read as %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{
		"방송": "방송", "\u3164": "", "\u1107\u1161\u11bc\u1109\u1169\u11bc": "방송", " 방송\u200b": "방송", family: family, "❤️": "❤️",
	} {
		if got, err := text.Name(in); err != nil || got != want {
			t.Errorf("%q is read as %q, %v; want %q", in, got, err, want)
		}
	}
	for in, at := range map[string]int{"a\u200bb": 2, "a\x1bb": 2, "a\nb": 2, "ab\u202ec": 3, "a\u200db": 2, "a\u3164b": 2, "a\u2065b": 2} {
		_, err := text.Name(in)
		var unseen *text.UnseenError
		if !errors.As(err, &unseen) || unseen.Position != at {
			t.Errorf("%q: %v, want a refusal of character %d", in, err, at)
		}
	}
}

func TestDigits(t *testing.T) {
	for in, want := range map[string]string{"１３５７９０": "135790", " 13 57\u200b": "13 57", "1２3": "123"} {
		if got := text.Digits(in); got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}
