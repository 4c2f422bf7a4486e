package text

import "unicode"

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	blackFlag          = '\U0001f3f4'
)

// fillers take up a place and show nothing: Hangul fillers and the empty
// pattern of Braille. They count as letters or symbols in Unicode.
var fillers = &unicode.RangeTable{
	R16: []unicode.Range16{{0x115f, 0x1160, 1}, {0x2800, 0x2800, 1}, {0x3164, 0x3164, 1}, {0xffa0, 0xffa0, 1}},
}

// isFiller reports a character that takes up a place and shows nothing there.
func isFiller(r rune) bool { return unicode.Is(fillers, r) }

// lineEnds and their like become one space on a line.
var lineEnds = &unicode.RangeTable{
	R16: []unicode.Range16{{'\t', '\r', 1}, {0x85, 0x85, 1}, {0x2028, 0x2029, 1}},
}

// unseenMarks are marks that change nothing on a screen by themselves, besides
// the variation selectors: the grapheme joiner, two vowels of Khmer, and the
// selectors of Mongolian.
var unseenMarks = &unicode.RangeTable{
	R16: []unicode.Range16{{0x034f, 0x034f, 1}, {0x17b4, 0x17b5, 1}, {0x180b, 0x180f, 1}},
}

// isVariation reports a selector of how the character before it is drawn.
func isVariation(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f }

// isIdeographVariation reports a selector of a form of a Chinese character.
func isIdeographVariation(r rune) bool { return r >= 0xe0100 && r <= 0xe01ef }

// isTag reports a letter of the name inside a flag, such as Scotland's.
func isTag(r rune) bool { return r >= 0xe0020 && r <= 0xe007f }

// isUnseen reports what shows nothing: control and format characters (which
// change direction, too), selectors, and code points that are no characters.
func isUnseen(r rune) bool {
	if r < 0x7f {
		return r < 0x20
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unseenMarks) ||
		isVariation(r) || isIdeographVariation(r) || r&0xfffe == 0xfffe || r == 0x2065 || r >= 0xfff0 && r <= 0xfff8 ||
		r >= 0xe0000 && r <= 0xe0fff || r >= 0xfdd0 && r <= 0xfdef
}

// joinerScripts write with joiners between letters.
var joinerScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
	unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
	unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// isEmojiPart reports what may stand on either side of a joiner in an emoji.
func isEmojiPart(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= 0x1f3fb && r <= 0x1f3ff || r == 0x2194 || isVariation(r) || isTag(r)
}

// joins reports whether a joiner between two characters does what it is for.
func joins(joiner, before, after rune) bool {
	if unicode.In(before, joinerScripts...) && unicode.In(after, joinerScripts...) {
		return true
	}
	return joiner == zeroWidthJoiner && isEmojiPart(before) && isEmojiPart(after) && !isVariation(after)
}
