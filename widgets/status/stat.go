package status

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// Stat is a tile with a number and what it counts.
type Stat struct {
	widget.BaseWidget
	value   *label.TabularText
	caption *label.Line
	tone    paint.Tone
}

// NewStat makes a tile.
func NewStat(value, caption string) *Stat {
	s := &Stat{
		value:   label.NewTabularText(value, label.Style{Size: SizeNameStat, Bold: true}),
		caption: label.NewFillingLine(caption, label.Caption()),
	}
	s.ExtendBaseWidget(s)
	return s
}

// SizeNameStat is the theme's size for the number of a Stat; themes without it show
// the size of subheadings.
const SizeNameStat fyne.ThemeSizeName = "stat"

// Set changes the number. A tone of ToneWarn or ToneBad marks the tile with a bar at its
// left, so that it does not rest on colour alone.
func (s *Stat) Set(value string, tone paint.Tone) {
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
	f := &paint.Renderer{Draws: []fyne.CanvasObject{back, bar, s.value, s.caption}}
	f.OnRefresh = func() {
		back.FillColor = paint.Color(s, theme.ColorNameBackground)
		back.StrokeColor, back.StrokeWidth = paint.Color(s, theme.ColorNameSeparator), 1
		back.CornerRadius = paint.Size(s, theme.SizeNameInputRadius)
		bar.Hidden = s.tone != paint.ToneWarn && s.tone != paint.ToneBad
		bar.FillColor = paint.Color(s, s.tone.Color())
		s.value.Style.Size = SizeNameStat
		if paint.Size(s, SizeNameStat) == 0 {
			s.value.Style.Size = theme.SizeNameSubHeadingText
		}
	}
	f.OnLayout = func(box fyne.Size) {
		paint.Place(back, 0, 0, box.Width, box.Height)
		paint.Place(bar, 5, pad, 3, box.Height-2*pad)
		inner := max(0, box.Width-2*pad)
		paint.Place(s.value, pad, pad-2, inner, 26)
		paint.Place(s.caption, pad, box.Height-pad-15, inner, 16)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(max(80, s.value.MinSize().Width+2*pad), 68) }
	f.OnRefresh()
	return f
}
