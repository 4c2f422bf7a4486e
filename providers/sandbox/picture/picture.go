// Package picture draws the sandbox's thumbnails and portraits.
package picture

import (
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"net/http"
)

// Write answers a request with a JPEG: it draws two soft lights over a colour, all of them chosen by the name,
// so that pictures can be told apart and are the same every time.
func Write(w http.ResponseWriter, name string, width, height int) {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(name))
	seed := hash.Sum64()
	part := func(shift int) float64 { return float64(seed>>shift&0xFF) / 255 }
	canvas := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			u, v := float64(x)/float64(width), float64(y)/float64(height)
			a := math.Exp(-5 * (math.Pow(u-part(0), 2) + math.Pow(v-part(8), 2)))
			b := math.Exp(-7 * (math.Pow(u-part(16), 2) + math.Pow(v-part(24), 2)))
			canvas.SetRGBA(x, y, mix(part(32), part(40), a, b))
		}
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_ = jpeg.Encode(w, canvas, &jpeg.Options{Quality: 80})
}

func mix(hueA, hueB, a, b float64) color.RGBA {
	channel := func(hue, offset float64) float64 { return 0.5 + 0.5*math.Cos(2*math.Pi*(hue+offset)) }
	one := func(offset float64) uint8 {
		value := 0.16 + 0.22*channel(hueA+hueB, offset) + 0.5*a*channel(hueA, offset) + 0.45*b*channel(hueB, offset)
		return uint8(255 * min(1, value))
	}
	return color.RGBA{one(0), one(1.0 / 3), one(2.0 / 3), 255}
}
