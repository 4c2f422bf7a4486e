package chzzk

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// perPage is the most that a page of lives has (Live, size).
const perPage = 20

// liveRow is one broadcast of lives (Live, lives).
type liveRow struct {
	ID           lenient.Text   `json:"liveId"`
	Title        lenient.Text   `json:"liveTitle"`
	Thumbnail    lenient.Text   `json:"liveThumbnailImageUrl"`
	Viewers      lenient.Number `json:"concurrentUserCount"`
	Opened       lenient.Text   `json:"openDate"`
	Adult        lenient.Flag   `json:"adult"`
	CategoryType lenient.Text   `json:"categoryType"`
	Category     lenient.Text   `json:"liveCategory"`
	CategoryName lenient.Text   `json:"liveCategoryValue"`
	Channel      lenient.Text   `json:"channelId"`
	Name         lenient.Text   `json:"channelName"`
	Picture      lenient.Text   `json:"channelImageUrl"`
}

// DirectoryOptions implements providers.Directory: the list is by viewers, and
// cannot be narrowed (Live, lives).
func (s *session) DirectoryOptions() providers.DirectoryOptions {
	return providers.DirectoryOptions{Orders: []string{providers.OrderViewers}}
}

// Languages implements providers.Directory: the platform has none.
func (s *session) Languages(context.Context) (map[string]string, error) {
	return map[string]string{}, nil
}

// Directory implements providers.Directory (Live, lives), as the application. A
// page is reached by way of those before it, which are asked for where they have
// not been yet; the first page begins anew.
func (s *session) Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
	if err := checkQuery(q); err != nil {
		return providers.DirectoryPage{}, err
	}
	wanted := max(q.Page, 1)
	if wanted == 1 {
		s.pages.reset()
	}
	for {
		entries, from, known := s.pages.page(wanted)
		if known {
			return providers.DirectoryPage{Total: -1, Page: wanted, PerPage: perPage, Entries: entries}, nil
		}
		rows, next, err := s.lives(ctx, from.cursor)
		if err != nil {
			return providers.DirectoryPage{}, err
		}
		s.pages.add(from, rows, next)
	}
}

func checkQuery(q providers.DirectoryQuery) error {
	switch {
	case q.Category != "" && q.Language != "":
		return usage("category", "directory.both", 0)
	case q.Category != "":
		return usage("category", "directory.category_unsupported", 0)
	case q.Language != "":
		return usage("language", "language.unsupported", 0)
	case q.Order != "" && q.Order != providers.OrderViewers:
		return usage("order", "order.unknown", 0)
	}
	return nil
}

// lives asks for one page.
func (s *session) lives(ctx context.Context, cursor string) (rows []liveRow, next string, err error) {
	query := url.Values{"size": {strconv.Itoa(perPage)}}
	if cursor != "" {
		query.Set("next", cursor)
	}
	a, err := s.asClient(ctx, request{op: "lives", query: query})
	if err != nil {
		return nil, "", err
	}
	var content struct {
		Data lenient.List[liveRow] `json:"data"`
		Page lenient.Record[struct {
			Next lenient.Exact `json:"next"`
		}] `json:"page"`
	}
	if err := a.read(&content); err != nil {
		return nil, "", err
	}
	if !content.Data.Set {
		return nil, "", a.MissingError("content.data")
	}
	return content.Data.Items, content.Page.Value.Next.String(), nil
}

// entry converts a row to a providers.LiveEntry.
func (r liveRow) entry() providers.LiveEntry {
	category := categoryData{Type: r.CategoryType, ID: r.Category, Name: r.CategoryName}.category()
	e := providers.LiveEntry{
		ID: r.ID.String(), UserID: r.Channel.String(), Nick: cmp.Or(r.Name.String(), r.Channel.String()), Title: r.Title.String(),
		CategoryNumber: category.Number, CategoryName: category.Name, Viewers: max(r.Viewers.Int(0), 0),
		Started: lenient.ParseTimeIn(r.Opened.String(), koreanTime), WatchURL: watchURL(r.Channel.String()),
		Thumbnail: pictureURL(r.Thumbnail), Picture: pictureURL(r.Picture),
	}
	if r.Adult {
		e.AgeLimit = 19
	}
	return e
}

// pictureURL is a picture's address; empty where the text is none.
func pictureURL(t lenient.Text) string {
	// Thumbnails have a place in their address for a width.
	s := strings.ReplaceAll(t.String(), "{type}", "480")
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return s
}
