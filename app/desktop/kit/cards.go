package kit

import "fyne.io/fyne/v2"

// cardColumnsWidth is the width from which on cards stand in two columns.
const cardColumnsWidth = 940

// CardColumns puts cards below a heading, with the screen's margin around them: in two
// columns where there is room, otherwise those of the right below those of the left.
func CardColumns(heading fyne.CanvasObject, left, right []fyne.CanvasObject) *fyne.Container {
	one, other := Column(Gap, left...), Column(Gap, right...)
	width := float32(0)
	both := func() bool { return width >= cardColumnsWidth }
	return Arrange(func(_ []fyne.CanvasObject, s fyne.Size) {
		width = s.Width
		inner := s.Width - 2*Margin
		y := FitHeight(heading, inner) + 2*Gap
		heading.Move(fyne.NewPos(Margin, Gap))
		column := inner
		if both() {
			column = (inner - Gap) / 2
		}
		h := FitHeight(one, column)
		one.Move(fyne.NewPos(Margin, y))
		FitHeight(other, column)
		if both() {
			other.Move(fyne.NewPos(Margin+column+Gap, y))
		} else {
			other.Move(fyne.NewPos(Margin, y+h+Gap))
		}
	}, func([]fyne.CanvasObject) fyne.Size {
		a, b := one.MinSize(), other.MinSize()
		cards := a.Height + Gap + b.Height
		if both() {
			cards = max(a.Height, b.Height)
		}
		return fyne.NewSize(max(a.Width, b.Width)+2*Margin, heading.MinSize().Height+cards+3*Gap)
	}, heading, one, other)
}
