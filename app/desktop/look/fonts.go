package look

import (
	_ "embed"

	"fyne.io/fyne/v2"
)

// Pretendard (SIL Open Font License 1.1, fonts/LICENSE.txt) holds all 11,172 modern
// Hangul syllables, Latin and the punctuation of both, in one design. The files are
// kept whole. The bytes stay in the program's read-only data, and the toolkit parses
// each weight the first time it is drawn. These are the OpenType files with CFF
// outlines: parsed, each takes 3 MB of memory where the TrueType file takes 9.5.
var (
	//go:embed fonts/Pretendard-Regular.otf
	regularOTF []byte
	//go:embed fonts/Pretendard-Bold.otf
	boldOTF []byte
)

var (
	regular = fyne.NewStaticResource("Pretendard-Regular.otf", regularOTF)
	bold    = fyne.NewStaticResource("Pretendard-Bold.otf", boldOTF)
)

// Font gives regular or bold. Italic and monospace have no cut of their own in this
// family: emphasis is bold, and numbers are set in equal cells by their widget.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return t.base.Font(style)
	case style.Bold:
		return bold
	default:
		return regular
	}
}
