package input

import (
	"crypto/sha256"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
)

const (
	// clipboardTimeout is how long a copied secret may stay in the clipboard.
	clipboardTimeout = 30 * time.Second
	// secretMask has one length for all secrets: the length of a key tells about it.
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
	clock     timer.Clock
	stop      func()
	hold      *control.HoldButton
	copy      *control.Button
	revealed  bool
}

// NewSecretField makes a field. secret gives the secret itself, or nothing.
func NewSecretField(words SecretWords, secret func() string, clipboard fyne.Clipboard, clock timer.Clock) *SecretField {
	s := &SecretField{words: words, secret: secret, clipboard: clipboard, clock: timer.OrWall(clock)}
	s.hold = control.NewHoldButton(theme.Icon(theme.IconNameVisibility), words.Hold, s.reveal)
	s.copy = control.NewIconButton(theme.Icon(theme.IconNameContentCopy), words.Copy, s.copyToClipboard)
	s.ExtendBaseWidget(s)
	return s
}

// copyToClipboard puts the secret into the clipboard and takes it out again after a while,
// unless something else is in there by then.
func (s *SecretField) copyToClipboard() {
	value := s.secret()
	if value == "" {
		return
	}
	s.clipboard.SetContent(value)
	digest := sha256.Sum256([]byte(value))
	if s.stop != nil {
		s.stop()
	}
	s.stop = s.clock.After(clipboardTimeout, func() {
		s.stop = nil
		if sha256.Sum256([]byte(s.clipboard.Content())) == digest {
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

// Revealed reports whether the secret is on the screen now.
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
	box, text := newFieldBox(), paint.NewCutText(14, false)
	f := &paint.Renderer{Draws: append(box.Objects(), text.Text, s.hold, s.copy)}
	f.OnRefresh = func() {
		box.paint(s, fieldState{label: s.words.Label})
		text.Color = paint.Color(s, theme.ColorNameForeground)
		absent := s.secret() == ""
		if absent {
			text.Color = paint.Color(s, theme.ColorNamePlaceHolder)
		}
		s.hold.Hidden, s.copy.Hidden = absent, absent
		text.TextSize = paint.Size(s, theme.SizeNameText)
		text.Set(s.shown())
		f.OnLayout(s.Size())
	}
	f.OnLayout = func(room fyne.Size) {
		top := box.Put(room.Width, paint.FieldHeight)
		text.Put(pad, top, max(0, room.Width-2*pad-2*side-4), paint.FieldHeight)
		y := top + (paint.FieldHeight-side)/2
		paint.Place(s.copy, room.Width-side-6, y, side, side)
		paint.Place(s.hold, room.Width-2*side-8, y, side, side)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(180, box.topHeight()+paint.FieldHeight) }
	f.OnRefresh()
	return f
}
