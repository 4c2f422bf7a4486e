package providers

import (
	"errors"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cuelight/internal/text"
)

// Unit is what the limit of a text counts.
type Unit string

const (
	// Characters are code points after NFC, so that a syllable typed as three
	// letters counts as one.
	Characters Unit = ""
	// Bytes are those of UTF-8 after NFC: a syllable of Hangul has three.
	Bytes Unit = "bytes"
)

// Length measures a text.
func (u Unit) Length(s string) int {
	s = norm.NFC.String(s)
	if u == Bytes {
		return len(s)
	}
	return utf8.RuneCountInString(s)
}

// tooLong is the end of the reason that says that a text is too long in this unit.
func (u Unit) tooLong() string {
	if u == Bytes {
		return "too_long_bytes"
	}
	return "too_long"
}

// Limit bounds one field. Which members count depends on the field: the length of
// texts, entries of hashtags, the number itself for numbers. Zero means no bound
// known.
type Limit struct {
	Min, Max int
	// Unit is what texts are measured in, and the entries of a list.
	Unit Unit
	// Each bounds the length of each entry of a list, All of all together.
	Each, All int
	// Options, where present, are the only values allowed, by their code.
	Options []string
}

// CheckText checks a text as it would be sent: cleaned, in one line. Its error is
// of kind ErrUsage with the reason "<field>.empty", "<field>.too_long" or
// "<field>.too_long_bytes".
func (l Limit) CheckText(field FieldID, given string) error {
	cleaned := text.Title(given)
	n := l.Unit.Length(cleaned)
	switch {
	case cleaned == "" && l.Min > 0:
		return limitError(field, "empty", l.Min)
	case l.Max > 0 && n > l.Max:
		return limitError(field, l.Unit.tooLong(), l.Max)
	}
	return nil
}

// CheckEntries checks the entries of a list as they would be sent. Its errors are
// of kind ErrUsage with the reasons "<field>.too_many", "<field>.entry_too_long"
// and "<field>.all_too_long", the last two with _bytes behind them where bytes
// are counted; several are joined.
func (l Limit) CheckEntries(field FieldID, entries []string) error {
	var errs []error
	if l.Max > 0 && len(entries) > l.Max {
		errs = append(errs, limitError(field, "too_many", l.Max))
	}
	all, longest := 0, 0
	for _, entry := range entries {
		n := l.Unit.Length(entry)
		all, longest = all+n, max(longest, n)
	}
	if l.Each > 0 && longest > l.Each {
		errs = append(errs, limitError(field, "entry_"+l.Unit.tooLong(), l.Each))
	}
	if l.All > 0 && all > l.All {
		errs = append(errs, limitError(field, "all_"+l.Unit.tooLong(), l.All))
	}
	return errors.Join(errs...)
}

func limitError(field FieldID, what string, limit int) error {
	return &Error{Kind: ErrUsage, Op: "check", Field: string(field), Reason: string(field) + "." + what, Limit: limit}
}
