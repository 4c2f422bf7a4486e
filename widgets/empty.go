package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// EmptyState fills a place that has nothing to show, or that failed: what it is,
// why, and what to do now.
type EmptyState struct {
	widget.BaseWidget
	icon        fyne.Resource
	title, text string
	action      *Button
}

// NewEmptyState makes one; icon may be nil, and without an action's words there is
// no button.
func NewEmptyState(icon fyne.Resource, title, text, action string, tapped func()) *EmptyState {
	e := &EmptyState{icon: icon, title: title, text: text, action: NewButton(action, nil, Plain, tapped)}
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
	icon, title, text := newIcon(), newBlock(), newBlock()
	title.align, text.align = fyne.TextAlignCenter, fyne.TextAlignCenter
	f := &frame{objects: []fyne.CanvasObject{icon, title.box, text.box, e.action}}
	f.refresh = func() {
		icon.Resource = tinted(e.icon, theme.ColorNameDisabled)
		icon.Hidden = e.icon == nil
		title.set(e.title, size(e, theme.SizeNameSubHeadingText), true, ink(e, theme.ColorNameForeground))
		text.set(e.text, size(e, theme.SizeNameText)-0.5, false, ink(e, theme.ColorNamePlaceHolder))
		f.layout(e.Size())
	}
	height := func(width float32) float32 {
		h := title.height(width) + 6 + text.height(width)
		if e.icon != nil {
			h += side + gap
		}
		if !e.action.Hidden {
			h += controlHeight + 16
		}
		return h
	}
	f.layout = func(s fyne.Size) {
		width := min(widest, max(80, s.Width-24))
		x, y := (s.Width-width)/2, max(0, (s.Height-height(width))*0.45)
		if e.icon != nil {
			place(icon, (s.Width-side)/2, y, side, side)
			y += side + gap
		}
		y += title.put(x, y, width) + 6
		y += text.put(x, y, width) + 16
		least := e.action.MinSize()
		place(e.action, (s.Width-least.Width)/2, y, least.Width, least.Height)
	}
	f.min = func() fyne.Size {
		width := e.Size().Width - 24
		if width <= 0 {
			width = 260
		}
		return fyne.NewSize(200, height(min(widest, max(80, width))))
	}
	f.refresh()
	return f
}
