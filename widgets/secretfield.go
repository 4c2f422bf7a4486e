package widgets

import (
	"crypto/sha256"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	// clipboardStay is how long a copied secret may stay in the clipboard.
	clipboardStay = 30 * time.Second
	// secretMask has one length for all secrets: the length of a key says something.
	secretMask = "••••••••••••••••"
)

// SecretWords are what a secret field says.
type SecretWords struct {
	Label  string
	Hold   string // shown at the eye: hold to reveal
	Copy   string // shown at the copy button
	Absent string // shown where there is no secret
}

// SecretField shows that there is a secret and, only while its eye is held down, the
// secret itself. It keeps no copy: it asks for the secret each time, and forgets it.
type SecretField struct {
	widget.BaseWidget
	// OnCopied is called after the secret went to the clipboard.
	OnCopied func()

	words     SecretWords
	secret    func() string
	clipboard fyne.Clipboard
	clock     Clock
	stop      func()
	hold      *holdButton
	copy      *Button
	revealed  bool
}

// NewSecretField makes a field. secret gives the secret itself, or nothing.
func NewSecretField(words SecretWords, secret func() string, clipboard fyne.Clipboard, clock Clock) *SecretField {
	s := &SecretField{words: words, secret: secret, clipboard: clipboard, clock: orWall(clock)}
	eye := &holdButton{held: s.reveal}
	eye.icon, eye.kind = theme.Icon(theme.IconNameVisibility), Quiet
	eye.OnTapped = func() {}
	eye.tipText = func() string { return words.Hold }
	eye.extend(eye)
	s.hold = eye
	s.copy = NewIconButton(theme.Icon(theme.IconNameContentCopy), words.Copy, s.copyOut)
	s.ExtendBaseWidget(s)
	return s
}

// copyOut puts the secret into the clipboard and takes it out again after a while,
// unless something else is in there by then.
func (s *SecretField) copyOut() {
	value := s.secret()
	if value == "" {
		return
	}
	s.clipboard.SetContent(value)
	fingerprint := sha256.Sum256([]byte(value))
	if s.stop != nil {
		s.stop()
	}
	s.stop = s.clock.After(clipboardStay, func() {
		s.stop = nil
		if sha256.Sum256([]byte(s.clipboard.Content())) == fingerprint {
			s.clipboard.SetContent("")
		}
	})
	if s.OnCopied != nil {
		s.OnCopied()
	}
}

func (s *SecretField) reveal(on bool) {
	if s.revealed != on {
		s.revealed = on
		s.Refresh()
	}
}

// Revealed tells whether the secret is on the screen now.
func (s *SecretField) Revealed() bool { return s.revealed }

func (s *SecretField) shown() string {
	value := s.secret()
	switch {
	case value == "":
		return s.words.Absent
	case s.revealed:
		return value
	default:
		return secretMask
	}
}

// CreateRenderer is for the toolkit.
func (s *SecretField) CreateRenderer() fyne.WidgetRenderer {
	const pad, side = 13, 30
	box, text := newFieldBox(), newCutText(14, false)
	f := &frame{objects: append(box.objects(), text.Text, s.hold, s.copy)}
	f.refresh = func() {
		box.paint(s, fieldState{label: s.words.Label})
		text.Color = ink(s, theme.ColorNameForeground)
		absent := s.secret() == ""
		if absent {
			text.Color = ink(s, theme.ColorNamePlaceHolder)
		}
		s.hold.Hidden, s.copy.Hidden = absent, absent
		text.TextSize = size(s, theme.SizeNameText)
		text.set(s.shown())
		f.layout(s.Size())
	}
	f.layout = func(room fyne.Size) {
		top := box.put(room.Width, fieldHeight)
		text.put(pad, top, max(0, room.Width-2*pad-2*side-4), fieldHeight)
		y := top + (fieldHeight-side)/2
		place(s.copy, room.Width-side-6, y, side, side)
		place(s.hold, room.Width-2*side-8, y, side, side)
	}
	f.min = func() fyne.Size { return fyne.NewSize(180, box.topHeight()+fieldHeight) }
	f.refresh()
	return f
}

// holdButton does something while it is held by pointer or Space, and stops when the
// hold ends in whatever way.
type holdButton struct {
	Button
	held func(bool)
}

var _ desktop.Keyable = (*holdButton)(nil)

// MouseDown starts the hold.
func (h *holdButton) MouseDown(e *desktop.MouseEvent) {
	h.Button.MouseDown(e)
	h.held(true)
}

// MouseUp ends it.
func (h *holdButton) MouseUp(e *desktop.MouseEvent) {
	h.Button.MouseUp(e)
	h.held(false)
}

// MouseOut ends it: the pointer may be let go elsewhere.
func (h *holdButton) MouseOut() {
	h.Button.MouseOut()
	h.held(false)
}

// FocusLost ends it: the window may have gone to the back.
func (h *holdButton) FocusLost() {
	h.Button.FocusLost()
	h.held(false)
}

// KeyDown starts the hold with Space.
func (h *holdButton) KeyDown(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		h.held(true)
	}
}

// KeyUp ends it.
func (h *holdButton) KeyUp(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		h.held(false)
	}
}
