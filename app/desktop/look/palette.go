package look

import "image/color"

// palette is one form of the look. Text on any of its backgrounds keeps a contrast of
// at least 4.5 to 1 (WCAG 2.2, 1.4.3); a test counts it.
type palette struct {
	background, surface, raised, line color.NRGBA
	text, muted, faint                color.NRGBA
	primary, good, warning, onAir     color.NRGBA
	// onBright is text on primary, good, warning or on-air.
	onBright color.NRGBA
	// hover and pressed are laid over whatever is under the pointer.
	hover, pressed, shadow color.NRGBA
}

var darkPalette = palette{
	background: hex(0x0E1014), surface: hex(0x161920), raised: hex(0x1E222B), line: hex(0x2B303B),
	text: hex(0xE9EBF1), muted: hex(0x97A0B2), faint: hex(0x5C6475),
	primary: hex(0x4C8DFF), good: hex(0x35D07F), warning: hex(0xFFB020), onAir: hex(0xFF4D4F),
	onBright: hex(0x0E1014),
	hover:    over(0xFFFFFF, 0x0F), pressed: over(0xFFFFFF, 0x1F), shadow: over(0x000000, 0x99),
}

var lightPalette = palette{
	background: hex(0xF4F5F8), surface: hex(0xFFFFFF), raised: hex(0xF0F2F6), line: hex(0xDFE3EA),
	text: hex(0x171A21), muted: hex(0x626B7D), faint: hex(0x9AA2B1),
	primary: hex(0x2F6FED), good: hex(0x149A55), warning: hex(0xB87400), onAir: hex(0xD9363A),
	onBright: hex(0xFFFFFF),
	hover:    over(0x171A21, 0x0C), pressed: over(0x171A21, 0x1A), shadow: over(0x171A21, 0x26),
}

// hex makes an opaque colour of 0xRRGGBB.
func hex(rgb uint32) color.NRGBA { return over(rgb, 0xFF) }

// over makes a colour of 0xRRGGBB and an alpha.
func over(rgb uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: alpha}
}

// fade is the same colour at another alpha.
func fade(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}
