package text

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// ErrUnseen is the kind of error for a value that holds a character nobody can
// see where it must not: a line end, an escape, a zero-width space.
var ErrUnseen = errors.New("a character that cannot be seen")

// UnseenError tells which character it is. It never quotes the value, which may
// be a secret.
type UnseenError struct {
	// Rune is the character.
	Rune rune
	// Position is where it stands, counted in characters from 1.
	Position int
}

// Error gives the character as Unicode names it.
func (e *UnseenError) Error() string {
	return fmt.Sprintf("%v (%U, character %d)", ErrUnseen, e.Rune, e.Position)
}

// Is matches ErrUnseen.
func (e *UnseenError) Is(target error) bool { return target == ErrUnseen }

// Trim cuts off at both ends what nobody sees: white space of every kind, line
// ends, byte order marks, control and zero-width characters, and fillers.
func Trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isEdge(r) })
}

// TrimPassword does the same for a password, which may begin or end with a
// space that is meant.
func TrimPassword(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return r != ' ' && (unicode.IsSpace(r) || isEdge(r)) })
}

// isEdge: a variation selector or a tag at the end is part of the emoji there.
func isEdge(r rune) bool {
	return isFiller(r) || isUnseen(r) && !isVariation(r) && !isTag(r) && !isIdeographVariation(r)
}

// Token reads a key, a secret, an ID or an address that was pasted: cleaned at
// its edges, and refused with an *UnseenError where it holds inside what cannot
// be part of it. A space of ASCII may be.
func Token(s string) (string, error) {
	s = Trim(s)
	return s, CheckToken(s)
}

// CheckToken gives an *UnseenError where a value that is used as it is, such as
// a stream key, holds a character that nobody sees, at its edges as well.
func CheckToken(s string) error {
	position := 0
	for _, r := range s {
		position++
		if isUnseen(r) || isFiller(r) || r == utf8.RuneError || r != ' ' && unicode.IsSpace(r) {
			return &UnseenError{Rune: r, Position: position}
		}
	}
	return nil
}

// Name reads a name that a person gives to something: in NFC, so that two ways
// of typing it are one name, without anything at its edges, and refused with an
// *UnseenError where it holds what nobody sees. A joined emoji is seen.
func Name(s string) (string, error) {
	s = norm.NFC.String(Trim(s))
	seen := []rune(Line(s))
	for i, r := range []rune(s) {
		if i >= len(seen) || seen[i] != r || isFiller(r) || r == utf8.RuneError {
			return s, &UnseenError{Rune: r, Position: i + 1}
		}
	}
	return s, nil
}

// Title reads what a person writes for others to read, such as a title: on one
// line and in NFC, without anything at its edges or inside that nobody sees. It
// is empty where there is nothing to see at all.
func Title(s string) string {
	s = norm.NFC.String(Trim(Line(s)))
	if Blank(s) {
		return ""
	}
	return s
}

// Digits reads a number as people type it: full-width digits, which Korean and
// Japanese keyboards give, become plain ones, and the edges are cleaned.
func Digits(s string) string { return width.Narrow.String(Trim(s)) }
