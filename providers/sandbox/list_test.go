package sandbox_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"cuelight/providers/sandbox"
)

func listPage(t *testing.T, s *sandbox.Server, dialect, query string) (total int, rows []map[string]any, whole map[string]any) {
	t.Helper()
	whole = askJSON(t, http.MethodGet, s.URL()+dialect+"/broad/list?client_id="+s.Client().ID+"&"+query, "")
	list, _ := whole["broad"].([]any)
	for _, row := range list {
		rows = append(rows, row.(map[string]any))
	}
	return int(whole["total_cnt"].(float64)), rows, whole
}

func TestTheListHasPagesOrdersAndSelections(t *testing.T) {
	now := newClock()
	s := open(t, sandbox.Options{Now: now.Now})
	seen := map[string]bool{}
	total, last := 1, 1<<30
	for page := 1; len(seen) < total; page++ {
		all, rows, _ := listPage(t, s, "/soop", "page_no="+strconv.Itoa(page))
		total = all
		if len(rows) == 0 || len(rows) > 60 {
			t.Fatalf("page %d has %d rows of %d", page, len(rows), all)
		}
		for _, r := range rows {
			n, err := strconv.Atoi(r["total_view_cnt"].(string))
			if err != nil || n > last || seen[r["broad_no"].(string)] {
				t.Fatalf("page %d: %v after %d viewers", page, r, last)
			}
			last, seen[r["broad_no"].(string)] = n, true
		}
	}
	if total < 500 {
		t.Errorf("only %d broadcasts", total)
	}
	_, rows, whole := listPage(t, s, "/soop", "page_no=999")
	if _, has := whole["broad"]; len(rows) != 0 || !has {
		t.Error("past the end SOOP has an empty list")
	}
	if _, _, whole := listPage(t, s, "/afreecatv", "page_no=999"); whole["broad"] != nil {
		t.Error("past the end AfreecaTV has no list")
	}
	_, rows, _ = listPage(t, s, "/soop", "order_type=broad_start")
	for i := 1; i < len(rows); i++ {
		if rows[i]["broad_start"].(string) > rows[i-1]["broad_start"].(string) {
			t.Fatal("not newest first")
		}
	}
	group, _, _ := listPage(t, s, "/soop", "select_key=cate&select_value=00040000")
	child, rows, _ := listPage(t, s, "/soop", "select_key=cate&select_value=00040066")
	if child == 0 || group <= child || rows[0]["broad_cate_no"] != "00040066" {
		t.Errorf("games %d, one game %d", group, child)
	}
	if english, _, _ := listPage(t, s, "/soop", "select_key=lang&select_value=en_US"); english == 0 || english > total/4 {
		t.Errorf("%d of %d in English", english, total)
	}
}

func TestFiltersKeepEntriesOutOfTheList(t *testing.T) {
	s := open(t, sandbox.Options{})
	c := s.Client()
	app := form("client_id", c.ID, "client_secret", c.Secret.Reveal())
	before, rows, _ := listPage(t, s, "/soop", "")
	victim := rows[0]["user_id"].(string)
	put := func(kind string, pairs ...string) any {
		return askJSON(t, http.MethodPost, s.URL()+"/soop/filter/"+kind, app+"&"+form(pairs...))["result"]
	}
	for _, p := range []struct {
		kind  string
		pairs []string
		want  float64
	}{
		{"streamer", []string{"black_id", victim, "reason", "처음"}, 1},
		{"streamer", []string{"black_id", victim, "reason", "고침"}, 1},
		{"streamer", []string{"black_id", victim}, -1},
		{"keyword", []string{"keyword", strings.Repeat("가", 20), "reason", "x"}, 1},
		{"keyword", []string{"keyword", strings.Repeat("가", 21), "reason", "x"}, -1},
		{"keyword", []string{"keyword", "하하😀", "reason", "x"}, -1},
	} {
		if got := put(p.kind, p.pairs...); got != p.want {
			t.Errorf("%s %v: %v", p.kind, p.pairs, got)
		}
	}
	after, rows, _ := listPage(t, s, "/soop", "")
	if after != before-1 || rows[0]["user_id"] == victim {
		t.Errorf("%d before, %d after", before, after)
	}
	_, raw := ask(t, http.MethodGet, s.URL()+"/soop/filter/streamer?"+app, "")
	if !strings.Contains(raw, "고침") || strings.Contains(raw, "처음") {
		t.Errorf("an entry's reason is replaced: %s", raw)
	}
	for id, want := range map[string]float64{victim: 1, "soop1": -1, "nobody": -1} {
		if out := askJSON(t, http.MethodDelete, s.URL()+"/soop/filter/streamer", app+"&"+form("black_id", id)); out["result"] != want {
			t.Errorf("removing %s: %v", id, out)
		}
	}
}
