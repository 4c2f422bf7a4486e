//go:build unix && !race

package contract

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/peakmemory"
	"cuelight/providers/internal/httpcall"
)

// maxFloodMemory and maxFloodTime are what a process may take, with all that a
// test binary brings, while every operation of a platform meets one flood.
const (
	maxFloodMemory = 150 << 20
	maxFloodTime   = 20 * time.Second
)

// floods are answers as large as one may be, by what is in their lists.
var floods = map[string]func() string{
	"objects with nothing in them": func() string { return "[" + strings.Repeat("{},", room/3) + "{}]" },
	"lists with nothing in them":   func() string { return "[" + strings.Repeat("[],", room/3) + "[]]" },
	"numbers":                      func() string { return "[" + strings.Repeat("7,", room/2) + "7]" },
	"members without end":          func() string { return "{" + strings.Repeat(`"7":7,`, room/6) + `"7":7}` },
	"objects in objects": func() string {
		return nested(`{"count":`, "}", 9000)
	},
	"a tree in a tree": func() string {
		return nested(`[{"cate_no":"00000001","child":`, "}]", 4900)
	},
}

// room is what is left for a list in an answer.
const room = httpcall.MaxBody - 1<<10

// nested gives a long text deep inside.
func nested(open, closing string, depth int) string {
	text := strings.Repeat("x", room-depth*(len(open)+len(closing)))
	return strings.Repeat(open, depth) + `"` + text + `"` + strings.Repeat(closing, depth)
}

// lists are the members in which the answers of a platform have their lists.
var lists = map[string][]string{
	"SOOP":            {"data", "broad", "broad_category", "filter_list"},
	"Kollus by token": {"data", "errors"},
	"Tencent":         {"RoomList", "RoomInfo"},
	"CHZZK":           {"data", "tags", "category", "page"},
}

// flooded are the answers of one flood: one for each member that could have it.
func flooded(flood string, p platform) (bodies []string) {
	list := floods[flood]()
	for _, name := range lists[p.name] {
		member := `"` + name + `":` + list
		if p.name == "Tencent" {
			member = `"Response":{` + member + `}`
		}
		if p.name == "CHZZK" {
			member = `"content":{"data":[],` + member + `}`
		}
		bodies = append(bodies, `{"result":1,"ActionStatus":"OK","ErrorCode":0,`+member+`}`)
	}
	return bodies
}

// TestNoFloodOfAPlatformTakesMuchMemoryOrTime has every operation meet answers
// that are made to be large in memory, or slow to read, in a process of its own.
func TestNoFloodOfAPlatformTakesMuchMemoryOrTime(t *testing.T) {
	if flood := os.Getenv("CUELIGHT_TEST_FLOOD"); flood != "" {
		for _, p := range platforms() {
			run(t, p, func(w *world) { meetFlood(w, flood) })
		}
		return
	}
	for flood := range floods {
		t.Run(flood, func(t *testing.T) {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()[:strings.Index(t.Name(), "/")]+"$")
			child.Env = append(os.Environ(), "CUELIGHT_TEST_FLOOD="+flood)
			began := time.Now()
			if out, err := child.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			took := time.Since(began)
			peak := peakmemory.Of(t, child.ProcessState)
			t.Logf("%d MB, %v", peak>>20, took)
			if peak > maxFloodMemory || took > maxFloodTime {
				t.Errorf("a process took %d MB and %v", peak>>20, took)
			}
		})
	}
}

// meetFlood runs every operation of a platform against a flood. What they come
// to is no matter here.
func meetFlood(w *world, flood string) {
	s := w.signedIn()
	for _, body := range flooded(flood, w.platform) {
		w.replyWith(func(*http.Request) *http.Response {
			return &http.Response{
				StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
				Body: io.NopCloser(strings.NewReader(body)),
			}
		})
		for _, o := range operations() {
			if slices.Contains(w.platform.capabilities, o.capability) {
				_ = o.run(w.t.Context(), w, s)
			}
		}
	}
}
