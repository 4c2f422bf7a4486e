package soopsim

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"cuelight/providers/sandbox/soopsim/catalog"
)

// pageBlock is how many broadcasts a page has.
const pageBlock = 60

// rowJSON is one live broadcast. Every value is text but paid_promotion, which
// is a number and often missing.
type rowJSON struct {
	Title      string  `json:"broad_title"`
	TuneOut    string  `json:"visit_broad_type"`
	IsPassword string  `json:"is_password"`
	Category   string  `json:"broad_cate_no"`
	No         string  `json:"broad_no"`
	UserID     string  `json:"user_id"`
	Nick       string  `json:"user_nick"`
	Picture    string  `json:"profile_img"`
	Thumbnail  *string `json:"broad_thumb"`
	Started    string  `json:"broad_start"`
	Grade      string  `json:"broad_grade"`
	Bps        string  `json:"broad_bps"`
	Resolution string  `json:"broad_resolution"`
	Paid       *int    `json:"paid_promotion,omitempty"`
	Viewers    string  `json:"total_view_cnt"`

	language string
	viewers  int
	started  time.Time
}

// listJSON is the answer of broad/list. It has no "result". Page is a number,
// or text when the request named one.
type listJSON struct {
	Total int   `json:"total_cnt"`
	Page  any   `json:"page_no"`
	Block int   `json:"page_block,omitempty"`
	Broad any   `json:"broad,omitempty"`
	Time  int64 `json:"time"`
}

// languages are the broadcast languages of the SOOP document's example.
var languages = map[string]string{
	"ko_KR": "Korean", "th_TH": "Thai", "en_US": "English", "zh_CN": "Chinese", "es_ES": "Spanish",
	"pt_PT": "Portuguese", "ja_JP": "Japanese", "de_DE": "German", "hi_IN": "Hindi", "id_ID": "Indonesian",
	"ms_MY": "Malay", "ru_RU": "Russian", "fr_FR": "French", "ar_SA": "Arabic", "tl_PH": "Filipino",
	"vi_VN": "Vietnamese", "etc": "Other",
}

var (
	callbackName = regexp.MustCompile(`^[A-Za-z_$][\w$.]{0,63}$`)
	leadingDigit = regexp.MustCompile(`^\s*\d+`)
)

// directory are the endpoints of what is on air, and of the categories.
type directory struct {
	*platform
	crowd []catalog.Broadcaster
}

// broadList is GET broad/list.
func (h directory) broadList(w http.ResponseWriter, c *call) {
	client, ok := h.authenticateClient(w, c)
	if !ok {
		return
	}
	now := h.Now()
	if c.params["select_key"] == "lang" && c.d.hasLanguage && c.params["select_value"] == "" {
		answerList(w, c, listJSON{Total: 1, Page: 1, Broad: languages, Time: now.Unix()})
		return
	}
	rows, err := h.rows(c, client, now)
	if err != nil {
		h.internalError(w, err)
		return
	}
	page, _ := strconv.Atoi(c.params["page_no"])
	page = max(1, page)
	out := listJSON{Total: len(rows), Page: page, Block: pageBlock, Time: now.Unix()}
	if c.params["page_no"] != "" {
		out.Page = c.params["page_no"]
	}
	from := min((page-1)*pageBlock, len(rows))
	rows = rows[from:min(from+pageBlock, len(rows))]
	// Past the last page SOOP has an empty list, AfreecaTV none.
	if len(rows) > 0 || c.d == soop {
		out.Broad = rows
	}
	answerList(w, c, out)
}

// answerList wraps the answer into a call of the callback, where one is asked
// for.
func answerList(w http.ResponseWriter, c *call, out listJSON) {
	callback := c.params["callback"]
	if !callbackName.MatchString(callback) {
		writeJSON(w, out)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	wrapped := &jsonp{ResponseWriter: w}
	_, _ = fmt.Fprintf(wrapped, "%s(", callback)
	writeJSON(wrapped, out)
	_, _ = fmt.Fprint(wrapped, ");")
}

// jsonp keeps the content type of a script.
type jsonp struct{ http.ResponseWriter }

func (j *jsonp) WriteHeader(int) {}

func (j *jsonp) Write(p []byte) (int, error) {
	j.Header().Set("Content-Type", "application/javascript; charset=UTF-8")
	return j.ResponseWriter.Write(p)
}

// rows returns the broadcasts that the request asks for, in its order, without
// those the application has filtered.
func (h directory) rows(c *call, client Client, now time.Time) ([]rowJSON, error) {
	var filters listFilters
	var own []rowJSON
	err := h.State.View(c.Context(), func(st *State) {
		filters = listFiltersOf(st, client)
		own = h.streamerRows(c.d, st, now)
	})
	if err != nil {
		return nil, err
	}
	all := append(own, h.crowdRows(now)...)
	wanted := rowFilter(c)
	all = slices.DeleteFunc(all, func(r rowJSON) bool { return !wanted(r) || filters.hide(r) })
	newest := c.params["order_type"] == "broad_start"
	sort.SliceStable(all, func(i, j int) bool {
		if newest {
			return all[i].started.After(all[j].started)
		}
		return all[i].viewers > all[j].viewers
	})
	return all, nil
}

// rowFilter reads select_key and select_value. A group's number includes its
// children, which share the number's first four digits. The SOOP document's
// own example has " <br />" after the number; only the digits count.
func rowFilter(c *call) func(rowJSON) bool {
	value := c.params["select_value"]
	if c.params["select_key"] == "lang" && c.d.hasLanguage {
		return func(r rowJSON) bool { return r.language == value }
	}
	number := strings.TrimSpace(leadingDigit.FindString(value))
	if number == "" {
		return func(rowJSON) bool { return true }
	}
	if n, err := strconv.Atoi(number); err == nil {
		number = fmt.Sprintf("%08d", n)
	}
	at := slices.IndexFunc(catalog.Tree(), func(g catalog.Category) bool { return g.Number == number })
	return func(r rowJSON) bool {
		return r.Category == number || at >= 0 && slices.ContainsFunc(catalog.Tree()[at].Children,
			func(child catalog.Category) bool { return child.Number == r.Category })
	}
}

func (h directory) crowdRows(now time.Time) []rowJSON {
	rows := make([]rowJSON, 0, len(h.crowd))
	for _, b := range h.crowd {
		r := rowJSON{
			Title: b.Title, TuneOut: strconv.Itoa(flagNumber(b.TuneOut)), IsPassword: strconv.Itoa(flagNumber(b.Password)),
			Category: b.Category, No: strconv.Itoa(b.Number), UserID: b.ID, Nick: b.Nick, Picture: h.portraitURL(b.ID),
			Grade: gradeText(b.Adult), Bps: strconv.Itoa(b.Bps), Resolution: b.Resolution,
			language: b.Language, viewers: b.Viewers(now), started: b.Started(now),
		}
		if b.HasThumbnail {
			r.Thumbnail = h.thumbnailURL(r.No)
		}
		if b.PaidKnown {
			r.Paid = ptr(flagNumber(b.Paid))
		}
		rows = append(rows, r.withTexts())
	}
	return rows
}

// streamerRows are the simulated streamers that are on air and not hidden.
func (h directory) streamerRows(d *dialect, st *State, now time.Time) []rowJSON {
	var rows []rowJSON
	for _, p := range People {
		who := st.Streamers[p.ID]
		if !who.visible(now) || who.Settings.Hidden {
			continue
		}
		set := who.Settings
		no := strconv.Itoa(who.BroadNo)
		rows = append(rows, rowJSON{
			Title: "[생]" + set.title(d, p.ID), TuneOut: strconv.Itoa(flagNumber(set.TuneOut)),
			IsPassword: strconv.Itoa(flagNumber(set.HasPassword)), Category: set.Category, No: no,
			UserID: p.ID, Nick: p.Nick, Picture: h.portraitURL(p.ID), Thumbnail: h.thumbnailURL(no),
			Grade: strconv.Itoa(set.Grade), Bps: "8000", Resolution: "1920x1080", Paid: ptr(flagNumber(set.Paid)),
			language: set.Language, viewers: viewers(p, who.BroadNo, now.Sub(who.Started)), started: who.Started,
		}.withTexts())
	}
	return rows
}

// withTexts fills in the texts of what is also needed as numbers.
func (r rowJSON) withTexts() rowJSON {
	r.Viewers, r.Started = strconv.Itoa(r.viewers), r.started.In(korea).Format(time.DateTime)
	return r
}

func (h directory) thumbnailURL(no string) *string {
	return ptr("//" + h.host() + "/img/thumb/" + no + ".jpg")
}

func gradeText(adult bool) string {
	if adult {
		return "19"
	}
	return "0"
}

func ptr[T any](v T) *T { return &v }
