package text

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode reads bytes that a shell piped as text. A byte order mark decides
// between UTF-8, UTF-16 and UTF-32 (PowerShell writes UTF-16); without one it is
// UTF-8, unless every second byte is zero, as in UTF-16 of a key without mark.
// Bytes that cannot be decoded come back as they are, for whoever reads them to
// refuse.
func Decode(raw []byte) string {
	out, err := decoderOf(raw).Bytes(raw)
	if err != nil {
		return string(raw)
	}
	return string(out)
}

func decoderOf(raw []byte) *encoding.Decoder {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM).NewDecoder()
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	case zeroBytes(raw, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case zeroBytes(raw, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return unicode.UTF8BOM.NewDecoder()
}

// zeroBytes reports whether every second byte, from the given one on, is zero,
// and no other is: ASCII in UTF-16 without a byte order mark.
func zeroBytes(raw []byte, from int) bool {
	if len(raw) < 2 || len(raw)%2 != 0 {
		return false
	}
	for i, b := range raw {
		if (b == 0) != (i%2 == from) {
			return false
		}
	}
	return true
}
