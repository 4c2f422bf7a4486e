package paint

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Tone is what a state means to the person looking at it.
type Tone int

// The tones, from nothing to say to something is wrong.
const (
	ToneNeutral Tone = iota
	ToneAccent       // in work, or chosen
	ToneGood
	ToneWarn
	ToneBad // failed, or on air: the one loud colour
)

// Color is the tone's colour in the theme.
func (t Tone) Color() fyne.ThemeColorName {
	switch t {
	case ToneAccent:
		return theme.ColorNamePrimary
	case ToneGood:
		return theme.ColorNameSuccess
	case ToneWarn:
		return theme.ColorNameWarning
	case ToneBad:
		return theme.ColorNameError
	default:
		return theme.ColorNamePlaceHolder
	}
}

// OnColor is the colour of text on a fill of the tone.
func (t Tone) OnColor() fyne.ThemeColorName {
	switch t {
	case ToneAccent:
		return theme.ColorNameForegroundOnPrimary
	case ToneGood:
		return theme.ColorNameForegroundOnSuccess
	case ToneWarn:
		return theme.ColorNameForegroundOnWarning
	case ToneBad:
		return theme.ColorNameForegroundOnError
	default:
		return theme.ColorNameBackground
	}
}
