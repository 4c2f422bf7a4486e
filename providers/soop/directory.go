package soop

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// perPage is the number of broadcasts on a page (SOOP Open API, broad/list).
const perPage = 60

// ReasonNoList marks the error of a Directory by language where the platform
// answers with the languages instead of broadcasts.
const ReasonNoList = "directory.language_not_listed"

// listRow is one broadcast of broad/list.
type listRow struct {
	Title      lenient.Text   `json:"broad_title"`
	TuneOut    lenient.Flag   `json:"visit_broad_type"`
	Password   lenient.Flag   `json:"is_password"`
	Category   lenient.Text   `json:"broad_cate_no"`
	Number     lenient.Text   `json:"broad_no"`
	User       lenient.Text   `json:"user_id"`
	Nick       lenient.Text   `json:"user_nick"`
	Picture    lenient.Text   `json:"profile_img"`
	Thumbnail  lenient.Text   `json:"broad_thumb"`
	Start      lenient.Text   `json:"broad_start"`
	Grade      lenient.Number `json:"broad_grade"`
	Bitrate    lenient.Number `json:"broad_bps"`
	Resolution lenient.Text   `json:"broad_resolution"`
	Viewers    lenient.Number `json:"total_view_cnt"`
	Paid       lenient.Flag   `json:"paid_promotion"`
}

// DirectoryOptions implements providers.Directory.
func (s *session) DirectoryOptions() providers.DirectoryOptions {
	return providers.DirectoryOptions{
		Categories: true, Languages: s.dialect.language, Orders: []string{providers.OrderViewers, providers.OrderNewest},
	}
}

// Directory implements providers.Directory (SOOP Open API, broad/list). A page
// past the last is empty.
func (s *session) Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
	const op = "broad/list"
	form, err := s.directoryForm(q)
	if err != nil {
		return providers.DirectoryPage{}, err
	}
	a, err := s.call(ctx, request{method: http.MethodGet, op: op, form: form})
	if err != nil {
		return providers.DirectoryPage{}, err
	}
	rows, meta := listOf(a), pageOf(a)
	_, present := a["broad"]
	switch {
	case rows.Unexpected != nil && q.Language != "":
		return providers.DirectoryPage{}, &providers.Error{Kind: providers.ErrBadAnswer, Op: op, Reason: ReasonNoList}
	case rows.Unexpected != nil, !present && !meta.Total.Set:
		return providers.DirectoryPage{}, missing(op, "broad")
	}
	page := providers.DirectoryPage{
		Total: max(meta.Total.Int(len(rows.Items)), 0), Page: meta.Page.Int(max(q.Page, 1)), PerPage: perPage,
		Entries: make([]providers.LiveEntry, 0, len(rows.Items)),
	}
	if n := meta.Block.Int(perPage); n > 0 {
		page.PerPage = n
	}
	if meta.Time.Value > 0 {
		page.Generated = time.Unix(int64(meta.Time.Value), 0).UTC()
	}
	for _, r := range rows.Items {
		page.Entries = append(page.Entries, s.dialect.liveEntry(r))
	}
	return page, nil
}

// directoryForm checks a query and puts it into the platform's terms.
func (s *session) directoryForm(q providers.DirectoryQuery) (url.Values, error) {
	form := url.Values{
		"client_id": {s.clientID}, "select_key": {"cate"}, "select_value": {""},
		"order_type": {"view_cnt"}, "page_no": {strconv.Itoa(max(q.Page, 1))},
	}
	switch q.Order {
	case "", providers.OrderViewers:
	case providers.OrderNewest:
		form.Set("order_type", "broad_start")
	default:
		return nil, usage("order", "order.unknown", 0)
	}
	switch {
	case q.Category != "" && q.Language != "":
		return nil, usage("category", "directory.both", 0)
	case q.Category != "":
		number, ok := NormalizeCategory(q.Category)
		if !ok {
			return nil, fieldError(providers.FieldCategory, "unknown", 0)
		}
		form.Set("select_value", number)
	case q.Language != "":
		if !s.dialect.language {
			return nil, fieldError(providers.FieldLanguage, "unsupported", 0)
		}
		form.Set("select_key", "lang")
		form.Set("select_value", q.Language)
	}
	return form, nil
}

// pageMeta is what a list says about itself.
type pageMeta struct{ Total, Page, Block, Time lenient.Number }

func pageOf(a members) (m pageMeta) {
	_ = m.Total.UnmarshalJSON(a["total_cnt"])
	_ = m.Page.UnmarshalJSON(a["page_no"])
	_ = m.Block.UnmarshalJSON(a["page_block"])
	_ = m.Time.UnmarshalJSON(a["time"])
	return m
}

func listOf(a members) (l lenient.List[listRow]) {
	_ = l.UnmarshalJSON(a["broad"])
	return l
}

// liveEntry converts a row to a providers.LiveEntry.
func (d dialect) liveEntry(r listRow) providers.LiveEntry {
	user, number := r.User.String(), r.Number.String()
	category, _ := NormalizeCategory(string(r.Category))
	return providers.LiveEntry{
		ID: number, UserID: user, Nick: cmp.Or(r.Nick.String(), user), Title: r.Title.String(),
		CategoryNumber: category, Viewers: max(r.Viewers.Int(0), 0), Started: parseTime(r.Start),
		AgeLimit: max(r.Grade.Int(0), 0), Password: bool(r.Password), PaidPromotion: bool(r.Paid),
		RefuseExploration: bool(r.TuneOut), WatchURL: d.watchURL(user, number), EmbedURL: d.embedURL(user, number),
		Thumbnail: pictureURL(r.Thumbnail), Picture: pictureURL(r.Picture), BitrateKbps: max(r.Bitrate.Int(0), 0),
		Resolution: strings.ReplaceAll(r.Resolution.String(), "×", "x"),
	}
}

// Languages implements providers.Directory (SOOP Open API, broad/list with
// select_key lang). The AfreecaTV dialect has none.
func (s *session) Languages(ctx context.Context) (map[string]string, error) {
	const op = "broad/list"
	if !s.dialect.language {
		return map[string]string{}, nil
	}
	form := url.Values{"client_id": {s.clientID}, "select_key": {"lang"}}
	a, err := s.call(ctx, request{method: http.MethodGet, op: op, form: form})
	if err != nil {
		return nil, err
	}
	var names map[string]lenient.Text
	if json.Unmarshal(a["broad"], &names) != nil {
		return nil, missing(op, "broad")
	}
	languages := make(map[string]string, len(names))
	for code, name := range names {
		if code != "" && text.Line(code) == code && name.String() != "" {
			languages[code] = name.String()
		}
	}
	return languages, nil
}
