package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Stat is a tile with a number and what it counts.
type Stat struct {
	widget.BaseWidget
	value   *Numbers
	caption *Line
	tone    Tone
}

// NewStat makes a tile.
func NewStat(value, caption string) *Stat {
	s := &Stat{
		value:   NewNumbers(value, Look{Size: SizeNameStat, Bold: true}),
		caption: NewFillingLine(caption, Caption),
	}
	s.ExtendBaseWidget(s)
	return s
}

// SizeNameStat is the theme's size for the number of a Stat; themes without it show
// the size of subheadings.
const SizeNameStat fyne.ThemeSizeName = "stat"

// Set changes the number. A tone of Warn or Bad marks the tile with a bar at its
// left, so that it does not rest on colour alone.
func (s *Stat) Set(value string, tone Tone) {
	if s.value.Text() == value && s.tone == tone {
		return
	}
	changed := s.tone != tone
	s.tone = tone
	s.value.SetText(value)
	if changed {
		s.Refresh()
	}
}

// Value is the number shown.
func (s *Stat) Value() string { return s.value.Text() }

// CreateRenderer is for the toolkit.
func (s *Stat) CreateRenderer() fyne.WidgetRenderer {
	const pad = 12
	back, bar := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	bar.CornerRadius = 1.5
	f := &frame{objects: []fyne.CanvasObject{back, bar, s.value, s.caption}}
	f.refresh = func() {
		back.FillColor = ink(s, theme.ColorNameBackground)
		back.StrokeColor, back.StrokeWidth = ink(s, theme.ColorNameSeparator), 1
		back.CornerRadius = size(s, theme.SizeNameInputRadius)
		bar.Hidden = s.tone != Warn && s.tone != Bad
		bar.FillColor = ink(s, s.tone.color())
		s.value.Look.Size = SizeNameStat
		if size(s, SizeNameStat) == 0 {
			s.value.Look.Size = theme.SizeNameSubHeadingText
		}
	}
	f.layout = func(box fyne.Size) {
		place(back, 0, 0, box.Width, box.Height)
		place(bar, 5, pad, 3, box.Height-2*pad)
		inner := max(0, box.Width-2*pad)
		place(s.value, pad, pad-2, inner, 26)
		place(s.caption, pad, box.Height-pad-15, inner, 16)
	}
	f.min = func() fyne.Size { return fyne.NewSize(max(80, s.value.MinSize().Width+2*pad), 68) }
	f.refresh()
	return f
}
