package kollus

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// maxPerPage bounds a page of channels.
const maxPerPage = 100

// cacheTTL is how long an answer about a channel counts as current.
// The service caches its own answers as well (document, 유의 사항).
const cacheTTL = 5 * time.Second

// channelData is a channel as the API returns it.
type channelData struct {
	Key      lenient.Text                `json:"key"`
	Title    lenient.Text                `json:"title"`
	Name     lenient.Text                `json:"name"`
	Shared   lenient.Flag                `json:"is_shared"`
	Chat     lenient.Flag                `json:"use_chatting_service"`
	Created  lenient.Time                `json:"created_at"`
	Idle     lenient.Text                `json:"idle_screen_url"`
	Policy   lenient.Record[policy]      `json:"media_player_policy"`
	Latest   lenient.Record[onAir]       `json:"latest_broadcast"`
	Creators lenient.List[creatorData]   `json:"creators"`
	Creator  lenient.Record[creatorData] `json:"creator"`
	ingest                               // the channel's own
}

type policy struct {
	Type  lenient.Text `json:"type"`
	Value lenient.Text `json:"value"`
}

// onAir is a channel's latest broadcast, which is an object, an empty list or
// null, with empty times where something has not happened.
type onAir struct {
	Key       lenient.Text `json:"key"`
	Broadcast lenient.Text `json:"broadcast_key"`
	Title     lenient.Text `json:"title"`
	OnAir     lenient.Flag `json:"is_onair"`
	Started   lenient.Time `json:"started_at"`
	Paused    lenient.Time `json:"paused_at"`
	Ended     lenient.Time `json:"ended_at"`
}

func (o onAir) key() string { return cmp.Or(o.Key.String(), o.Broadcast.String()) }

// creatorData is somebody who may broadcast on a channel, with a stream key of
// their own (the vendor's manual).
type creatorData struct {
	Key  lenient.Text `json:"key"`
	Name lenient.Text `json:"name"`
	ingest
}

// page is a page of channels.
type page struct {
	Data lenient.List[channelData] `json:"data"`
	Meta struct {
		Current lenient.Number `json:"current_page"`
		Last    lenient.Number `json:"last_page"`
		Total   lenient.Number `json:"total"`
	} `json:"meta"`
}

// Channels implements providers.Channels: the channels of the service account.
// Pages are numbers; a Cursor is one too.
func (s *session) Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
	number := max(q.Page, 1)
	if n, err := strconv.Atoi(q.Cursor); err == nil && n > 0 {
		number = n
	}
	query := url.Values{"page": {strconv.Itoa(number)}}
	if keyword := text.Title(q.Search); keyword != "" {
		query.Set("keyword", keyword)
	}
	if q.PerPage > 0 {
		query.Set("per_page", strconv.Itoa(min(q.PerPage, maxPerPage)))
	}
	a, err := s.call(ctx, request{
		op: "channels", method: http.MethodGet, path: "/channels", query: query, absent: "service_account.unknown",
	})
	if err != nil {
		return providers.ChannelPage{}, err
	}
	var p page
	if err := a.JSON(&p); err != nil {
		return providers.ChannelPage{}, err
	}
	if !p.Data.Set {
		return providers.ChannelPage{}, a.MissingError("data")
	}
	out := providers.ChannelPage{Channels: []providers.Channel{}, Total: p.Meta.Total.Int(-1)}
	for _, c := range p.Data.Items {
		if c.Key != "" {
			out.Channels = append(out.Channels, c.channel())
		}
	}
	if current := p.Meta.Current.Int(number); current < p.Meta.Last.Int(0) {
		out.Next = strconv.Itoa(current + 1)
	}
	return out, nil
}

// Channel implements providers.Channels.
func (s *session) Channel(ctx context.Context, key string) (providers.Channel, error) {
	c, err := s.channelOf(ctx, key)
	if err != nil {
		return providers.Channel{}, err
	}
	return c.channel(), nil
}

// channelOf asks for one channel.
func (s *session) channelOf(ctx context.Context, key string) (channelData, error) {
	key = strings.TrimSpace(key)
	if key == "" || key == "." || key == ".." {
		return channelData{}, usage("channel", "channel.none")
	}
	a, err := s.call(ctx, request{
		op: "channels/{key}", method: http.MethodGet, path: "/channels/" + url.PathEscape(key), absent: "channel.unknown",
	})
	if err != nil {
		return channelData{}, err
	}
	var single struct {
		Data lenient.Record[channelData] `json:"data"`
	}
	if err := a.JSON(&single); err != nil {
		return channelData{}, err
	}
	if !single.Data.Set || single.Data.Value.Key == "" {
		return channelData{}, a.MissingError("data.key")
	}
	return single.Data.Value, nil
}

// ownChannel returns the account's channel, from the cache while it is current.
func (s *session) ownChannel(ctx context.Context) (channelData, error) {
	s.mu.Lock()
	seen, at := s.cached, s.cachedAt
	s.mu.Unlock()
	if seen != nil && s.now().Sub(at) < cacheTTL {
		return *seen, nil
	}
	c, err := s.channelOf(ctx, s.channel)
	if err != nil {
		return channelData{}, err
	}
	s.mu.Lock()
	s.cached, s.cachedAt = &c, s.now()
	s.mu.Unlock()
	return c, nil
}

// clearCache makes the next ownChannel ask the service.
func (s *session) clearCache() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cached = nil
}

// channel converts to a providers.Channel.
func (c channelData) channel() providers.Channel {
	latest := c.Latest.Value
	out := providers.Channel{
		Key: c.Key.String(), Title: cmp.Or(c.Title.String(), c.Name.String()),
		OnAir: bool(latest.OnAir), Viewers: -1, Created: c.Created.Time,
		Started: latest.Started.Time, Paused: latest.Paused.Time, Ended: latest.Ended.Time,
		Shared: bool(c.Shared), Chat: bool(c.Chat), Facts: map[string]string{},
	}
	if creators := c.allCreators(); len(creators) > 0 {
		out.Owner = creators[0].Name.String()
	}
	for key, value := range map[string]string{
		"idle_screen":         c.Idle.String(),
		"media_player_policy": strings.TrimSpace(c.Policy.Value.Type.String() + " " + c.Policy.Value.Value.String()),
		"broadcast":           latest.key(),
		"broadcast_title":     latest.Title.String(),
	} {
		if value != "" {
			out.Facts[key] = value
		}
	}
	return out
}

// allCreators returns the creators that the channel's answer includes.
func (c channelData) allCreators() []creatorData {
	creators := c.Creators.Items
	if c.Creator.Set {
		creators = append([]creatorData{c.Creator.Value}, creators...)
	}
	return creators
}
