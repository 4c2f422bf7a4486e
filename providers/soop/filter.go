package soop

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// The kinds of filter, as faces name them; "bj" is understood as well.
const (
	filterStreamer = "streamer"
	filterCategory = "category"
	filterKeyword  = "keyword"
)

// maxKeyword is the longest keyword, in characters (SOOP Open API,
// filter/{type}).
const maxKeyword = 20

// registeredByUser is the type of an entry that is the user's own; 2 is the
// platform's (SOOP Open API, filter/{type}, GET).
const registeredByUser = 1

// filters are the filter lists of an application.
type filters struct{ api *api }

// FilterKinds implements providers.Filters.
func (f filters) FilterKinds() []string {
	return []string{filterStreamer, filterCategory, filterKeyword}
}

// filterKind is one kind in the platform's terms.
type filterKind struct{ op, field string }

func (f filters) kind(kind string) (filterKind, error) {
	switch kind {
	case filterStreamer, "bj":
		return filterKind{"filter/" + f.api.dialect.streamer, "black_id"}, nil
	case filterCategory:
		return filterKind{"filter/category", "cate_no"}, nil
	case filterKeyword:
		return filterKind{"filter/keyword", "keyword"}, nil
	}
	return filterKind{}, usage("kind", "filter.kind", 0)
}

// filterEntry is one entry of filter_list.
type filterEntry struct {
	Streamer lenient.Text   `json:"black_id"`
	Name     lenient.Text   `json:"cate_name"`
	Category lenient.Text   `json:"cate_no"`
	Keyword  lenient.Text   `json:"keyword"`
	Reason   lenient.Text   `json:"reason"`
	Type     lenient.Number `json:"type"`
}

// Filters implements providers.Filters (SOOP Open API, filter/{type}, GET).
func (f filters) Filters(ctx context.Context, kind string) ([]providers.Filter, error) {
	k, err := f.kind(kind)
	if err != nil {
		return nil, err
	}
	a, err := f.api.callAsClient(ctx, http.MethodGet, k.op, url.Values{})
	if err != nil {
		return nil, err
	}
	raw, present := a["filter_list"]
	var entries lenient.List[filterEntry]
	_ = entries.UnmarshalJSON(raw)
	if !present || entries.Unexpected != nil {
		return nil, missing(k.op, "filter_list")
	}
	all := make([]providers.Filter, 0, len(entries.Items))
	for _, e := range entries.Items {
		if one := e.filter(k.field); one.Value != "" {
			all = append(all, one)
		}
	}
	return all, nil
}

func (e filterEntry) filter(field string) providers.Filter {
	f := providers.Filter{Reason: e.Reason.String(), Removable: e.Type.Int(0) == registeredByUser}
	switch field {
	case "black_id":
		f.Value = e.Streamer.String()
	case "cate_no":
		f.Value, _ = NormalizeCategory(string(e.Category))
		f.Name = e.Name.String()
	case "keyword":
		f.Value = e.Keyword.String()
	}
	return f
}

// PutFilter implements providers.Filters (SOOP Open API, filter/{type}, POST).
func (f filters) PutFilter(ctx context.Context, kind, value, reason string) error {
	k, err := f.kind(kind)
	if err != nil {
		return err
	}
	value, err = k.normalize(value)
	reason = text.Title(reason)
	if reason == "" {
		err = errors.Join(err, usage("reason", "filter.reason_empty", 0))
	}
	if err != nil {
		return err
	}
	return f.change(ctx, http.MethodPost, k, url.Values{k.field: {value}, "reason": {reason}})
}

// RemoveFilter implements providers.Filters (SOOP Open API, filter/{type},
// DELETE). The platform's own entries cannot be removed; it says so itself.
func (f filters) RemoveFilter(ctx context.Context, kind, value string) error {
	k, err := f.kind(kind)
	if err != nil {
		return err
	}
	if value, err = k.normalize(value); err != nil {
		return err
	}
	return f.change(ctx, http.MethodDelete, k, url.Values{k.field: {value}})
}

// change makes a call whose answer is a result alone.
func (f filters) change(ctx context.Context, method string, k filterKind, form url.Values) error {
	a, err := f.api.callAsClient(ctx, method, k.op, form)
	if err != nil {
		return err
	}
	if _, present := a["result"]; !present {
		return missing(k.op, "result")
	}
	return nil
}

// normalize validates a value that the user typed and returns it as it is sent.
func (k filterKind) normalize(typed string) (string, error) {
	value := text.Title(typed)
	switch {
	case value == "":
		return "", usage("value", "filter.value_empty", 0)
	case k.field == "cate_no":
		number, ok := NormalizeCategory(value)
		if !ok {
			return "", usage("value", "filter.category_unknown", 0)
		}
		return number, nil
	case k.field == "keyword" && providers.Characters.Length(value) > maxKeyword:
		return "", usage("value", "filter.keyword_too_long", maxKeyword)
	case k.field == "keyword" && hasEmoji(value):
		return "", usage("value", "filter.keyword_emoji", 0)
	}
	return value, nil
}

// hasEmoji reports whether a text contains what is drawn as emoji by itself
// (Unicode, Emoji_Presentation) or made so by a joiner or selector. Signs such
// as ★ and ♥ are text unless a selector follows.
func hasEmoji(s string) bool {
	return strings.IndexFunc(norm.NFC.String(s), func(r rune) bool { return unicode.Is(emoji, r) }) >= 0
}

var emoji = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x200D, 0x200D, 1},
		{0x20E3, 0x20E3, 1},
		{0x231A, 0x231B, 1},
		{0x23E9, 0x23EC, 1},
		{0x23F0, 0x23F3, 3},
		{0x25FD, 0x25FE, 1},
		{0x2614, 0x2615, 1},
		{0x2648, 0x2653, 1},
		{0x267F, 0x267F, 1},
		{0x2693, 0x2693, 1},
		{0x26A1, 0x26A1, 1},
		{0x26AA, 0x26AB, 1},
		{0x26BD, 0x26BE, 1},
		{0x26C4, 0x26C5, 1},
		{0x26CE, 0x26CE, 1},
		{0x26D4, 0x26D4, 1},
		{0x26EA, 0x26EA, 1},
		{0x26F2, 0x26F3, 1},
		{0x26F5, 0x26F5, 1},
		{0x26FA, 0x26FA, 1},
		{0x26FD, 0x26FD, 1},
		{0x2705, 0x2705, 1},
		{0x270A, 0x270B, 1},
		{0x2728, 0x2728, 1},
		{0x274C, 0x274E, 2},
		{0x2753, 0x2755, 1},
		{0x2757, 0x2757, 1},
		{0x2795, 0x2797, 1},
		{0x27B0, 0x27BF, 15},
		{0x2B1B, 0x2B1C, 1},
		{0x2B50, 0x2B55, 5},
		{0xFE0F, 0xFE0F, 1},
	},
	R32: []unicode.Range32{{0x1F000, 0x1FAFF, 1}, {0xE0020, 0xE007F, 1}},
}
