package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/surface"
)

// The window's size at first, and the smallest that still works.
var (
	WindowSize = fyne.NewSize(1120, 720)
	WindowMin  = fyne.NewSize(720, 480)
)

// Space between things, in steps of four, and the measures that screens share.
const (
	GapSmall = 8
	Gap      = 16
	GapLarge = 24
	Margin   = 20 // between the window's frame and what it holds
	// TwoColumnWidth is the width from which on a screen stands in two columns.
	TwoColumnWidth = 820
	// PageWidth is how wide a page of cards is where there is room.
	PageWidth = 760
	// BigButtonHeight is the height of the one big button of a screen.
	BigButtonHeight = 56
	// ThumbnailScale is how many pixels are kept for one of the toolkit's scaled
	// ones: enough for dense screens.
	ThumbnailScale = 2
)

// Arrange makes a container of two functions.
func Arrange(place func([]fyne.CanvasObject, fyne.Size), least func([]fyne.CanvasObject) fyne.Size, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&arrangement{place, least}, objects...)
}

type arrangement struct {
	place func([]fyne.CanvasObject, fyne.Size)
	least func([]fyne.CanvasObject) fyne.Size
}

func (a *arrangement) Layout(objects []fyne.CanvasObject, s fyne.Size) { a.place(objects, s) }
func (a *arrangement) MinSize(objects []fyne.CanvasObject) fyne.Size   { return a.least(objects) }

// Place moves and resizes in one go.
func Place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// FitHeight gives an object a width and tells the height it needs in it: texts break
// into lines, so that their height is only known then.
func FitHeight(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	h := o.MinSize().Height
	if h != o.Size().Height {
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

// FixedMin gives an object all the room there is and asks for a fixed minimum
// size, whatever the object would like: the window can always be made small.
func FixedMin(o fyne.CanvasObject, least fyne.Size) *fyne.Container {
	return Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) { Place(objects[0], 0, 0, s.Width, s.Height) },
		func([]fyne.CanvasObject) fyne.Size { return least }, o)
}

// Column puts objects below each other at their natural height, each as wide
// as the column.
func Column(between float32, objects ...fyne.CanvasObject) *fyne.Container {
	place := func(objects []fyne.CanvasObject, s fyne.Size) {
		y := float32(0)
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			h := FitHeight(o, s.Width)
			o.Move(fyne.NewPos(0, y))
			y += h + between
		}
	}
	least := func(objects []fyne.CanvasObject) fyne.Size {
		var s fyne.Size
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			m := o.MinSize()
			s.Width = max(s.Width, m.Width)
			if s.Height > 0 {
				s.Height += between
			}
			s.Height += m.Height
		}
		return s
	}
	return Arrange(place, least, objects...)
}

// Row puts objects beside each other at their natural width, centred in the
// height; those that are stretchy share what is left.
func Row(between float32, stretchy func(fyne.CanvasObject) bool, objects ...fyne.CanvasObject) *fyne.Container {
	if stretchy == nil {
		stretchy = func(fyne.CanvasObject) bool { return false }
	}
	place := func(objects []fyne.CanvasObject, s fyne.Size) {
		left, fills := s.Width, 0
		for i, o := range objects {
			if !o.Visible() {
				continue
			}
			if i > 0 {
				left -= between
			}
			if stretchy(o) {
				fills++
			} else {
				left -= o.MinSize().Width
			}
		}
		x := float32(0)
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			m := o.MinSize()
			w := m.Width
			if stretchy(o) {
				w = max(0, left/float32(fills))
			}
			Place(o, x, (s.Height-m.Height)/2, w, m.Height)
			x += w + between
		}
	}
	least := func(objects []fyne.CanvasObject) fyne.Size {
		var s fyne.Size
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			m := o.MinSize()
			if s.Width > 0 {
				s.Width += between
			}
			s.Width += m.Width
			s.Height = max(s.Height, m.Height)
		}
		return s
	}
	return Arrange(place, least, objects...)
}

// Stretch tells row that one object is the stretchy one.
func Stretch(stretchy fyne.CanvasObject) func(fyne.CanvasObject) bool {
	return func(o fyne.CanvasObject) bool { return o == stretchy }
}

// Page bounds the width of an object and puts it at the upper left, with the screen's
// margin around it.
func Page(widest float32, o fyne.CanvasObject) *fyne.Container {
	return Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			w := min(widest, s.Width-2*Margin)
			FitHeight(objects[0], w)
			objects[0].Move(fyne.NewPos(Margin, Gap))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+2*Margin, m.Height+2*Gap)
		}, o)
}

// FullCard puts what a screen holds on one card that fills it.
func FullCard(inner fyne.CanvasObject) *fyne.Container {
	return Arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		Place(o[0], Margin, Gap, s.Width-2*Margin, max(0, s.Height-2*Gap))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, surface.NewCard("", "", inner))
}

// Padded leaves room around an object.
func Padded(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			Place(objects[0], x, y, max(0, s.Width-2*x), max(0, s.Height-2*y))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+2*x, m.Height+2*y)
		}, o)
}

// Left keeps an object at its natural width, at the left.
func Left(o fyne.CanvasObject) *fyne.Container { return Row(0, nil, o) }

// PaddedText is Padded for a text whose height follows its width.
func PaddedText(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			FitHeight(objects[0], max(0, s.Width-2*x))
			objects[0].Move(fyne.NewPos(x, y))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+2*x, m.Height+2*y)
		}, o)
}

// Indented leaves room at the left of an object whose height may follow its width.
func Indented(left float32, o fyne.CanvasObject) *fyne.Container {
	return Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			FitHeight(objects[0], max(0, s.Width-left))
			objects[0].Move(fyne.NewPos(left, 0))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+left, m.Height)
		}, o)
}

// Stack lays one object over another.
func Stack(back, front fyne.CanvasObject) *fyne.Container {
	return Arrange(Fill, func(objects []fyne.CanvasObject) fyne.Size {
		return objects[0].MinSize().Max(objects[1].MinSize())
	}, back, front)
}

// Fill gives every object all the room there is.
func Fill(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		Place(o, 0, 0, s.Width, s.Height)
	}
}

// Beside puts a button at the right of a field's box, below its caption.
func Beside(field, button fyne.CanvasObject) fyne.CanvasObject {
	const caption = 25
	return Arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			w := objects[1].MinSize().Width
			FitHeight(objects[0], max(0, s.Width-w-GapSmall))
			objects[0].Move(fyne.NewPos(0, 0))
			Place(objects[1], s.Width-w, caption, w, objects[1].MinSize().Height)
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+objects[1].MinSize().Width, m.Height)
		}, field, button)
}

// TilesWidth is what tiles with these titles need in one line.
func TilesWidth(titles ...string) float32 {
	const pad, between = 16, 10
	w := float32(-between)
	for _, title := range titles {
		w += fyne.MeasureText(title, theme.TextSize(), fyne.TextStyle{Bold: true}).Width + 2*pad + between
	}
	return w + 2
}

// Enable enables or disables an object, unless it is so already.
func Enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}
