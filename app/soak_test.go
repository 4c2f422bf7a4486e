package app

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
)

// What a day may leave behind, above what the hours before it left: anything
// more would show in a window that is open for a week.
const (
	soakHeap       = 1 << 20 // bytes
	soakGoroutines = 4
	soakHandles    = 4
)

// footprint is what a process holds at one moment.
type footprint struct{ heap, goroutines, handles int }

func footprintNow() footprint {
	for range 3 { // finalizers free what the next round collects
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	f := footprint{heap: int(m.HeapAlloc), goroutines: runtime.NumGoroutine()}
	if names, err := os.ReadDir("/proc/self/fd"); err == nil { // where the system tells
		f.handles = len(names)
	}
	return f
}

// BenchmarkSoakOfADay lives through a day with a window open: each minute an
// edit is typed and sent, each half hour the link to OBS is reset, every four
// hours OBS is restarted and a broadcast made. Clocks are the test's own, so
// that tokens end as they do in a day. It fails where memory, goroutines or
// file handles grow.
//
//	go test ./app -run '^$' -bench SoakOfADay -benchtime 1x
func BenchmarkSoakOfADay(b *testing.B) {
	s := newSharedStudio(b)
	e := s.signedIn(func(o *Options) { o.Log = nil }) // the studio keeps its log in memory
	stop := running(b, e)
	until(b, e, "OBS", linked)
	if _, err := e.Stream.SetUp(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	day := soak{b: b, studio: s, engine: e}
	day.hours(8) // everything that is kept once is kept by then; it ends as a day does
	for b.Loop() {
		tokens := s.platform.Faults().Counts()["POST auth/token"]
		day.edits, day.typed, day.reconnects = 0, 0, 0
		before := footprintNow()
		day.hours(24)
		after := footprintNow()
		tokens = s.platform.Faults().Counts()["POST auth/token"] - tokens

		report := func(unit string, n int) { b.ReportMetric(float64(n), unit) }
		report("edits", day.edits)
		report("typed", day.typed)
		report("reconnects", day.reconnects)
		report("token-refreshes", tokens)
		report("heap-KiB", after.heap/1024)
		report("heap-growth-KiB", (after.heap-before.heap)/1024)
		report("goroutines", after.goroutines)
		report("handles", after.handles)
		b.Logf("a day: before %+v, after %+v", before, after)
		if after.heap-before.heap > soakHeap || after.goroutines-before.goroutines > soakGoroutines || after.handles-before.handles > soakHandles {
			b.Errorf("a day leaves %+v behind, before it was %+v", after, before)
		}
		if tokens == 0 || day.edits < 24*60 || day.reconnects < 48 {
			b.Errorf("not a day: %d refreshes, %d edits, %d reconnects", tokens, day.edits, day.reconnects)
		}
	}
	stop()
}

type soak struct {
	b                        *testing.B
	studio                   *studio
	engine                   *Engine
	edits, typed, reconnects int
}

func (d *soak) hours(n int) {
	d.b.Helper()
	for minute := range n * 60 {
		d.studio.clock.pass(time.Minute)
		d.edit(minute)
		if minute%30 == 29 {
			d.reconnect(minute)
		}
		if minute%240 == 239 {
			d.broadcast()
		}
	}
}

// edit types a title letter by letter and sends it.
func (d *soak) edit(minute int) {
	d.b.Helper()
	title := fmt.Sprintf("minute %d", minute)
	for i := 1; i <= len(title); i += 4 {
		part := title[:i]
		d.engine.Broadcast.Draft(providers.Patch{Title: &part})
		d.typed++
	}
	d.engine.Broadcast.Draft(providers.Patch{Title: &title})
	d.typed++
	if err := d.engine.Broadcast.Apply(d.b.Context(), nil); err != nil {
		d.b.Fatal(err)
	}
	d.edits++
}

func (d *soak) reconnect(minute int) {
	d.b.Helper()
	if minute%240 == 239 {
		d.studio.obs.Quit()
	} else {
		d.studio.obs.Reset()
	}
	until(d.b, d.engine, "the link lost", gone)
	if minute%240 == 239 {
		if err := d.studio.obs.Restart(); err != nil {
			d.b.Fatal(err)
		}
	}
	until(d.b, d.engine, "the link back", linked)
	d.reconnects++
}

func (d *soak) broadcast() {
	d.b.Helper()
	if err := d.engine.Stream.Start(d.b.Context(), GoLive{Checked: true}, nil); err != nil {
		d.b.Fatal(err)
	}
	until(d.b, d.engine, "measures", func(s state.State) bool { return s.Health.Known })
	if err := d.engine.Stream.Stop(d.b.Context(), nil); err != nil {
		d.b.Fatal(err)
	}
	until(d.b, d.engine, "the end", func(s state.State) bool { return s.OBS.Stream == state.StreamOff && !s.Health.Known })
}
