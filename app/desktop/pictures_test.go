package desktop

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// gallery is a place of pictures on loopback and a queue for what comes back.
type gallery struct {
	*pictures
	t     *testing.T
	queue chan func()
	now   time.Time
	serve http.HandlerFunc
	base  string
	asked atomic.Int32
}

func newGallery(t *testing.T, serve http.HandlerFunc) *gallery {
	t.Helper()
	g := &gallery{t: t, queue: make(chan func(), 100), now: time.Unix(1_000_000, 0), serve: serve}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.asked.Add(1)
		g.serve(w, r)
	}))
	t.Cleanup(server.Close)
	life, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	g.base = server.URL
	g.pictures = newPictures(life, pictureClient(), func(f func()) { g.queue <- f }, func() time.Time { return g.now })
	return g
}

// step runs one thing that came back.
func (g *gallery) step() {
	g.t.Helper()
	select {
	case f := <-g.queue:
		f()
	case <-time.After(5 * time.Second):
		g.t.Fatal("nothing came back")
	}
}

func drawing(width, height int) []byte {
	var data bytes.Buffer
	if err := png.Encode(&data, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		panic(err)
	}
	return data.Bytes()
}

func send(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) }
}

func TestAPictureIsFetchedOnceCutAndKept(t *testing.T) {
	g := newGallery(t, send(drawing(480, 270)))
	var first, second image.Image
	g.get(g.base+"/a", 40, 40, func(got image.Image) { first = got })
	g.get(g.base+"/a", 40, 40, func(got image.Image) { second = got })
	g.step()
	if first == nil || first != second || first.Bounds().Size() != image.Pt(40, 40) {
		t.Fatalf("got %v and %v", first, second)
	}
	now, stop := g.get(g.base+"/a", 40, 40, nil)
	if now != first || stop != nil || g.asked.Load() != 1 {
		t.Errorf("asked %d times; kept %v", g.asked.Load(), now)
	}
}

func TestPicturesThatCannotBeHadAreNotAskedForAtOnceAgain(t *testing.T) {
	for name, serve := range map[string]http.HandlerFunc{
		"no such picture": http.NotFound,
		"a web page":      send([]byte("<html>점검 중</html>")),
		"too large":       send(append(drawing(8, 8), make([]byte, pictureWeight)...)),
		// Its head says that it measures 65,535 a side.
		"a decompression bomb": send(append([]byte("GIF89a"), 0xff, 0xff, 0xff, 0xff, 0, 0, 0)),
		"cut off":              send(drawing(480, 270)[:80]),
	} {
		t.Run(name, func(t *testing.T) {
			g := newGallery(t, serve)
			ready := func(image.Image) { t.Error("a picture came") }
			g.get(g.base+"/a", 40, 40, ready)
			g.step()
			if now, stop := g.get(g.base+"/a", 40, 40, ready); now != nil || stop != nil || g.asked.Load() != 1 {
				t.Errorf("asked %d times", g.asked.Load())
			}
			g.now = g.now.Add(pictureAgain)
			if _, stop := g.get(g.base+"/a", 40, 40, ready); stop == nil {
				t.Error("a minute later it is not asked for again")
			}
			g.step()
		})
	}
}

func TestOnlyWebAddressesAreFetched(t *testing.T) {
	g := newGallery(t, send(drawing(8, 8)))
	for _, address := range []string{"file:///etc/passwd", "data:image/png;base64,AAAA", "ftp://127.0.0.1/a", ":::"} {
		g.get(address, 8, 8, func(image.Image) { t.Errorf("%s gave a picture", address) })
		g.step()
	}
	if _, stop := g.get("", 8, 8, nil); stop != nil || g.asked.Load() != 0 {
		t.Error("no address was asked for")
	}
}

func TestAPictureNobodyWaitsForIsCancelled(t *testing.T) {
	began, ended := make(chan struct{}), make(chan struct{})
	g := newGallery(t, func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		<-r.Context().Done()
		close(ended)
	})
	ready := func(image.Image) { t.Error("a picture came") }
	_, stopOne := g.get(g.base+"/a", 8, 8, ready)
	_, stopTwo := g.get(g.base+"/a", 8, 8, ready)
	<-began
	stopOne()
	if len(g.under) != 1 {
		t.Fatal("cancelled while somebody waits")
	}
	stopTwo()
	<-ended
	g.step()
	if len(g.under) != 0 || len(g.failed) != 0 {
		t.Error("a cancelled picture counts as failed, or as on its way")
	}
}

func TestPicturesAreFetchedAFewAtATime(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	g := newGallery(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		_, _ = w.Write(drawing(8, 8))
		mu.Lock()
		now--
		mu.Unlock()
	})
	for i := range 40 {
		g.get(fmt.Sprint(g.base, "/", i), 8, 8, func(image.Image) {})
	}
	for range 40 {
		g.step()
	}
	if most > picturesAtOnce {
		t.Errorf("%d at a time", most)
	}
}

func TestThePicturesKeptWeighNoMoreThanTheirBound(t *testing.T) {
	g := newGallery(t, nil)
	const side = 512 // 1 MB each
	for i := range 100 {
		g.keep(pictureKey{address: fmt.Sprint(i)}, image.NewNRGBA(image.Rect(0, 0, side, side)))
		if i > 0 {
			g.get("0", 0, 0, nil) // in use
		}
	}
	if g.weight > picturesKept || len(g.kept) != picturesKept/(4*side*side) || g.order.Len() != len(g.kept) {
		t.Errorf("%d bytes in %d pictures", g.weight, len(g.kept))
	}
	if _, kept := g.kept[pictureKey{address: "0"}]; !kept {
		t.Error("the one in use all the time went")
	}
}
