package kollus

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// viewerStep is the time between two numbers of viewers.
const viewerStep = 5 * time.Minute

// Statistics implements providers.Statistics: the summary of the channel's
// latest broadcast and the channel's viewers of the day (by UTC) in steps of
// five minutes.
func (s *session) Statistics(ctx context.Context) (providers.Stats, error) {
	out := providers.Stats{Step: viewerStep}
	latest, found, err := s.latest(ctx)
	if err != nil {
		return out, err
	}
	if found {
		out.Broadcast.Key, out.Broadcast.Title = latest.Key.String(), latest.Title.String()
		out.Broadcast.OnAir = bool(latest.OnAir)
		out.Broadcast.Started, out.Broadcast.Ended = latest.Started.Time, latest.Ended.Time
		a, err := s.statistics(ctx, "broadcasts/{key}/statistics/summary",
			"/broadcasts/"+url.PathEscape(out.Broadcast.Key)+"/statistics/summary")
		if err != nil {
			return out, err
		}
		out.Numbers = readSummary(unwrapData(a.Body))
	}
	a, err := s.statistics(ctx, "channels/{key}/statistics/viewer/5min-during-a-day",
		"/channels/"+url.PathEscape(s.channel)+"/statistics/viewer/5min-during-a-day")
	if err != nil {
		return out, err
	}
	out.Viewers = readViewers(unwrapData(a.Body), s.now().UTC().Truncate(24*time.Hour))
	return out, nil
}

// statistics asks for statistics. None yet is an answer without a body.
func (s *session) statistics(ctx context.Context, op, path string) (httpcall.Response, error) {
	a, err := s.call(ctx, request{op: op, method: http.MethodGet, path: path})
	if a.Status == http.StatusNotFound {
		return httpcall.Response{}, nil
	}
	if err != nil {
		return a, err
	}
	if a.Status == http.StatusNoContent {
		return a, nil
	}
	var anything json.RawMessage
	return a, a.JSON(&anything)
}

// unwrapData returns the member "data" of a body, or all of it.
func unwrapData(body []byte) json.RawMessage {
	for _, m := range membersOf(body) {
		if m.Name == "data" {
			return m.Value
		}
	}
	return body
}

// maxSummaryDepth bounds the objects in objects of a summary; one level is known.
const maxSummaryDepth = 4

// readSummary reads every number of an object, in its order; identifiers and times
// are not numbers.
func readSummary(raw json.RawMessage) []providers.StatNumber {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		raw = list[0]
	}
	return readNumbers(raw, "", maxSummaryDepth)
}

// readNumbers reads an object whose names go behind prefix, and those in it as far
// as depth.
func readNumbers(raw json.RawMessage, prefix string, depth int) []providers.StatNumber {
	if depth == 0 {
		return nil
	}
	var numbers []providers.StatNumber
	for _, m := range membersOf(raw) {
		if m.Name == "id" || m.Name == "key" || strings.HasSuffix(m.Name, "_id") ||
			strings.HasSuffix(m.Name, "_key") || strings.HasSuffix(m.Name, "_at") {
			continue
		}
		if inner := readNumbers(m.Value, prefix+m.Name+".", depth-1); inner != nil {
			numbers = append(numbers, inner...)
			continue
		}
		var n lenient.Number
		if _ = n.UnmarshalJSON(m.Value); n.Set {
			numbers = append(numbers, providers.StatNumber{Key: prefix + m.Name, Value: n.Value})
		}
	}
	return numbers
}

// Names under which a step may hold its time and its number, best first.
var (
	timeNames  = []string{"time", "datetime", "date_time", "at", "started_at", "created_at", "timestamp", "date", "x"}
	countNames = []string{"viewers", "viewer_count", "viewer", "count", "value", "total", "y"}
)

// readViewers reads steps in whichever of the usual forms they come: objects with a
// time and a number, pairs, numbers alone (from midnight on), or an object of
// times. day is the midnight that bare times of day count from.
func readViewers(raw json.RawMessage, day time.Time) []providers.ViewerPoint {
	var points []providers.ViewerPoint
	add := func(at time.Time, n lenient.Number) {
		if n.Set && !at.IsZero() {
			points = append(points, providers.ViewerPoint{At: at, Count: max(n.Int(0), 0)})
		}
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		for i, step := range list {
			at, n := readStep(step, day.Add(time.Duration(i)*viewerStep), day)
			add(at, n)
		}
	}
	for _, m := range membersOf(raw) {
		var n lenient.Number
		_ = n.UnmarshalJSON(m.Value)
		if !n.Set {
			_, n = readStep(m.Value, time.Time{}, day)
		}
		add(parseMoment(m.Name, day), n)
	}
	slices.SortStableFunc(points, func(a, b providers.ViewerPoint) int { return a.At.Compare(b.At) })
	return slices.CompactFunc(points, func(a, b providers.ViewerPoint) bool { return a.At.Equal(b.At) })
}

// readStep reads one step; alone is its time where it is a number only.
func readStep(raw json.RawMessage, alone, day time.Time) (time.Time, lenient.Number) {
	var n lenient.Number
	if _ = n.UnmarshalJSON(raw); n.Set {
		return alone, n
	}
	var pair []json.RawMessage
	if json.Unmarshal(raw, &pair) == nil && len(pair) == 2 {
		_ = n.UnmarshalJSON(pair[1])
		return parseMoment(textOf(pair[0]), day), n
	}
	var members map[string]json.RawMessage
	_ = json.Unmarshal(raw, &members)
	for _, name := range countNames {
		if _ = n.UnmarshalJSON(members[name]); n.Set {
			break
		}
	}
	for _, name := range timeNames {
		if at := parseMoment(textOf(members[name]), day); !at.IsZero() {
			return at, n
		}
	}
	return time.Time{}, n
}

// membersOf reads an object in the order written; none for anything else.
func membersOf(raw json.RawMessage) []lenient.Member {
	members, _ := lenient.Members(raw)
	return members
}

func textOf(raw json.RawMessage) string {
	var t lenient.Text
	_ = t.UnmarshalJSON(raw)
	return t.String()
}

// parseMoment reads a time, or a time of day.
func parseMoment(s string, day time.Time) time.Time {
	for _, layout := range []string{"15:04", "15:04:05", "1504"} {
		if at, err := time.Parse(layout, s); err == nil {
			return day.Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
		}
	}
	return lenient.ParseTime(s)
}
