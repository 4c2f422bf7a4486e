package look

import (
	_ "embed"

	"fyne.io/fyne/v2"
)

// Pretendard (SIL Open Font License 1.1, fonts/LICENSE.txt) holds all 11,172 modern
// Hangul syllables, Latin and the punctuation of both, in one design. The files are
// kept whole. The bytes stay in the program's read-only data: the toolkit keeps
// slices of them and parses each weight the first time it is drawn.
var (
	//go:embed fonts/Pretendard-Regular.ttf
	regularTTF []byte
	//go:embed fonts/Pretendard-Bold.ttf
	boldTTF []byte
)

var (
	regular = fyne.NewStaticResource("Pretendard-Regular.ttf", regularTTF)
	bold    = fyne.NewStaticResource("Pretendard-Bold.ttf", boldTTF)
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
