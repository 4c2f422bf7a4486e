package kollussim

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// defaultPerPage is the framework's, maxPerPage the simulation's own.
const (
	defaultPerPage = 15
	maxPerPage     = 100
)

// writePage answers one page of a list.
func writePage[T any](w http.ResponseWriter, r *http.Request, all []T) {
	number := func(name string, def int) int {
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil || n < 1 {
			return def
		}
		return n
	}
	size, page := min(number("per_page", defaultPerPage), maxPerPage), number("page", 1)
	last := max(1, (len(all)+size-1)/size)
	from := min((page-1)*size, len(all))
	to := min(from+size, len(all))
	data := all[from:to]
	if data == nil {
		data = []T{}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"data": data,
		"meta": map[string]int{"current_page": page, "last_page": last, "per_page": size, "total": len(all)},
	})
}

// channelJSON is a channel. Link is there in the detail only.
type channelJSON struct {
	Key     string  `json:"key"`
	Title   string  `json:"title"`
	Shared  bool    `json:"is_shared"`
	Chat    int     `json:"use_chatting_service"`
	Created string  `json:"created_at"`
	Idle    *string `json:"idle_screen_url"`
	Policy  struct {
		Type  string `json:"type"`
		Value string `json:"value"`
	} `json:"media_player_policy"`
	Latest any    `json:"latest_broadcast"`
	Link   string `json:"application_link,omitempty"`
}

// latestJSON has empty texts for what has not happened.
type latestJSON struct {
	OnAir   bool   `json:"is_onair"`
	Started string `json:"started_at"`
	Paused  string `json:"paused_at"`
	Ended   string `json:"ended_at"`
}

// show puts a channel into the answer's form. A channel that was never used has
// an empty object, an empty list or null for its latest broadcast.
func (s *Service) show(c channelInfo, st *State) channelJSON {
	out := channelJSON{Key: c.Key, Title: c.Title, Shared: c.Shared, Created: formatTime(c.Created)}
	if c.Chat {
		out.Chat = 1
	}
	if c.IdleScreen != "" {
		out.Idle = &c.IdleScreen
	}
	out.Policy.Type, out.Policy.Value = "player", "v3"
	now := s.Now()
	channel := st.Channels[c.Key]
	channel.expire(now)
	switch b, on := c.latest(channel, now); {
	case b.Key != "":
		out.Latest = latestJSON{OnAir: on, Started: formatTime(b.Started), Ended: formatTime(b.Ended)}
	case c.number%3 == 0:
		out.Latest = struct{}{}
	case c.number%3 == 1:
		out.Latest = []string{}
	}
	return out
}

// latest returns a channel's latest broadcast, and whether it is on air.
func (c channelInfo) latest(channel *Channel, now time.Time) (Broadcast, bool) {
	if c.alwaysLive && !channel.OnAir {
		began := now.UTC().Truncate(3 * time.Hour)
		return Broadcast{Key: alwaysLiveKey(c), Title: c.Title + " 생방송", Started: began}, true
	}
	if n := len(channel.Broadcasts); n > 0 {
		return channel.Broadcasts[n-1], channel.OnAir
	}
	return Broadcast{}, false
}

func alwaysLiveKey(c channelInfo) string { return "now" + c.Key }

// formatTime formats a time as the API does; zero is an empty text.
func formatTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// listChannels is GET channels; keyword looks into title and key.
func (s *Service) listChannels(w http.ResponseWriter, r *http.Request) {
	keyword := strings.ToLower(r.URL.Query().Get("keyword"))
	out := []channelJSON{}
	err := s.State.View(r.Context(), func(st *State) {
		for _, c := range catalogue() {
			if strings.Contains(strings.ToLower(c.Title), keyword) || strings.Contains(c.Key, keyword) {
				out = append(out, s.show(c, st))
			}
		}
	})
	if err != nil {
		s.internalError(w, err)
		return
	}
	writePage(w, r, out)
}

// channel finds the channel of the path, or answers 404.
func channel(w http.ResponseWriter, r *http.Request) (channelInfo, bool) {
	c, ok := infoOf(r.PathValue("key"))
	if !ok {
		refuse(w, http.StatusNotFound, "No query results for model [Channel].")
	}
	return c, ok
}

func (s *Service) showChannel(w http.ResponseWriter, r *http.Request) {
	c, ok := channel(w, r)
	if !ok {
		return
	}
	var out channelJSON
	if err := s.State.View(r.Context(), func(st *State) { out = s.show(c, st) }); err != nil {
		s.internalError(w, err)
		return
	}
	if c.HasKeys {
		out.Link = s.IngestURL(r.Context())
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": out})
}

// creatorJSON is who may broadcast. Key is the stream key; some have none.
type creatorJSON struct {
	Name string  `json:"name"`
	Key  *string `json:"stream_key,omitempty"`
}

func (s *Service) listCreators(w http.ResponseWriter, r *http.Request) {
	c, ok := channel(w, r)
	if !ok {
		return
	}
	out := []creatorJSON{}
	for _, name := range c.Creators {
		creator := creatorJSON{Name: name}
		if c.HasKeys {
			key := s.streamKey(c.Key, name)
			creator.Key = &key
		}
		out = append(out, creator)
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": out})
}

// streamKey is a creator's for one channel.
func (s *Service) streamKey(channel, creator string) string {
	return channel + "_" + s.derive(20, "stream key", channel, creator)
}
