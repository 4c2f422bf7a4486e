package desktop

import (
	"bytes"
	"container/list"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // thumbnails and portraits come as any of these
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// What pictures from a platform may cost: one may take so long, weigh so much
// as a file and measure so much a side; so many are fetched at a time; and all
// that are kept weigh at most so much as pixels.
const (
	picturePatience = 10 * time.Second
	pictureWeight   = 2 << 20
	pictureSide     = 4096
	picturesAtOnce  = 4
	picturesKept    = 16 << 20
	// pictureAgain is how long a picture that could not be had is not asked for
	// again.
	pictureAgain = time.Minute
)

// pictures fetches the small pictures of a platform: when they are seen, into
// memory, up to a bound, and never to disk. Its methods are for the window's
// goroutine; fetching and decoding run beside it.
type pictures struct {
	client *http.Client
	do     func(func())
	now    func() time.Time
	life   context.Context
	turns  chan struct{}

	kept   map[pictureKey]*list.Element
	order  *list.List // of *keptPicture, the one used last in front
	weight int
	under  map[pictureKey]*fetching
	failed map[pictureKey]time.Time
}

// pictureKey is one picture at one size, in pixels.
type pictureKey struct {
	address       string
	width, height int
}

type keptPicture struct {
	key    pictureKey
	image  image.Image
	weight int
}

// fetching is a picture on its way, for all who wait for it.
type fetching struct {
	cancel  context.CancelFunc
	waiting map[int]func(image.Image)
	next    int
}

func newPictures(life context.Context, client *http.Client, do func(func()), now func() time.Time) *pictures {
	return &pictures{
		client: client, do: do, now: now, life: life, turns: make(chan struct{}, picturesAtOnce),
		kept: make(map[pictureKey]*list.Element), order: list.New(),
		under: make(map[pictureKey]*fetching), failed: make(map[pictureKey]time.Time),
	}
}

// pictureClient fetches pictures: no cookies, few redirects, a time limit.
func pictureClient() *http.Client {
	return &http.Client{
		Timeout: picturePatience,
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) >= 3 {
				return errors.New("too many redirects")
			}
			return nil
		},
	}
}

// get gives a picture, cut to a size in pixels, where it is kept. Otherwise it
// is fetched and ready is called with it, unless stop was called before. What
// cannot be had never comes.
func (p *pictures) get(address string, width, height int, ready func(image.Image)) (now image.Image, stop func()) {
	key := pictureKey{address, width, height}
	if e, ok := p.kept[key]; ok {
		p.order.MoveToFront(e)
		return e.Value.(*keptPicture).image, nil
	}
	if at, ok := p.failed[key]; ok && p.now().Sub(at) < pictureAgain || address == "" {
		return nil, nil
	}
	f := p.under[key]
	if f == nil {
		ctx, cancel := context.WithTimeout(p.life, 3*picturePatience)
		f = &fetching{cancel: cancel, waiting: make(map[int]func(image.Image))}
		p.under[key] = f
		go p.fetch(ctx, key, f)
	}
	id := f.next
	f.next++
	f.waiting[id] = ready
	return nil, func() {
		delete(f.waiting, id)
		if len(f.waiting) == 0 {
			f.cancel()
			if p.under[key] == f {
				delete(p.under, key)
			}
		}
	}
}

// fetch waits its turn, fetches, and hands the picture over.
func (p *pictures) fetch(ctx context.Context, key pictureKey, f *fetching) {
	var picture image.Image
	var err error
	select {
	case p.turns <- struct{}{}:
		picture, err = p.load(ctx, key)
		<-p.turns
	case <-ctx.Done():
		err = ctx.Err()
	}
	p.do(func() {
		f.cancel()
		if p.under[key] == f {
			delete(p.under, key)
		}
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				p.fail(key)
			}
			return
		}
		p.keep(key, picture)
		for _, ready := range f.waiting {
			ready(picture)
		}
	})
}

// fail notes what could not be had; the notes are bounded as well.
func (p *pictures) fail(key pictureKey) {
	const most = 1000
	if len(p.failed) >= most {
		clear(p.failed)
	}
	p.failed[key] = p.now()
}

// keep puts a picture in front and lets the ones used longest ago go.
func (p *pictures) keep(key pictureKey, picture image.Image) {
	b := picture.Bounds()
	k := &keptPicture{key: key, image: picture, weight: 4 * b.Dx() * b.Dy()}
	if old, ok := p.kept[key]; ok {
		p.drop(old)
	}
	p.kept[key] = p.order.PushFront(k)
	p.weight += k.weight
	for p.weight > picturesKept && p.order.Len() > 1 {
		p.drop(p.order.Back())
	}
}

func (p *pictures) drop(e *list.Element) {
	k := p.order.Remove(e).(*keptPicture)
	delete(p.kept, k.key)
	p.weight -= k.weight
}

// load fetches one picture and makes it small. Errors hold no address.
func (p *pictures) load(ctx context.Context, key pictureKey) (image.Image, error) {
	at, err := url.Parse(key.address)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" {
		return nil, errors.New("not the address of a picture")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, errors.New("not the address of a picture")
	}
	req.Header.Set("Accept", "image/webp,image/jpeg,image/png,image/gif")
	answer, err := p.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, errors.New("the picture could not be fetched")
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP %d", answer.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, pictureWeight+1))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	if len(data) > pictureWeight {
		return nil, errors.New("the picture is too large")
	}
	return smallPicture(data, key.width, key.height)
}

// smallPicture decodes a picture and cuts it to a size, filling it. A file that
// would need much memory to decode is refused by its head.
func smallPicture(data []byte, width, height int) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode the picture: %w", err)
	}
	if head.Width < 1 || head.Height < 1 || head.Width > pictureSide || head.Height > pictureSide {
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
