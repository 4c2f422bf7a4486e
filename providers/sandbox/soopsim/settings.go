package soopsim

import (
	"net/http"
	"strconv"
	"time"
)

// rtmpAnswer is the data of broad/rtmp. The settings are under "data" or
// "info", by dialect.
type rtmpAnswer struct {
	RTMP string        `json:"rtmp"`
	Key  string        `json:"key"`
	Data *settingsJSON `json:"data,omitempty"`
	Info *settingsJSON `json:"info,omitempty"`
}

// settingsJSON has the members in the documented order.
type settingsJSON struct {
	Title       string `json:"title"`
	Category    string `json:"category"`
	Language    string `json:"language,omitempty"`
	ViewerLimit int    `json:"allowed_view_cnt"`
	IsPassword  int    `json:"is_password"`
	Hidden      int    `json:"broad_hidden"`
	Grade       int    `json:"broad_grade"`
	Hashtags    string `json:"hashtags"`
	Ending      string `json:"broad_ending_msg"`
	// IsWait is a number in the documents' example, text in their tables.
	IsWait    any `json:"is_wait"`
	Waiting   int `json:"waiting_time"`
	Watermark int `json:"water_mark"`
	TuneOut   int `json:"broad_tune_out"`
	Paid      int `json:"paid_promotion"`
}

// channel are the endpoints of the signed-in streamer's own channel: its stream
// key, its settings and what is on air there.
type channel struct{ *platform }

// rtmp is POST broad/rtmp.
func (h channel) rtmp(w http.ResponseWriter, c *call) {
	user := h.authenticate(w, c)
	if user == "" {
		return
	}
	if c.params["platform_type"] == "" {
		c.refuse(w, resultRefused, msgRefused, "platform_type")
		return
	}
	server := h.IngestURL(c.Context())
	out := rtmpAnswer{RTMP: server}
	err := h.State.View(c.Context(), func(st *State) {
		who := st.Streamers[user]
		out.Key = h.key(user, who.KeySerial).Reveal()
		if c.d.settingsKey == "info" {
			out.Info = settingsOf(c.d, user, who.Settings)
		} else {
			out.Data = settingsOf(c.d, user, who.Settings)
		}
	})
	if err != nil {
		h.internalError(w, err)
		return
	}
	c.ok(w, out)
}

func settingsOf(d *dialect, user string, set Settings) *settingsJSON {
	out := &settingsJSON{
		Title: set.title(d, user), Category: set.Category, ViewerLimit: set.ViewerLimit,
		IsPassword: flagNumber(set.HasPassword), Hidden: flagNumber(set.Hidden), Grade: set.Grade,
		Hashtags: set.Hashtags, Ending: set.Ending, IsWait: flagNumber(set.Standby),
		Waiting: set.StandbyMinutes, Watermark: set.Watermark,
		TuneOut: flagNumber(set.TuneOut), Paid: flagNumber(set.Paid),
	}
	if d.hasLanguage {
		out.Language = set.Language
	}
	if set.StandbyAsText {
		out.IsWait = strconv.Itoa(flagNumber(set.Standby))
	}
	return out
}

// title returns what viewers see: the platform has one of its own where the
// streamer set none.
func (set Settings) title(d *dialect, user string) string {
	if set.Title != "" {
		return set.Title
	}
	who, _ := findPerson(user)
	if d == soop {
		return who.Nick + "`s SOOP stream"
	}
	return who.Nick + "님의 아프리카TV 방송"
}

func flagNumber(b bool) int {
	if b {
		return 1
	}
	return 0
}

// resetKey is POST broad/rtmp/reset: it ends a running broadcast; in standby
// the new key works only when the standby time is over.
func (h channel) resetKey(w http.ResponseWriter, c *call) {
	user := h.authenticate(w, c)
	if user == "" {
		return
	}
	var key string
	err := h.State.Update(c.Context(), func(st *State) error {
		who, now := st.Streamers[user], h.Now()
		who.expire(now)
		if who.OnAir {
			who.end(now)
		}
		who.Blocked, who.Standby = who.Standby, time.Time{}
		who.KeySerial++
		key = h.key(user, who.KeySerial).Reveal()
		return nil
	})
	if err != nil {
		h.internalError(w, err)
		return
	}
	if h.KeyDead != nil {
		h.KeyDead(user)
	}
	writeJSON(w, struct {
		result
		Key string `json:"stream_key"`
	}{result{resultOK, c.message(msgSuccess)}, key})
}
