// Package thumbnail keeps the small pictures of a platform while they are of use: they
// are fetched when they are seen, cut to the size that is shown, and kept in memory up
// to a bound.
package thumbnail

import (
	"container/list"
	"context"
	"errors"
	"image"
	"time"
)

// What pictures may cost: one may take so long, with its wait for a turn; so many are
// fetched at a time; and all that are kept weigh at most so many bytes as pixels.
const (
	fetchTimeout  = 30 * time.Second
	maxConcurrent = 4
	maxKept       = 16 << 20
	// retryDelay is how long a picture that could not be had is not asked for again.
	retryDelay = time.Minute
)

// Options are what a Cache is made of; all are needed.
type Options struct {
	// Life ends with the window, and with it every fetch.
	Life context.Context
	// Fetch gives the file of a picture. It is called beside the window.
	Fetch func(ctx context.Context, address string) ([]byte, error)
	// Do runs a function on the window's goroutine, and Go beside it.
	Do, Go func(func())
	Now    func() time.Time
}

// Cache fetches pictures and keeps them. Its methods are for the window's goroutine;
// fetching and decoding run beside it.
type Cache struct {
	opt   Options
	turns chan struct{}

	kept   map[key]*list.Element
	order  *list.List // of *picture, the one used last in front
	weight int
	coming map[key]*fetch
	failed map[key]time.Time
}

// key is one picture at one size, in pixels.
type key struct {
	address       string
	width, height int
}

type picture struct {
	key    key
	image  image.Image
	weight int
}

// fetch is a picture on its way, for all who wait for it.
type fetch struct {
	cancel  context.CancelFunc
	waiting map[int]func(image.Image)
	next    int
}

// New makes an empty cache.
func New(opt Options) *Cache {
	return &Cache{
		opt: opt, turns: make(chan struct{}, maxConcurrent),
		kept: make(map[key]*list.Element), order: list.New(),
		coming: make(map[key]*fetch), failed: make(map[key]time.Time),
	}
}

// Get gives a picture, cut to a size in pixels, where it is kept. Otherwise it
// is fetched and ready is called with it, unless stop was called before. What
// cannot be had never comes.
func (c *Cache) Get(address string, width, height int, ready func(image.Image)) (now image.Image, stop func()) {
	k := key{address, width, height}
	if e, ok := c.kept[k]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*picture).image, nil
	}
	if at, ok := c.failed[k]; ok && c.opt.Now().Sub(at) < retryDelay || address == "" {
		return nil, nil
	}
	f := c.coming[k]
	if f == nil {
		ctx, cancel := context.WithTimeout(c.opt.Life, fetchTimeout)
		f = &fetch{cancel: cancel, waiting: make(map[int]func(image.Image))}
		c.coming[k] = f
		c.opt.Go(func() { c.run(ctx, k, f) })
	}
	id := f.next
	f.next++
	f.waiting[id] = ready
	return nil, func() {
		delete(f.waiting, id)
		if len(f.waiting) == 0 {
			f.cancel()
			c.remove(k, f)
		}
	}
}

// Pending is how many pictures are on their way.
func (c *Cache) Pending() int { return len(c.coming) }

// run waits its turn, fetches, and hands the picture over.
func (c *Cache) run(ctx context.Context, k key, f *fetch) {
	var got image.Image
	var err error
	select {
	case c.turns <- struct{}{}:
		got, err = c.load(ctx, k)
		<-c.turns
	case <-ctx.Done():
		err = ctx.Err()
	}
	c.opt.Do(func() {
		f.cancel()
		c.remove(k, f)
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				c.noteFailure(k)
			}
			return
		}
		c.keep(k, got)
		for _, ready := range f.waiting {
			ready(got)
		}
	})
}

func (c *Cache) load(ctx context.Context, k key) (image.Image, error) {
	data, err := c.opt.Fetch(ctx, k.address)
	if err != nil {
		return nil, err
	}
	return decode(data, k.width, k.height)
}

// remove takes a fetch off the list, unless another has taken its place.
func (c *Cache) remove(k key, f *fetch) {
	if c.coming[k] == f {
		delete(c.coming, k)
	}
}

// noteFailure notes what could not be had; the notes are bounded as well.
func (c *Cache) noteFailure(k key) {
	const most = 1000
	if len(c.failed) >= most {
		clear(c.failed)
	}
	c.failed[k] = c.opt.Now()
}

// keep puts a picture in front and lets the ones used longest ago go.
func (c *Cache) keep(k key, got image.Image) {
	b := got.Bounds()
	p := &picture{key: k, image: got, weight: 4 * b.Dx() * b.Dy()}
	if old, ok := c.kept[k]; ok {
		c.drop(old)
	}
	c.kept[k] = c.order.PushFront(p)
	c.weight += p.weight
	for c.weight > maxKept && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

func (c *Cache) drop(e *list.Element) {
	p := c.order.Remove(e).(*picture)
	delete(c.kept, p.key)
	c.weight -= p.weight
}
