package thumbnail

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // thumbnails and portraits come as any of these
	_ "image/jpeg"
	_ "image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// maxSide is how much a picture may measure a side, and maxPixels altogether. A
// pixel takes up to sixteen bytes while it is decoded.
const (
	maxSide   = 4096
	maxPixels = 2 << 20
)

// decode decodes a picture and cuts it to a size, filling it. A file that would need
// much memory to decode is refused by its header.
func decode(data []byte, width, height int) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode the picture: %w", err)
	}
	if head.Width < 1 || head.Height < 1 || head.Width > maxSide || head.Height > maxSide || head.Width*head.Height > maxPixels {
		return nil, errors.New("the picture measures too much")
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode the picture: %w", err)
	}
	from := whole.Bounds()
	if from.Dx()*height > from.Dy()*width { // too wide: the middle of it
		w := from.Dy() * width / height
		from.Min.X += (from.Dx() - w) / 2
		from.Max.X = from.Min.X + w
	} else {
		h := from.Dx() * height / width
		from.Min.Y += (from.Dy() - h) / 2
		from.Max.Y = from.Min.Y + h
	}
	small := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), whole, from, draw.Src, nil)
	return small, nil
}
