package discover

import (
	"context"
	"runtime"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/providers"
)

func TestABroadcastIsShownOnceHoweverThePagesShift(t *testing.T) {
	rows := newLiveRows()
	rows.add(kittest.SomeLive()[:4])
	if added := rows.add(kittest.SomeLive()[2:]); added != 2 || rows.len() != 6 {
		t.Errorf("added %d, are %d", added, rows.len())
	}
}

func TestTheSearchFindsTitlesNicknamesAndUsers(t *testing.T) {
	rows := newLiveRows()
	rows.add(kittest.SomeLive())
	for query, want := range map[string]int{
		"": 6, "생": 2, "[생] 스크림": 1, "아티": 1, "SOOP1234": 1, norm.NFD.String("백호"): 1, " 듀오 ": 1, "없는 것": 0,
	} {
		rows.search(query)
		if rows.len() != want {
			t.Errorf("%q finds %d, want %d", query, rows.len(), want)
		}
	}
	rows.search("생")
	if rows.at(1).nick != "자러가자" {
		t.Errorf("the second found is %q", rows.at(1).nick)
	}
	rows.add([]providers.LiveEntry{{ID: "new", Title: "[생] 새로 온 방송"}})
	if rows.len() != 3 {
		t.Error("what comes later is not searched")
	}
}

func BenchmarkSearchTenThousandLive(b *testing.B) {
	rows := newLiveRows()
	answer, err := manyPages(10_000)
	if err != nil {
		b.Fatal(err)
	}
	rows.add(answer)
	for b.Loop() {
		rows.search("9번째")
	}
}

// BenchmarkTenThousandLiveRows reports what one loaded row holds.
func BenchmarkTenThousandLiveRows(b *testing.B) {
	const n = 10_000
	var before, after runtime.MemStats
	var rows *liveRows
	for b.Loop() {
		rows = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		answer, err := manyPages(n)
		if err != nil {
			b.Fatal(err)
		}
		rows = newLiveRows()
		rows.add(answer)
		answer = nil
		runtime.GC()
		runtime.ReadMemStats(&after)
	}
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/n, "B/row")
	runtime.KeepAlive(rows)
}

func manyPages(n int) ([]providers.LiveEntry, error) {
	var all []providers.LiveEntry
	pages := kittest.ManyLive(n)
	for page := 1; len(all) < n; page++ {
		answer, err := pages(context.Background(), providers.DirectoryQuery{Page: page})
		if err != nil {
			return nil, err
		}
		all = append(all, answer.Entries...)
	}
	return all, nil
}
