package thumbnail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// gallery is a cache with a source of pictures and a queue for what comes back.
type gallery struct {
	*Cache
	t       *testing.T
	queue   chan func()
	now     time.Time
	fetched atomic.Int32
}

func newGallery(t *testing.T, fetch func(context.Context, string) ([]byte, error)) *gallery {
	t.Helper()
	g := &gallery{t: t, queue: make(chan func(), 100), now: time.Unix(1_000_000, 0)}
	life, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	g.Cache = New(Options{
		Life: life, Now: func() time.Time { return g.now },
		Do: func(f func()) { g.queue <- f }, Go: func(f func()) { go f() },
		Fetch: func(ctx context.Context, address string) ([]byte, error) {
			g.fetched.Add(1)
			return fetch(ctx, address)
		},
	})
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

func file(data []byte) func(context.Context, string) ([]byte, error) {
	return func(context.Context, string) ([]byte, error) { return data, nil }
}

func TestAPictureIsFetchedOnceCutAndKept(t *testing.T) {
	g := newGallery(t, file(drawing(480, 270)))
	var first, second image.Image
	g.Get("a", 40, 40, func(got image.Image) { first = got })
	g.Get("a", 40, 40, func(got image.Image) { second = got })
	g.step()
	if first == nil || first != second || first.Bounds().Size() != image.Pt(40, 40) {
		t.Fatalf("got %v and %v", first, second)
	}
	now, stop := g.Get("a", 40, 40, nil)
	if now != first || stop != nil || g.fetched.Load() != 1 {
		t.Errorf("asked %d times; kept %v", g.fetched.Load(), now)
	}
}

func TestPicturesThatCannotBeHadAreNotAskedForAtOnceAgain(t *testing.T) {
	for name, fetch := range map[string]func(context.Context, string) ([]byte, error){
		"no such picture": func(context.Context, string) ([]byte, error) { return nil, errors.New("HTTP 404") },
		"a web page":      file([]byte("<html>점검 중</html>")),
		// Its head says that it measures 65,535 a side.
		"a decompression bomb": file(append([]byte("GIF89a"), 0xff, 0xff, 0xff, 0xff, 0, 0, 0)),
		"cut off":              file(drawing(480, 270)[:80]),
	} {
		t.Run(name, func(t *testing.T) {
			g := newGallery(t, fetch)
			ready := func(image.Image) { t.Error("a picture came") }
			g.Get("a", 40, 40, ready)
			g.step()
			if now, stop := g.Get("a", 40, 40, ready); now != nil || stop != nil || g.fetched.Load() != 1 {
				t.Errorf("asked %d times", g.fetched.Load())
			}
			g.now = g.now.Add(retryDelay)
			if _, stop := g.Get("a", 40, 40, ready); stop == nil {
				t.Error("a minute later it is not asked for again")
			}
			g.step()
		})
	}
}

func TestNoAddressIsNoPicture(t *testing.T) {
	g := newGallery(t, file(drawing(8, 8)))
	if _, stop := g.Get("", 8, 8, nil); stop != nil || g.fetched.Load() != 0 {
		t.Error("no address was asked for")
	}
}

func TestAPictureNobodyWaitsForIsCancelled(t *testing.T) {
	began, ended := make(chan struct{}), make(chan struct{})
	g := newGallery(t, func(ctx context.Context, _ string) ([]byte, error) {
		close(began)
		<-ctx.Done()
		close(ended)
		return nil, ctx.Err()
	})
	ready := func(image.Image) { t.Error("a picture came") }
	_, stopOne := g.Get("a", 8, 8, ready)
	_, stopTwo := g.Get("a", 8, 8, ready)
	<-began
	stopOne()
	if g.Pending() != 1 {
		t.Fatal("cancelled while somebody waits")
	}
	stopTwo()
	<-ended
	g.step()
	if g.Pending() != 0 || len(g.failed) != 0 {
		t.Error("a cancelled picture counts as failed, or as on its way")
	}
}

func TestPicturesAreFetchedAFewAtATime(t *testing.T) {
	var mu sync.Mutex // guards now and most
	now, most := 0, 0
	g := newGallery(t, func(context.Context, string) ([]byte, error) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		time.Sleep(time.Millisecond)
		mu.Lock()
		now--
		mu.Unlock()
		return drawing(8, 8), nil
	})
	for i := range 40 {
		g.Get(fmt.Sprint(i), 8, 8, func(image.Image) {})
	}
	for range 40 {
		g.step()
	}
	if most > maxConcurrent || most < 2 {
		t.Errorf("%d at a time", most)
	}
}

func TestThePicturesKeptWeighNoMoreThanTheirBound(t *testing.T) {
	g := newGallery(t, nil)
	const side = 512 // 1 MB each
	for i := range 100 {
		g.keep(key{address: fmt.Sprint(i)}, image.NewNRGBA(image.Rect(0, 0, side, side)))
		if i > 0 {
			g.Get("0", 0, 0, nil) // in use
		}
	}
	if g.weight > maxKept || len(g.kept) != maxKept/(4*side*side) || g.order.Len() != len(g.kept) {
		t.Errorf("%d bytes in %d pictures", g.weight, len(g.kept))
	}
	if _, kept := g.kept[key{address: "0"}]; !kept {
		t.Error("the one in use all the time went")
	}
}
