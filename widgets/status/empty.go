package status

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// EmptyState fills a place that has nothing to show, or that failed: what it is,
// why, and what to do now.
type EmptyState struct {
	widget.BaseWidget
	icon        fyne.Resource
	title, text string
	action      *control.Button
}

// NewEmptyState makes one; icon may be nil, and without an action's words there is
// no button.
func NewEmptyState(icon fyne.Resource, title, text, action string, tapped func()) *EmptyState {
	e := &EmptyState{icon: icon, title: title, text: text, action: control.NewButton(action, nil, control.Plain, tapped)}
	e.action.Hidden = action == ""
	e.ExtendBaseWidget(e)
	return e
}

// Set changes what it says.
func (e *EmptyState) Set(title, text string) {
	e.title, e.text = title, text
	e.Refresh()
}

// CreateRenderer is for the toolkit.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	const side, gap, widest = 36, 12, 420
	icon, title, text := paint.NewIcon(), paint.NewBlock(), paint.NewBlock()
	title.Align, text.Align = fyne.TextAlignCenter, fyne.TextAlignCenter
	f := &paint.Renderer{Draws: []fyne.CanvasObject{icon, title.Object, text.Object, e.action}}
	f.OnRefresh = func() {
		icon.Resource = paint.Tinted(e.icon, theme.ColorNameDisabled)
		icon.Hidden = e.icon == nil
		title.Set(e.title, paint.Size(e, theme.SizeNameSubHeadingText), true, paint.Color(e, theme.ColorNameForeground))
		text.Set(e.text, paint.Size(e, theme.SizeNameText)-0.5, false, paint.Color(e, theme.ColorNamePlaceHolder))
		f.OnLayout(e.Size())
	}
	height := func(width float32) float32 {
		h := title.Height(width) + 6 + text.Height(width)
		if e.icon != nil {
			h += side + gap
		}
		if !e.action.Hidden {
			h += paint.ControlHeight + 16
		}
		return h
	}
	f.OnLayout = func(s fyne.Size) {
		width := min(widest, max(80, s.Width-24))
		x, y := (s.Width-width)/2, max(0, (s.Height-height(width))*0.45)
		if e.icon != nil {
			paint.Place(icon, (s.Width-side)/2, y, side, side)
			y += side + gap
		}
		y += title.Put(x, y, width) + 6
		y += text.Put(x, y, width) + 16
		least := e.action.MinSize()
		paint.Place(e.action, (s.Width-least.Width)/2, y, least.Width, least.Height)
	}
	f.OnMinSize = func() fyne.Size {
		width := e.Size().Width - 24
		if width <= 0 {
			width = 260
		}
		return fyne.NewSize(200, height(min(widest, max(80, width))))
	}
	f.OnRefresh()
	return f
}
