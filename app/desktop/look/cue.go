package look

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"sync"

	"fyne.io/fyne/v2"
)

// Cue is what the cue light says.
type Cue string

// The states of the cue light. Their shapes differ too, for eyes that do not tell
// red from amber: off is hollow, ready has a rim, on air is filled and glows.
const (
	CueOff   Cue = "off"   // nothing is set up, or nobody is signed in
	CueReady Cue = "ready" // one press from being on air
	CueOnAir Cue = "onair"
	// CueDimmed is the dark half of the blink shown while reconnecting; the other
	// half is CueOnAir.
	CueDimmed Cue = "dimmed"
)

// IconPixels is the side of Icon.png, and windowPixels that of the icon a window
// shows: drawn at start, so no larger than any system asks for.
const (
	IconPixels   = 512
	windowPixels = 128
)

// trayPixels is the size of the tray's picture: systems ask for 16 to 48 and scale
// down well, and the shapes are drawn to survive it.
const trayPixels = 64

// AppIcon is the program's icon: the cue light on air, on a dark rounded tile.
// The file Icon.png in the project's root is the same picture.
func AppIcon() fyne.Resource { return appIcon() }

// TrayIcon is the picture for the tray: PNG, as Linux trays need it; the toolkit
// makes an icon file of it for Windows.
func TrayIcon(state Cue) fyne.Resource {
	trayMu.Lock()
	defer trayMu.Unlock()
	if res, ok := trayIcons[state]; ok {
		return res
	}
	res := fyne.NewStaticResource("cuelight-tray-"+string(state)+".png", encode(DrawCue(state, trayPixels)))
	trayIcons[state] = res
	return res
}

var (
	trayMu    sync.Mutex
	trayIcons = map[Cue]fyne.Resource{}
	appIcon   = sync.OnceValue(func() fyne.Resource {
		return fyne.NewStaticResource("cuelight-"+strconv.Itoa(windowPixels)+".png", encode(DrawAppIcon(windowPixels)))
	})
)

// lamp is how one state is drawn; radii are parts of half the picture's side.
type lamp struct {
	body         color.NRGBA
	radius, hole float64 // hole 0 is a full disc
	rim, rimEdge float64 // a flat ring around the body: its alpha and outer radius
	glow         float64 // alpha of the light at the body's edge, fading to the side
}

var lamps = map[Cue]lamp{
	CueOff:    {body: hex(0x8A92A3), radius: 0.74, hole: 0.46},
	CueReady:  {body: hex(0xFFB020), radius: 0.66, rim: 0.38, rimEdge: 0.96},
	CueOnAir:  {body: hex(0xFF4D4F), radius: 0.74, glow: 0.75},
	CueDimmed: {body: hex(0xB0383A), radius: 0.62, hole: 0.44, rim: 0.30, rimEdge: 0.80},
}

// DrawCue draws the cue light on nothing, pixels a side. An unknown state is off.
func DrawCue(state Cue, pixels int) *image.NRGBA {
	l, ok := lamps[state]
	if !ok {
		l = lamps[CueOff]
	}
	half := float64(pixels) / 2
	img := image.NewNRGBA(image.Rect(0, 0, pixels, pixels))
	for y := range pixels {
		for x := range pixels {
			d := math.Hypot(float64(x)+0.5-half, float64(y)+0.5-half) / half
			c := l.body
			c.A = uint8(math.Round(255 * l.alpha(d, 1/half)))
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// alpha is how much of the lamp is seen at distance d from the centre (1 is the
// edge), with edges softened over one pixel.
func (l lamp) alpha(d, pixel float64) float64 {
	inside := func(r float64) float64 { return clamp((r-d)/pixel + 0.5) }
	a := inside(l.radius) * (1 - inside(l.hole)*sign(l.hole))
	if l.rim > 0 {
		a = math.Max(a, l.rim*inside(l.rimEdge)*(1-inside(l.hole)*sign(l.hole)))
	}
	if l.glow > 0 && d > l.radius {
		fall := clamp((1 - d) / (1 - l.radius))
		a = math.Max(a, l.glow*fall*fall)
	}
	return a
}

func clamp(v float64) float64 { return math.Min(1, math.Max(0, v)) }

func sign(v float64) float64 {
	if v > 0 {
		return 1
	}
	return 0
}

// DrawAppIcon draws the program's icon, pixels a side.
func DrawAppIcon(pixels int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, pixels, pixels))
	side := float64(pixels)
	tile, light := hex(0x161920), lamps[CueOnAir]
	light.radius, light.glow = 0.54, 0.62
	for y := range pixels {
		for x := range pixels {
			px, py := float64(x)+0.5, float64(y)+0.5
			d := math.Hypot(px-side/2, py-side/2) / (side / 2)
			c := mix(tile, light.body, light.alpha(d, 2/side))
			// A small shine, up left, as on a lamp's glass.
			shine := math.Hypot(px-side*0.41, py-side*0.39) / (side * 0.17)
			if d < light.radius {
				c = mix(c, hex(0xFFFFFF), 0.34*clamp(1-shine))
			}
			c.A = uint8(math.Round(255 * roundedTile(px, py, side)))
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// roundedTile is 1 inside a rounded square with a corner of 22 per cent of its side.
func roundedTile(x, y, side float64) float64 {
	r := side * 0.22
	dx := math.Max(0, math.Abs(x-side/2)-(side/2-r))
	dy := math.Max(0, math.Abs(y-side/2)-(side/2-r))
	return clamp(r - math.Hypot(dx, dy) + 0.5)
}

func mix(a, b color.NRGBA, t float64) color.NRGBA {
	part := func(p, q uint8) uint8 { return uint8(math.Round(float64(p)*(1-t) + float64(q)*t)) }
	return color.NRGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 255}
}

// encode cannot fail: the pictures are ours, of a sane size, into memory. They
// are read back at once, so that making them small would only cost time, while
// the window waits.
func encode(img image.Image) []byte {
	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.NoCompression}
	if err := encoder.Encode(&buf, img); err != nil {
		panic("look: encode a picture drawn in memory: " + err.Error())
	}
	return buf.Bytes()
}
