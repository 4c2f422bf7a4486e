package text

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// maxLine bounds one line of input, in bytes. A longer one is cut.
const maxLine = 64 << 10

// LineReader reads lines that were typed, pasted or piped, in whatever encoding
// a shell writes.
type LineReader struct {
	in *bufio.Reader
	// mark is the byte order mark of the first line: those after it have none.
	mark []byte
}

// NewLineReader reads lines from in.
func NewLineReader(in io.Reader) *LineReader { return &LineReader{in: bufio.NewReader(in)} }

// Next gives the next line without its end and without what nobody sees at its
// edges. The last line needs no end; after it the error is io.EOF.
func (l *LineReader) Next() (string, error) {
	raw := append([]byte(nil), l.mark...)
	for {
		b, err := l.in.ReadByte()
		if errors.Is(err, io.EOF) && len(raw) > len(l.mark) {
			break
		}
		if err != nil {
			return "", err
		}
		if raw = append(raw, b); b == '\n' && l.ends(&raw) || len(raw) >= maxLine {
			break
		}
	}
	if l.mark == nil && (isLittle(raw) || isBig(raw)) && bytes.ContainsAny(raw[:1], "\xff\xfe") {
		l.mark = raw[:2:2]
	}
	return Trim(Decode(raw)), nil
}

// ends reports whether the line feed just read ends the line: in UTF-16 the
// byte may be half of another character.
func (l *LineReader) ends(raw *[]byte) bool {
	at := len(*raw) - 1
	switch {
	case isLittle(*raw):
		if at%2 != 0 {
			return false
		}
		next, err := l.in.ReadByte()
		if err == nil {
			*raw = append(*raw, next)
		}
		return next == 0
	case isBig(*raw):
		return at%2 == 1 && (*raw)[at-1] == 0
	}
	return true
}

func isLittle(raw []byte) bool {
	return len(raw) >= 2 && (raw[0] == 0xff && raw[1] == 0xfe || raw[0] != 0 && raw[1] == 0)
}

func isBig(raw []byte) bool {
	return len(raw) >= 2 && (raw[0] == 0xfe && raw[1] == 0xff || raw[0] == 0 && raw[1] != 0)
}
