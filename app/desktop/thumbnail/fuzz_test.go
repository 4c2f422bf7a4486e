package thumbnail

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"testing"
)

// FuzzPicture decodes what stands for a picture: it is refused, or it has the
// size that was asked for.
func FuzzPicture(f *testing.F) {
	small := image.NewPaletted(image.Rect(0, 0, 3, 2), palette.Plan9)
	var asGIF, asJPEG bytes.Buffer
	if err := gif.Encode(&asGIF, small, nil); err != nil {
		f.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, small, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(drawing(4, 3))
	f.Add(asGIF.Bytes())
	f.Add(asJPEG.Bytes())
	f.Add(drawing(4, 3)[:40])
	f.Add(append([]byte("GIF89a"), 0xff, 0xff, 0xff, 0xff, 0, 0, 0))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0e\x00\x00\x00/\x00\x00\x00\x00"))
	f.Add([]byte("<svg/>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const width, height = 8, 5
		got, err := decode(data, width, height)
		if err == nil && got.Bounds() != image.Rect(0, 0, width, height) {
			t.Errorf("decoded to %v", got.Bounds())
		}
		if head, _, headErr := image.DecodeConfig(bytes.NewReader(data)); err == nil && (headErr != nil || head.Width*head.Height > maxPixels) {
			t.Errorf("%d × %d is decoded", head.Width, head.Height)
		}
	})
}
