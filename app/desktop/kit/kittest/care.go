package kittest

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/app/diagnostics"
	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// Care answers what a test gives it, for what looks after a broadcast.
type Care struct {
	careful sync.Mutex // guards everything below
	checked int
	Kept    []providers.Ingest
	// Offers are the creators of the channel, Creator is the one that was chosen.
	Offers    []providers.Creator
	Creator   string
	KeepsWith func(providers.Ingest) error
	expires   time.Time
	Past      map[string][]monitor.SessionEntry
	Names     []string
	Logged    []string
	Written   string
	Lines     []string
	Report    any
}

func (c *Care) Preflight(context.Context) []state.Preflight {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.checked++
	return nil
}

// Checks is how often the checks before going live were made.
func (c *Care) Checks() int {
	c.careful.Lock()
	defer c.careful.Unlock()
	return c.checked
}

func (c *Care) TokenExpires(context.Context) (time.Time, error) {
	c.careful.Lock()
	defer c.careful.Unlock()
	return c.expires, nil
}

// Expire sets when the token ends.
func (c *Care) Expire(at time.Time) {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.expires = at
}

func (c *Care) KeepIngest(_ context.Context, ingest providers.Ingest) error {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.Kept = append(c.Kept, ingest)
	if c.KeepsWith != nil {
		return c.KeepsWith(ingest)
	}
	return nil
}

func (c *Care) Creators(context.Context) ([]providers.Creator, error) { return c.Offers, nil }

func (c *Care) UseCreator(_ context.Context, name string) error {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.Creator = name
	return nil
}

func (c *Care) Sessions() []string { return c.Names }

func (c *Care) Session(name string) ([]monitor.SessionEntry, error) {
	entries, ok := c.Past[name]
	if !ok {
		return nil, errors.New("no such log")
	}
	return entries, nil
}

func (c *Care) LogTail(int) ([]string, error) { return c.Logged, nil }

func (c *Care) Diagnose(context.Context) diagnostics.Report {
	return diagnostics.Report{Keyring: diagnostics.ReportKeyring{Err: errors.New("no bus")}}
}

func (c *Care) WriteBundle(path string, report any, lines []string) error {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.Written, c.Report, c.Lines = path, report, lines
	return nil
}

// SomePast are two broadcasts: a long one with troubles and a short one.
func SomePast(c *Care) {
	began := fakeclock.New().Now().Add(-26 * time.Hour)
	at := func(d time.Duration, event state.Change, change func(*monitor.SessionEntry)) monitor.SessionEntry {
		e := monitor.SessionEntry{
			Time: began.Add(d), Event: event, Stream: "on", OnAir: true, Title: "[생] 자러 가기 전 한 판만 더 · 시즌 12화",
			Category: "배틀그라운드", Viewers: 900, BitrateKbps: 7900, DroppedPercent: 0.02,
		}
		if change != nil {
			change(&e)
		}
		return e
	}
	long := []monitor.SessionEntry{
		at(0, state.ChangeStream, func(e *monitor.SessionEntry) { e.Stream, e.OnAir = "starting", false }),
		at(3*time.Second, state.ChangeStream, nil), at(6*time.Second, state.ChangeOnAir, nil),
	}
	for i := range 95 {
		minute := time.Duration(i) * time.Minute
		long = append(long, at(minute+7*time.Second, state.ChangeHealth, func(e *monitor.SessionEntry) {
			e.Viewers = 900 + i*4
			e.BitrateKbps = 7800 + float64(i*53%260)
		}))
		switch i {
		case 1:
			long = append(long, at(minute+20*time.Second, state.ChangeMic, nil))
		case 2:
			long = append(long, at(minute+30*time.Second, state.ChangeMic, nil),
				at(minute+40*time.Second, state.ChangeStream, func(e *monitor.SessionEntry) { e.Stream = "reconnecting" }),
				at(minute+52*time.Second, state.ChangeStream, nil),
				at(minute+55*time.Second, state.ChangeDetails, func(e *monitor.SessionEntry) { e.Title = "막판! 치킨 먹고 잡니다" }))
		}
	}
	long = append(long, at(96*time.Minute, state.ChangeStream, func(e *monitor.SessionEntry) { e.Stream, e.OnAir = "off", false }))
	short := []monitor.SessionEntry{
		{Time: began.Add(-72 * time.Hour), Event: state.ChangeStream, Stream: "starting"},
		{Time: began.Add(-72*time.Hour + 40*time.Second), Event: state.ChangeStream, Stream: "off"},
	}
	c.Names = []string{"long.jsonl", "short.jsonl"}
	c.Past = map[string][]monitor.SessionEntry{"long.jsonl": long, "short.jsonl": short}
}
