package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cuelight/internal/secret"
	"cuelight/widgets"
)

// secretEntry takes a secret without showing it: the window may be on the
// stream.
type secretEntry struct {
	object *fyne.Container
	entry  *widget.Entry
	hint   string
	below  *widgets.Paragraph
}

func newSecretEntry(label, hint string) *secretEntry {
	s := &secretEntry{entry: widget.NewPasswordEntry(), hint: hint}
	s.entry.ActionItem = nil // no eye: nothing is ever shown
	s.below = widgets.NewParagraph(hint, widgets.Caption)
	s.below.Hidden = hint == ""
	s.entry.OnChanged = func(string) { s.setProblem("") }
	s.object = column(6, widgets.NewLine(label, widgets.Caption), s.entry, s.below)
	return s
}

func (s *secretEntry) value() secret.Text { return secret.New(s.entry.Text) }

func (s *secretEntry) clear() { s.entry.SetText("") }

// setProblem says what is wrong, or the hint again.
func (s *secretEntry) setProblem(problem string) {
	text := s.hint
	if problem != "" {
		text = problem
	}
	s.below.SetText(text)
	if s.below.Hidden != (text == "") {
		s.below.Hidden = text == ""
		s.object.Refresh()
	}
}
