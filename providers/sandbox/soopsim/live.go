package soopsim

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// korea is the zone of every time the platform writes.
var korea = time.FixedZone("KST", 9*60*60)

// liveJSON is the data of validate/live/status on air; off air only the first
// two are there.
type liveJSON struct {
	BroadNo  string `json:"broad_no"`
	Status   string `json:"status"`
	UserID   string `json:"user_id,omitempty"`
	Title    string `json:"broad_title,omitempty"`
	Category string `json:"broad_cate_no,omitempty"`
	Started  string `json:"broad_start,omitempty"`
	Viewers  *int   `json:"current_view_cnt,omitempty"`
}

// liveStatus is POST validate/live/status, which is in neither document but
// was seen on the service.
func (h channel) liveStatus(w http.ResponseWriter, c *call) {
	user := h.authenticate(w, c)
	if user == "" {
		return
	}
	var out liveJSON
	err := h.State.View(c.Context(), func(st *State) {
		who, now := st.Streamers[user], h.Now()
		out = liveJSON{BroadNo: strconv.Itoa(who.BroadNo), Status: "streamend"}
		if !who.visible(now) {
			return
		}
		me, _ := findPerson(user)
		count := viewers(me, who.BroadNo, now.Sub(who.Started))
		out.Status, out.UserID = "streaming", user
		out.Title, out.Category = who.Settings.title(c.d, user), who.Settings.Category
		out.Started, out.Viewers = who.Started.In(korea).Format(time.DateTime), &count
	})
	if err != nil {
		h.internalError(w, err)
		return
	}
	c.ok(w, out)
}

// stationJSON is the data of user/stationinfo. It has no login id but in the
// picture's path.
type stationJSON struct {
	Nick    string `json:"user_nick"`
	Name    string `json:"station_name"`
	Picture string `json:"profile_image"`
	Last    string `json:"lately_broad_date"`
	Loyal   int    `json:"favorite_cnt"`
}

// station is POST user/stationinfo.
func (h channel) station(w http.ResponseWriter, c *call) {
	user := h.authenticate(w, c)
	if user == "" {
		return
	}
	if h.Quirks.NullStation {
		writeJSON(w, nil)
		return
	}
	me, _ := findPerson(user)
	out := stationJSON{Nick: me.Nick, Name: me.Station, Picture: h.portraitURL(user), Loyal: me.Loyal}
	err := h.State.View(c.Context(), func(st *State) {
		last := st.Streamers[user].Started
		if last.IsZero() {
			last = time.Date(2024, 1, 1, 0, 0, 0, 0, korea)
		}
		out.Last = last.In(korea).Format("2006-01-02 15:04")
	})
	if err != nil {
		h.internalError(w, err)
		return
	}
	c.ok(w, out)
}

// portraitURL returns a picture's address in the form seen on the service: no
// scheme, and the login id in the path.
func (p *platform) portraitURL(user string) string {
	return fmt.Sprintf("//%s/LOGO/%s/%s/%s.jpg", p.host(), user[:2], user, user)
}
