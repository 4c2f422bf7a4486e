package kollus

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// Live implements providers.LiveStatus: a broadcast begins when a stream comes
// in at the channel, and its latest_broadcast says so. An answer may be as old
// as the service's cache.
func (s *session) Live(ctx context.Context) (providers.Live, error) {
	c, err := s.ownChannel(ctx)
	if err != nil {
		return providers.Live{}, err
	}
	latest := c.Latest.Value
	live := providers.Live{OnAir: bool(latest.OnAir), Viewers: -1}
	if live.OnAir {
		live.ID, live.Title, live.Started = latest.key(), latest.Title.String(), latest.Started.Time
	}
	return live, nil
}

// Limits implements providers.Editor: of a broadcast only the title can be
// changed. No bound of its length is documented.
func (s *session) Limits() providers.Limits {
	return providers.Limits{providers.FieldTitle: {Min: 1}}
}

// Check implements providers.Editor.
func (s *session) Check(p providers.Patch) error {
	var errs []error
	for _, field := range p.Fields() {
		switch {
		case field != providers.FieldTitle:
			errs = append(errs, usage(string(field), string(field)+".unsupported"))
		case text.Title(*p.Title) == "":
			e := usage(string(field), "title.empty")
			e.Limit = 1
			errs = append(errs, e)
		}
	}
	return errors.Join(errs...)
}

// Broadcast implements providers.Editor: the channel's latest broadcast. It is
// empty where the channel has had none.
func (s *session) Broadcast(ctx context.Context) (providers.Broadcast, error) {
	b, _, err := s.latest(ctx)
	return providers.Broadcast{Title: b.Title.String()}, err
}

// Update implements providers.Editor: the title of the channel's latest
// broadcast. A channel without one fails with the reason channel.no_broadcast:
// the title exists from the first stream on.
func (s *session) Update(ctx context.Context, p providers.Patch) error {
	if err := s.Check(p); err != nil {
		return err
	}
	if p.Empty() {
		return nil
	}
	s.clearCache()
	latest, found, err := s.latest(ctx)
	if err != nil {
		return err
	}
	if !found {
		return &providers.Error{
			Kind: providers.ErrRefused, Op: "broadcasts/{key}", Field: string(providers.FieldTitle), Reason: "channel.no_broadcast",
		}
	}
	_, err = s.call(ctx, request{
		op: "broadcasts/{key}", method: http.MethodPut, path: "/broadcasts/" + url.PathEscape(latest.Key.String()),
		body: map[string]string{"title": text.Title(*p.Title)}, absent: "broadcast.unknown",
	})
	s.clearCache()
	return err
}

// broadcastData is a broadcast as the API returns it.
type broadcastData struct {
	Key     lenient.Text `json:"key"`
	Title   lenient.Text `json:"title"`
	OnAir   lenient.Flag `json:"is_onair"`
	Started lenient.Time `json:"started_at"`
	Ended   lenient.Time `json:"ended_at"`
	Created lenient.Time `json:"created_at"`
}

// beganAt orders broadcasts.
func (b broadcastData) beganAt() time.Time {
	if b.Started.IsZero() {
		return b.Created.Time
	}
	return b.Started.Time
}

// broadcastPage is a page of them.
type broadcastPage struct {
	Data lenient.List[broadcastData] `json:"data"`
	Meta struct {
		Last lenient.Number `json:"last_page"`
	} `json:"meta"`
}

// latest finds the channel's latest broadcast. found is false where there has
// been none.
func (s *session) latest(ctx context.Context) (b broadcastData, found bool, err error) {
	c, err := s.ownChannel(ctx)
	if err != nil || !c.Latest.Set {
		return broadcastData{}, false, err
	}
	known := c.Latest.Value
	if key := known.key(); key != "" {
		b = broadcastData{
			Key: lenient.Text(key), Title: known.Title, OnAir: known.OnAir, Started: known.Started, Ended: known.Ended,
		}
		if b.Title == "" {
			b, err = s.broadcast(ctx, key)
		}
		return b, err == nil, err
	}
	return s.findLatest(ctx, known)
}

// broadcast asks for one broadcast.
func (s *session) broadcast(ctx context.Context, key string) (broadcastData, error) {
	a, err := s.call(ctx, request{
		op: "broadcasts/{key}", method: http.MethodGet, path: "/broadcasts/" + url.PathEscape(key), absent: "broadcast.unknown",
	})
	if err != nil {
		return broadcastData{}, err
	}
	var single struct {
		Data lenient.Record[broadcastData] `json:"data"`
	}
	if err := a.JSON(&single); err != nil {
		return broadcastData{}, err
	}
	if !single.Data.Set {
		return broadcastData{}, a.MissingError("data")
	}
	single.Data.Value.Key = lenient.Text(cmp.Or(single.Data.Value.Key.String(), key))
	return single.Data.Value, nil
}

// findLatest finds the broadcast that the channel spoke of without its key: the one
// that began at that moment, else the one that began last. The order of the list
// is not documented: where the first page does not have it, the last one is read
// as well.
func (s *session) findLatest(ctx context.Context, known onAir) (broadcastData, bool, error) {
	all, last, err := s.broadcasts(ctx, 1)
	if err != nil {
		return broadcastData{}, false, err
	}
	best, exact := pickBroadcast(all, known)
	if !exact && last > 1 {
		more, _, err := s.broadcasts(ctx, last)
		if err != nil {
			return broadcastData{}, false, err
		}
		best, _ = pickBroadcast(append(all, more...), known)
	}
	best.OnAir = best.OnAir || known.OnAir
	return best, best.Key != "", nil
}

// pickBroadcast chooses among broadcasts; exact tells that one began when known did.
func pickBroadcast(all []broadcastData, known onAir) (best broadcastData, exact bool) {
	for _, b := range all {
		switch {
		case b.Key == "":
		case !b.Started.IsZero() && b.Started.Equal(known.Started.Time):
			return b, true
		case best.Key == "" || b.beganAt().After(best.beganAt()):
			best = b
		}
	}
	return best, false
}

// broadcasts returns one page of the channel's broadcasts and how many pages
// there are.
func (s *session) broadcasts(ctx context.Context, number int) ([]broadcastData, int, error) {
	a, err := s.call(ctx, request{
		op: "channels/{key}/broadcasts", method: http.MethodGet,
		path:  "/channels/" + url.PathEscape(s.channel) + "/broadcasts",
		query: url.Values{"page": {strconv.Itoa(number)}, "per_page": {"20"}}, absent: "channel.unknown",
	})
	if err != nil {
		return nil, 0, err
	}
	var p broadcastPage
	if err := a.JSON(&p); err != nil {
		return nil, 0, err
	}
	if !p.Data.Set {
		return nil, 0, a.MissingError("data")
	}
	return p.Data.Items, p.Meta.Last.Int(1), nil
}
