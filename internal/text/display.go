package text

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Line makes a text safe to show on one line. Line ends and tabs become spaces;
// escape sequences, control characters, changes of direction and everything
// else that nobody sees is left out. Joined emoji and the joiners of scripts
// that need them stay whole. A text that is harmless comes back as it is.
func Line(s string) string { return clean(s, false) }

// Block does the same for a text of several lines: line feeds and tabs stay.
func Block(s string) string { return clean(s, true) }

// EscapeJSON writes what Block would leave out of an encoded JSON value as
// escapes: the value stays the same, and printing it does nothing.
func EscapeJSON(encoded []byte) []byte {
	s := string(encoded)
	if harmless(s, true) {
		return encoded
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if !isUnseen(r) || r == '\n' || r == zeroWidthJoiner || r == zeroWidthNonJoiner || isVariation(r) || isTag(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = fmt.Appendf(out, "\\u%04x", unit)
		}
	}
	return out
}

// Blank reports whether a text shows nothing at all.
func Blank(s string) bool {
	for _, r := range s {
		if !isUnseen(r) && !unicode.IsSpace(r) && !isFiller(r) {
			return false
		}
	}
	return true
}

func clean(s string, lines bool) string {
	if harmless(s, lines) {
		return s
	}
	s = withoutEscapes(strings.ToValidUTF8(s, string(utf8.RuneError)))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var out strings.Builder
	out.Grow(len(s))
	var before rune // the last one written
	inFlag := false // the name inside a flag may follow
	for i, r := range s {
		switch {
		case lines && (r == '\n' || r == '\t'):
		case unicode.Is(lineEnds, r):
			r = ' '
		case isTag(r) && inFlag:
		case !stays(r, before, s[i+utf8.RuneLen(r):]):
			continue
		}
		inFlag = r == blackFlag || inFlag && isTag(r)
		before = r
		out.WriteRune(r)
	}
	return out.String()
}

// harmless finds the texts that need no work: nearly all.
func harmless(s string, lines bool) bool {
	for _, r := range s {
		switch {
		case lines && (r == '\n' || r == '\t'):
		case r == utf8.RuneError, isUnseen(r):
			return false
		}
	}
	return true
}

// stays reports whether a character is shown after the one before it.
func stays(r, before rune, rest string) bool {
	switch {
	case !isUnseen(r):
		return true
	case r == zeroWidthJoiner, r == zeroWidthNonJoiner:
		after, _ := utf8.DecodeRuneInString(rest)
		return joins(r, before, after)
	case isVariation(r):
		return before > ' ' && !isUnseen(before)
	case isIdeographVariation(r):
		return unicode.Is(unicode.Han, before)
	}
	return false
}

// escapes are the sequences that a terminal acts on (ECMA-48, 5.3 to 5.6), with
// the introducer in seven or eight bits: control sequences, strings with their
// end, and escapes of one character.
var escapes = regexp.MustCompile(
	"(?:\x1b\\[|\u009b)[0-?]*[ -/]*[@-~]" +
		"|(?:\x1b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\x07\x1b\u009c\n]*(?:\x07|\x1b\\\\|\u009c)" +
		"|\x1b[ -/]*[0-~]")

func withoutEscapes(s string) string {
	if !strings.ContainsAny(s, "\x1b\u009b\u009d\u0090\u0098\u009e\u009f") {
		return s
	}
	return escapes.ReplaceAllString(s, "")
}

// Shorten cuts what is longer than so many characters, and says so with an
// ellipsis.
func Shorten(s string, characters int) string {
	runes := []rune(s)
	if len(runes) <= characters {
		return s
	}
	return string(runes[:characters]) + "…"
}
