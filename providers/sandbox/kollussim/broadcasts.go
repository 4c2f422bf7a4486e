package kollussim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxTitle is the simulation's own: the framework's usual length of a text.
const maxTitle = 255

// broadcastJSON is a broadcast.
type broadcastJSON struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	OnAir   bool   `json:"is_onair"`
	Started string `json:"started_at"`
	Ended   string `json:"ended_at"`
}

func (b Broadcast) json(on bool) broadcastJSON {
	return broadcastJSON{b.Key, b.Title, on, formatTime(b.Started), formatTime(b.Ended)}
}

// listBroadcasts is GET channels/{key}/broadcasts, the oldest first.
func (s *Service) listBroadcasts(w http.ResponseWriter, r *http.Request) {
	c, ok := channel(w, r)
	if !ok {
		return
	}
	out := []broadcastJSON{}
	err := s.State.View(r.Context(), func(st *State) {
		now, all := s.Now(), st.Channels[c.Key]
		all.expire(now)
		for i, b := range all.Broadcasts {
			out = append(out, b.json(all.OnAir && i == len(all.Broadcasts)-1))
		}
		if b, on := c.latest(all, now); b.Key == alwaysLiveKey(c) {
			out = append(out, b.json(on))
		}
	})
	if err != nil {
		s.internalError(w, err)
		return
	}
	writePage(w, r, out)
}

// find returns a broadcast by its key, with its channel.
func (s *Service) find(st *State, key string) (channelInfo, Broadcast, bool) {
	now := s.Now()
	for _, c := range catalogue() {
		channel := st.Channels[c.Key]
		channel.expire(now)
		if b, _ := c.latest(channel, now); b.Key == key {
			return c, b, true
		}
		if at := slices.IndexFunc(channel.Broadcasts, func(b Broadcast) bool { return b.Key == key }); at >= 0 {
			return c, channel.Broadcasts[at], true
		}
	}
	return channelInfo{}, Broadcast{}, false
}

func (s *Service) showBroadcast(w http.ResponseWriter, r *http.Request) {
	var b Broadcast
	var ok bool
	if err := s.State.View(r.Context(), func(st *State) { _, b, ok = s.find(st, r.PathValue("key")) }); err != nil {
		s.internalError(w, err)
		return
	}
	if !ok {
		refuse(w, http.StatusNotFound, "No query results for model [Broadcast].")
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": b.json(b.Ended.IsZero())})
}

// updateBroadcast is PUT broadcasts/{key}: the title.
func (s *Service) updateBroadcast(w http.ResponseWriter, r *http.Request) {
	form, err := parameters(r)
	if err != nil {
		refuse(w, http.StatusBadRequest, "The body could not be read.")
		return
	}
	title := strings.TrimSpace(form.Get("title"))
	switch n := utf8.RuneCountInString(title); {
	case n == 0:
		unprocessable(w, "title", "The title field is required.")
		return
	case n > maxTitle:
		unprocessable(w, "title", fmt.Sprintf("The title may not be greater than %d characters.", maxTitle))
		return
	}
	var b Broadcast
	var ok, foreign bool
	err = s.State.Update(r.Context(), func(st *State) error {
		var c channelInfo
		c, b, ok = s.find(st, r.PathValue("key"))
		if foreign = ok && b.Key == alwaysLiveKey(c); !ok || foreign {
			return nil
		}
		all := st.Channels[c.Key].Broadcasts
		at := slices.IndexFunc(all, func(one Broadcast) bool { return one.Key == b.Key })
		all[at].Title, b.Title = title, title
		return nil
	})
	switch {
	case err != nil:
		s.internalError(w, err)
	case !ok:
		refuse(w, http.StatusNotFound, "No query results for model [Broadcast].")
	case foreign:
		refuse(w, http.StatusConflict, "The broadcast is being edited by another user.")
	default:
		writeJSON(w, http.StatusOK, map[string]any{"data": b.json(b.Ended.IsZero())})
	}
}

// unprocessable answers 422 in the form of the framework.
func unprocessable(w http.ResponseWriter, field, words string) {
	writeJSON(w, http.StatusUnprocessableEntity, struct {
		Message string              `json:"message"`
		Errors  map[string][]string `json:"errors"`
	}{"The given data was invalid.", map[string][]string{field: {words}}})
}

// summary is GET broadcasts/{key}/statistics/summary. One of its numbers is
// text, as frameworks of this kind write sums.
func (s *Service) summary(w http.ResponseWriter, r *http.Request) {
	var c channelInfo
	var b Broadcast
	var ok bool
	if err := s.State.View(r.Context(), func(st *State) { c, b, ok = s.find(st, r.PathValue("key")) }); err != nil {
		s.internalError(w, err)
		return
	}
	if !ok {
		refuse(w, http.StatusNotFound, "No query results for model [Broadcast].")
		return
	}
	end := b.Ended
	if end.IsZero() {
		end = s.Now()
	}
	var numbers struct {
		Data struct {
			Plays    int    `json:"play_count"`
			Unique   int    `json:"unique_viewers"`
			Peak     int    `json:"peak_viewers"`
			Seconds  int    `json:"broadcast_seconds"`
			Watched  string `json:"watched_seconds"`
			Measured string `json:"measured_at"`
		} `json:"data"`
	}
	d := &numbers.Data
	d.Seconds = int(end.Sub(b.Started).Seconds())
	d.Peak = audience(c, b.Started.Add(end.Sub(b.Started)/2))
	d.Unique, d.Plays = d.Peak*2+d.Seconds/120, d.Peak*3+d.Seconds/60
	d.Watched, d.Measured = fmt.Sprint(d.Unique*d.Seconds/3), formatTime(s.Now())
	raw, err := json.Marshal(numbers)
	if err != nil {
		s.internalError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, json.RawMessage(raw))
}

// viewers is GET channels/{key}/statistics/viewer/5min-during-a-day: today by
// UTC, as far as there was a broadcast.
func (s *Service) viewers(w http.ResponseWriter, r *http.Request) {
	c, ok := channel(w, r)
	if !ok {
		return
	}
	type step struct {
		Time    string `json:"time"`
		Viewers int    `json:"viewers"`
	}
	out := []step{}
	now := s.Now().UTC()
	err := s.State.View(r.Context(), func(st *State) {
		all := slices.Clone(st.Channels[c.Key].Broadcasts)
		if b, _ := c.latest(st.Channels[c.Key], now); b.Key == alwaysLiveKey(c) {
			all = append(all, b)
		}
		for at := now.Truncate(24 * time.Hour); !at.After(now); at = at.Add(5 * time.Minute) {
			for _, b := range all {
				if !at.Add(5*time.Minute).After(b.Started) || !b.Ended.IsZero() && at.After(b.Ended) {
					continue
				}
				out = append(out, step{formatTime(at), audience(c, at)})
				break
			}
		}
	})
	if err != nil {
		s.internalError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": out})
}

// audience is how many watch a channel at a moment, the same for every process.
func audience(c channelInfo, at time.Time) int {
	minute := int(at.Unix() / 60)
	return 40 + (c.number*53)%160 + (minute/5*7)%31 + (minute/35)%17
}
