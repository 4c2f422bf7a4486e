package label

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Style is how a text is set. The zero Style is the theme's normal text.
type Style struct {
	Color fyne.ThemeColorName // Foreground when empty
	Size  fyne.ThemeSizeName  // Text when empty
	Bold  bool
	Align fyne.TextAlign
}

// Heading is the style of a screen's heading.
func Heading() Style { return Style{Size: theme.SizeNameHeadingText, Bold: true} }

// Title is the style of a heading inside a screen, such as a card's.
func Title() Style { return Style{Size: theme.SizeNameSubHeadingText, Bold: true} }

// Caption is the style of small, muted text.
func Caption() Style {
	return Style{Color: theme.ColorNamePlaceHolder, Size: theme.SizeNameCaptionText}
}

// colorName is the colour, never empty.
func (s Style) colorName() fyne.ThemeColorName {
	if s.Color == "" {
		return theme.ColorNameForeground
	}
	return s.Color
}

// sizeName is the text size, never empty.
func (s Style) sizeName() fyne.ThemeSizeName {
	if s.Size == "" {
		return theme.SizeNameText
	}
	return s.Size
}
