package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/widgets/surface"
)

// Room between things, in steps of four.
const (
	gapSmall  = 8
	gap       = 16
	gapLarge  = 24
	edge      = 20 // between the window's frame and what it holds
	barHeight = 58
)

// arrange makes a container of two functions.
func arrange(place func([]fyne.CanvasObject, fyne.Size), least func([]fyne.CanvasObject) fyne.Size, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&arrangement{place, least}, objects...)
}

type arrangement struct {
	place func([]fyne.CanvasObject, fyne.Size)
	least func([]fyne.CanvasObject) fyne.Size
}

func (a *arrangement) Layout(objects []fyne.CanvasObject, s fyne.Size) { a.place(objects, s) }
func (a *arrangement) MinSize(objects []fyne.CanvasObject) fyne.Size   { return a.least(objects) }

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// tall gives an object a width and tells the height it needs in it: texts break
// into lines, so that their height is only known then.
func tall(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	h := o.MinSize().Height
	if h != o.Size().Height {
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

// newRoom gives an object all the room there is and asks for a fixed least
// size, whatever the object would like: the window can always be made small.
func newRoom(o fyne.CanvasObject, least fyne.Size) *fyne.Container {
	return arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) { put(objects[0], 0, 0, s.Width, s.Height) },
		func([]fyne.CanvasObject) fyne.Size { return least }, o)
}

// column puts objects below each other at their natural height, each as wide
// as the column.
func column(between float32, objects ...fyne.CanvasObject) *fyne.Container {
	place := func(objects []fyne.CanvasObject, s fyne.Size) {
		y := float32(0)
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			h := tall(o, s.Width)
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
	return arrange(place, least, objects...)
}

// row puts objects beside each other at their natural width, centred in the
// height; those that are stretchy share what is left.
func row(between float32, stretchy func(fyne.CanvasObject) bool, objects ...fyne.CanvasObject) *fyne.Container {
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
			put(o, x, (s.Height-m.Height)/2, w, m.Height)
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
	return arrange(place, least, objects...)
}

// only tells row that one object is the stretchy one.
func only(stretchy fyne.CanvasObject) func(fyne.CanvasObject) bool {
	return func(o fyne.CanvasObject) bool { return o == stretchy }
}

// page keeps an object at most so wide, from the upper left, with the screen's
// margin around it.
func page(widest float32, o fyne.CanvasObject) *fyne.Container {
	return arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			w := min(widest, s.Width-2*edge)
			tall(objects[0], w)
			objects[0].Move(fyne.NewPos(edge, gap))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+2*edge, m.Height+2*gap)
		}, o)
}

// fullCard puts what a screen holds on one card that fills it.
func fullCard(inner fyne.CanvasObject) *fyne.Container {
	return arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		put(o[0], edge, gap, s.Width-2*edge, max(0, s.Height-2*gap))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, surface.NewCard("", "", inner))
}

// padded leaves room around an object.
func padded(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			put(objects[0], x, y, max(0, s.Width-2*x), max(0, s.Height-2*y))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+2*x, m.Height+2*y)
		}, o)
}

// left keeps an object at its natural width, at the left.
func left(o fyne.CanvasObject) *fyne.Container { return row(0, nil, o) }
