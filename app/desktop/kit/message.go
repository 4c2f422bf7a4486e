package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// Message is a message inside a card, on a background tinted by what it means. It is
// gone while there is nothing to say.
type Message struct {
	Object *fyne.Container
	back   *Tint
	text   *label.Paragraph
}

// NewMessage makes an empty message.
func NewMessage() *Message {
	m := &Message{
		back: NewTint(theme.ColorNameError, 0x22, theme.SizeNameButtonRadius),
		text: label.NewParagraph("", label.Style{Size: theme.SizeNameCaptionText}),
	}
	m.Object = Stack(m.back, PaddedText(12, 10, m.text))
	m.Object.Hide()
	return m
}

// Set says something, or nothing.
func (m *Message) Set(tone paint.Tone, text string) {
	name := theme.ColorNamePrimary
	switch tone {
	case paint.ToneBad:
		name = theme.ColorNameError
	case paint.ToneWarn:
		name = theme.ColorNameWarning
	case paint.ToneGood:
		name = theme.ColorNameSuccess
	}
	m.back.SetColor(name)
	m.text.SetText(text)
	if m.Object.Visible() != (text != "") {
		m.Object.Hidden = text == ""
		m.Object.Refresh()
	}
}

// Text is what it says.
func (m *Message) Text() string { return m.text.Text() }
