package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Tone is what a state means to the person looking at it.
type Tone int

// The tones, from nothing to say to something is wrong.
const (
	Neutral Tone = iota
	Accent       // in work, or chosen
	Good
	Warn
	Bad // failed, or on air: the one loud colour
)

func (t Tone) color() fyne.ThemeColorName {
	switch t {
	case Accent:
		return theme.ColorNamePrimary
	case Good:
		return theme.ColorNameSuccess
	case Warn:
		return theme.ColorNameWarning
	case Bad:
		return theme.ColorNameError
	default:
		return theme.ColorNamePlaceHolder
	}
}

// on is the colour of text on a fill of the tone.
func (t Tone) on() fyne.ThemeColorName {
	switch t {
	case Accent:
		return theme.ColorNameForegroundOnPrimary
	case Good:
		return theme.ColorNameForegroundOnSuccess
	case Warn:
		return theme.ColorNameForegroundOnWarning
	case Bad:
		return theme.ColorNameForegroundOnError
	default:
		return theme.ColorNameBackground
	}
}
