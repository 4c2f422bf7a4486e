package input

import (
	"fmt"
	"unicode/utf8"
)

// ByteWords are the words of a field whose limit counts bytes of UTF-8, which
// people cannot count by looking.
type ByteWords struct {
	// Counter says how many of limit are used.
	Counter func(used, limit int) string
	// TooLong says by how many the text is over.
	TooLong func(over int) string
}

// SetLimit changes how many characters may be used; 0 for any number.
func (t *TextField) SetLimit(limit int) { t.setLimit(limit, nil) }

// SetByteLimit changes how many bytes of UTF-8 may be used; 0 for any number.
func (t *TextField) SetByteLimit(limit int, words ByteWords) { t.setLimit(limit, &words) }

func (t *TextField) setLimit(limit int, words *ByteWords) {
	if t.max == limit && (t.bytes == nil) == (words == nil) {
		return
	}
	t.max, t.bytes = limit, words
	t.Refresh()
}

// Over tells by how much the text is too long, in characters or bytes, or 0.
func (t *TextField) Over() int {
	if t.max <= 0 {
		return 0
	}
	return max(0, t.used()-t.max)
}

// used is how much of the limit is used.
func (t *TextField) used() int {
	text := t.Text()
	if t.Counted != nil {
		text = t.Counted(text)
	}
	if t.bytes != nil {
		return len(text)
	}
	return utf8.RuneCountInString(text)
}

// counter shows how much of the limit is used, empty without one.
func (t *TextField) counter() string {
	switch {
	case t.max <= 0:
		return ""
	case t.bytes != nil:
		return t.bytes.Counter(t.used(), t.max)
	}
	return fmt.Sprintf("%d / %d", t.used(), t.max)
}

// overMessage says by how much the text is too long.
func (t *TextField) overMessage(over int) string {
	switch {
	case t.bytes != nil:
		return t.bytes.TooLong(over)
	case t.tooLong != nil:
		return t.tooLong(over)
	}
	return ""
}
