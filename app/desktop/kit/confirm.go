package kit

import (
	"fyne.io/fyne/v2"

	"cuelight/widgets/control"
)

// Choice is one way to answer a question.
type Choice struct {
	Text string
	Kind control.Kind
	Then func() // nil does nothing
}

// Confirm asks a question; each answer closes it, and Escape does so without one.
// The last choice is the one that the question is about. The keyboard begins at the
// first choice that does nothing, so that a key held too long does no harm; where there
// is none, at the last. Choices that do something take no press for a moment: the
// second half of a double-click on what led here may fall on one.
func (ui *UI) Confirm(title, more string, choices ...Choice) {
	ui.ConfirmWith(title, more, nil, choices...)
}

// ConfirmWith is Confirm with something to look at, or to set, above the choices;
// nil for nothing.
func (ui *UI) ConfirmWith(title, more string, about fyne.CanvasObject, choices ...Choice) {
	buttons := make([]fyne.CanvasObject, 0, len(choices))
	var first, last *control.Button
	for _, c := range choices {
		b := control.NewButton(c.Text, nil, c.Kind, func() {
			ui.CloseSheet()
			if c.Then != nil {
				c.Then()
			}
		})
		if c.Then != nil {
			b.HoldOff(ui.Clock())
		} else if first == nil {
			first = b
		}
		last = b
		buttons = append(buttons, b)
	}
	parts := []fyne.CanvasObject{Heading(title)}
	if more != "" {
		parts = append(parts, Paragraph(more))
	}
	if about != nil {
		parts = append(parts, about)
	}
	ui.OpenSheet(Column(Gap, append(parts, Trailing(buttons...))...), nil, nil)
	if first == nil {
		first = last
	}
	if first != nil {
		control.RequestFocus(first)
	}
	if ui.opt.Asked != nil {
		ui.opt.Asked()
	}
}
