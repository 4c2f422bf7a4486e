package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/status"
)

// Mode says which form of the look is shown.
type Mode string

// The forms a person can choose.
const (
	System Mode = "system" // what the desktop asks for, also when it changes later
	Dark   Mode = "dark"
	Light  Mode = "light"
)

// Theme is Cuelight's look as the toolkit wants it. It keeps no state but its mode:
// to change the mode, set a new Theme.
type Theme struct {
	mode Mode
	base fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme gives the look in a mode. An unknown mode follows the system.
func NewTheme(mode Mode) *Theme {
	return &Theme{mode: mode, base: theme.DefaultTheme()}
}

// Mode tells the mode this theme was made with.
func (t *Theme) Mode() Mode { return t.mode }

// Variant is what is really shown where the desktop asks for system.
func (t *Theme) Variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.mode {
	case Dark:
		return theme.VariantDark
	case Light:
		return theme.VariantLight
	default:
		return system
	}
}

func (t *Theme) palette(system fyne.ThemeVariant) palette {
	if t.Variant(system) == theme.VariantLight {
		return lightPalette
	}
	return darkPalette
}

// Color maps the names of Fyne to our palette: page and inputs have the background,
// overlays, menus and headers the surface, buttons the raised and separators the line.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := t.palette(variant)
	if c, ok := p.backgrounds(name); ok {
		return c
	}
	if c, ok := p.foregrounds(name); ok {
		return c
	}
	return t.base.Color(name, t.Variant(variant))
}

func (p palette) backgrounds(name fyne.ThemeColorName) (color.NRGBA, bool) {
	switch name {
	case theme.ColorNameBackground, theme.ColorNameInputBackground:
		return p.background, true
	case theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground, theme.ColorNameHeaderBackground:
		return p.surface, true
	case theme.ColorNameButton, theme.ColorNameDisabledButton:
		return p.raised, true
	case theme.ColorNameSeparator, theme.ColorNameInputBorder,
		theme.ColorNameInnerWindowBorder, theme.ColorNameInnerWindowBorderInactive:
		return p.line, true
	case theme.ColorNameHover:
		return p.hover, true
	case theme.ColorNamePressed:
		return p.pressed, true
	case theme.ColorNameShadow:
		return p.shadow, true
	case theme.ColorNameScrollBar:
		return fade(p.muted, 0x80), true
	case theme.ColorNameScrollBarBackground:
		return fade(p.muted, 0x00), true
	}
	return color.NRGBA{}, false
}

func (p palette) foregrounds(name fyne.ThemeColorName) (color.NRGBA, bool) {
	switch name {
	case theme.ColorNameForeground:
		return p.text, true
	case theme.ColorNamePlaceHolder:
		return p.muted, true
	case theme.ColorNameDisabled:
		return p.faint, true
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.primary, true
	case theme.ColorNameFocus:
		return fade(p.primary, 0x4D), true
	case theme.ColorNameSelection:
		return fade(p.primary, 0x40), true
	case theme.ColorNameSuccess:
		return p.good, true
	case theme.ColorNameWarning:
		return p.warning, true
	case theme.ColorNameError:
		return p.onAir, true
	case theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnSuccess,
		theme.ColorNameForegroundOnWarning, theme.ColorNameForegroundOnError:
		return p.onBright, true
	}
	return color.NRGBA{}, false
}

// Icon draws what the toolkit and our widgets ask for by its purpose with our own
// icons, where we have one.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if icon, ok := toolkitIcons[name]; ok {
		return icon.Resource()
	}
	return t.base.Icon(name)
}

var toolkitIcons = map[fyne.ThemeIconName]Icon{
	theme.IconNameCancel:         IconCross,
	theme.IconNameConfirm:        IconCheck,
	theme.IconNameContentAdd:     IconPlus,
	theme.IconNameContentCopy:    IconCopy,
	theme.IconNameContentRemove:  IconMinus,
	theme.IconNameMoreHorizontal: IconMore,
	theme.IconNameSearch:         IconSearch,
	theme.IconNameSettings:       IconSettings,
	theme.IconNameViewRefresh:    IconRefresh,
	theme.IconNameVisibility:     IconEye,
	theme.IconNameArrowDropDown:  IconChevron,
	theme.IconNameMediaPlay:      IconPlay,
	theme.IconNameMediaStop:      IconStop,
}

// sizes are in the toolkit's scaled pixels: spacing in steps of 4, corners 10 to 14.
var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    8,
	theme.SizeNameText:            14,
	theme.SizeNameCaptionText:     12,
	theme.SizeNameSubHeadingText:  16,
	theme.SizeNameHeadingText:     26,
	status.SizeNameStat:           19,
	theme.SizeNameInlineIcon:      20,
	theme.SizeNameInputRadius:     12,
	theme.SizeNameButtonRadius:    10,
	theme.SizeNameSelectionRadius: 8,
	theme.SizeNamePopupRadius:     12,
	theme.SizeNameMenuRadius:      10,
	theme.SizeNameCardRadius:      14,
	theme.SizeNameDialogRadius:    14,
	theme.SizeNameScrollBar:       10,
	theme.SizeNameScrollBarRadius: 5,
}

// Size gives our size where we have one and the toolkit's elsewhere.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return t.base.Size(name)
}
