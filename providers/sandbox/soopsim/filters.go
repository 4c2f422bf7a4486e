package soopsim

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/soopsim/catalog"
)

// maxKeyword is the documented length of a keyword, in characters.
const maxKeyword = 20

// Who registered a filter entry, as the documents number it.
const (
	byMe       = 1
	byPlatform = 2
)

// FilterEntry is one entry of a filter list.
type FilterEntry struct {
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// platformFilters are the platform's own entries, by kind; nobody can remove
// them. They are those of the documents' examples.
var platformFilters = map[string][]FilterEntry{
	"person":   {{"soop1", "토토 방송 근절"}},
	"category": {{"00040019", "저작권 관련 보호 요청"}},
	"keyword":  {{"토토", "토토 방송 근절"}},
}

// filterFields name the parameter that holds the value, by kind.
var filterFields = map[string]string{"person": "black_id", "category": "cate_no", "keyword": "keyword"}

// filterJSON is one entry of an answer; which members are set depends on the
// type.
type filterJSON struct {
	BlackID  string `json:"black_id,omitempty"`
	CateName string `json:"cate_name,omitempty"`
	CateNo   string `json:"cate_no,omitempty"`
	Keyword  string `json:"keyword,omitempty"`
	Reason   string `json:"reason"`
	Type     int    `json:"type"`
}

// filters are the endpoints of an application's filter lists.
type filters struct{ *platform }

// authorizeFilter checks what all three methods have in common and gives the kind
// of list and where it is kept; kind is "" when the answer has been given.
func (h filters) authorizeFilter(w http.ResponseWriter, c *call) (kind, at string) {
	client, ok := h.authenticateClient(w, c)
	if !ok {
		return "", ""
	}
	if !client.Secret.Equal(secret.New(c.params["client_secret"])) {
		c.refuse(w, resultClient, msgClient, "")
		return "", ""
	}
	switch name := c.PathValue("type"); name {
	case c.d.personFilter:
		kind = "person"
	case "category", "keyword":
		kind = name
	default:
		c.refuse(w, resultRefused, msgRefused, "type")
		return "", ""
	}
	return kind, client.ID + "/" + kind
}

// filterList is GET filter/{type}. Its answer has no "result".
func (h filters) filterList(w http.ResponseWriter, c *call) {
	kind, at := h.authorizeFilter(w, c)
	if kind == "" {
		return
	}
	list := []filterJSON{}
	for _, e := range platformFilters[kind] {
		list = append(list, filterRow(kind, e, byPlatform))
	}
	err := h.State.View(c.Context(), func(st *State) {
		for _, e := range st.Filters[at] {
			list = append(list, filterRow(kind, e, byMe))
		}
	})
	if err != nil {
		h.internalError(w, err)
		return
	}
	writeJSON(w, struct {
		List []filterJSON `json:"filter_list"`
	}{list})
}

func filterRow(kind string, e FilterEntry, by int) filterJSON {
	row := filterJSON{Reason: e.Reason, Type: by}
	switch kind {
	case "person":
		row.BlackID = e.Value
	case "category":
		row.CateNo, row.CateName = e.Value, catalog.NameOf(e.Value, "ko_KR")
	default:
		row.Keyword = e.Value
	}
	return row
}

// filterPut is POST filter/{type}: a new entry, or a new reason for one.
func (h filters) filterPut(w http.ResponseWriter, c *call) {
	kind, at := h.authorizeFilter(w, c)
	if kind == "" {
		return
	}
	entry := FilterEntry{Value: norm.NFC.String(c.params[filterFields[kind]]), Reason: c.params["reason"]}
	if field := entry.invalidField(kind); field != "" {
		c.refuse(w, resultRefused, msgRefused, field)
		return
	}
	err := h.State.Update(c.Context(), func(st *State) error {
		same := func(e FilterEntry) bool { return e.Value == entry.Value }
		if i := slices.IndexFunc(st.Filters[at], same); i >= 0 {
			st.Filters[at][i] = entry
			return nil
		}
		st.Filters[at] = append(st.Filters[at], entry)
		return nil
	})
	if err != nil {
		h.internalError(w, err)
		return
	}
	writeJSON(w, result{resultOK, c.message(msgRegistered)})
}

// invalidField names the parameter that is not acceptable; "" for none.
func (e FilterEntry) invalidField(kind string) string {
	length := utf8.RuneCountInString(e.Value)
	emoji := func(r rune) bool { return unicode.Is(unicode.So, r) || r == 0x200D || r == 0xFE0F }
	switch {
	case length == 0, kind == "keyword" && (length > maxKeyword || strings.ContainsFunc(e.Value, emoji)):
		return filterFields[kind]
	case strings.TrimSpace(e.Reason) == "":
		return "reason"
	}
	return ""
}

// filterDelete is DELETE filter/{type}. The platform's own entries stay.
func (h filters) filterDelete(w http.ResponseWriter, c *call) {
	kind, at := h.authorizeFilter(w, c)
	if kind == "" {
		return
	}
	value := norm.NFC.String(c.params[filterFields[kind]])
	same := func(e FilterEntry) bool { return e.Value == value }
	found := false
	err := h.State.Update(c.Context(), func(st *State) error {
		before := len(st.Filters[at])
		st.Filters[at] = slices.DeleteFunc(st.Filters[at], same)
		found = len(st.Filters[at]) < before
		return nil
	})
	switch {
	case err != nil:
		h.internalError(w, err)
	case found:
		writeJSON(w, result{resultOK, c.message(msgDeleted)})
	case slices.ContainsFunc(platformFilters[kind], same):
		c.refuse(w, resultRefused, msgOwner, "")
	default:
		c.refuse(w, resultRefused, msgRefused, filterFields[kind])
	}
}

// listFilters is what broad/list leaves out for an application: its own entries
// and the platform's keywords. The platform's example category is left in; it
// would leave nothing of the largest one.
type listFilters struct{ people, categories, keywords []FilterEntry }

func listFiltersOf(st *State, client Client) listFilters {
	return listFilters{
		people: st.Filters[client.ID+"/person"], categories: st.Filters[client.ID+"/category"],
		keywords: append(slices.Clone(st.Filters[client.ID+"/keyword"]), platformFilters["keyword"]...),
	}
}

func (f listFilters) hide(r rowJSON) bool {
	return slices.ContainsFunc(f.people, func(e FilterEntry) bool { return e.Value == r.UserID }) ||
		slices.ContainsFunc(f.categories, func(e FilterEntry) bool { return e.Value == r.Category }) ||
		slices.ContainsFunc(f.keywords, func(e FilterEntry) bool { return strings.Contains(r.Title, e.Value) })
}
