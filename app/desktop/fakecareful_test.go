package desktop

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"cuelight/app/diagnostics"
	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/obs/streamhealth"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// fakeCareful answers what a test gives it, for what looks after a broadcast.
type fakeCareful struct {
	careful sync.Mutex
	checked int
	kept    []providers.Ingest
	keeps   func(providers.Ingest) error
	expires time.Time
	past    map[string][]monitor.SessionEntry
	names   []string
	logged  []string
	written string
	lines   []string
}

func (c *fakeCareful) Preflight(context.Context) []state.Preflight {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.checked++
	return nil
}

func (c *fakeCareful) checks() int {
	c.careful.Lock()
	defer c.careful.Unlock()
	return c.checked
}

func (c *fakeCareful) TokenExpires(context.Context) (time.Time, error) {
	c.careful.Lock()
	defer c.careful.Unlock()
	return c.expires, nil
}

func (c *fakeCareful) expire(at time.Time) {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.expires = at
}

func (c *fakeCareful) KeepIngest(_ context.Context, ingest providers.Ingest) error {
	c.careful.Lock()
	defer c.careful.Unlock()
	c.kept = append(c.kept, ingest)
	if c.keeps != nil {
		return c.keeps(ingest)
	}
	return nil
}

func (c *fakeCareful) Sessions() []string { return c.names }

func (c *fakeCareful) Session(name string) ([]monitor.SessionEntry, error) {
	entries, ok := c.past[name]
	if !ok {
		return nil, errors.New("no such log")
	}
	return entries, nil
}

func (c *fakeCareful) LogTail(int) ([]string, error) { return c.logged, nil }

func (c *fakeCareful) Diagnose(context.Context) diagnostics.Report {
	return diagnostics.Report{Keyring: diagnostics.ReportKeyring{Err: errors.New("no bus")}}
}

func (c *fakeCareful) WriteBundle(path string, report any, lines []string) error {
	c.careful.Lock()
	defer c.careful.Unlock()
	if _, ok := report.(bundleReport); !ok {
		return fmt.Errorf("a report of type %T", report)
	}
	c.written, c.lines = path, lines
	return nil
}

// streaming is onAir with two minutes of numbers.
func streaming() state.State {
	s := onAir()
	s.Health = state.HealthState{Known: true, Last: streamhealth.Health{
		Time: fakeclock.New().Now(), BitrateKbps: 7912, DroppedPercent: 0.02, FPS: 60, TargetFPS: 60, CPUPercent: 11,
	}}
	for i := range healthPoints {
		rate := 7900 + float64(i*37%300) - 150
		if i > 44 && i < 50 {
			rate -= 2600
		}
		s.Health.Bitrates = append(s.Health.Bitrates, rate)
	}
	return s
}

// troubled is streaming with much to look at.
func troubled() state.State {
	s := streaming()
	s.Health.Last.DroppedPercent, s.Health.Last.FPS, s.Health.Last.CPUPercent = 6.31, 48.2, 87
	s.Health.Last.Congestion, s.Health.Last.EncoderLagPercent = 0.8, 2.2
	s.Health.Quiet, s.Health.Microphone, s.Health.Frozen = 2*time.Minute+20*time.Second, "마이크", 74*time.Second
	return s
}

// unwell is full with checks that warn.
func unwell() state.State {
	s := full()
	s.Preflight = []state.Preflight{
		{ID: state.PreSignIn, State: state.StepDone},
		{ID: state.PreConnected, State: state.StepFailed, Reason: "replaces_key", Detail: "Twitch", Blocks: true},
		{ID: state.PreVideo, State: state.StepWarned, Reason: "too_high", Value: 12000, Limit: 8000},
		{ID: state.PreMicrophone, State: state.StepWarned, Reason: "silent", Detail: "마이크"},
		{ID: state.PreService, State: state.StepWarned, Reason: "elsewhere"},
	}
	return s
}

// kollus is the State of somebody with a Kollus Live account and no channel
// chosen.
func kollus() state.State {
	s := full()
	s.Accounts = []providers.Account{{Name: "수업", Platform: "kollus"}}
	s.Account = state.AccountState{
		Name: "수업", Platform: "kollus", PlatformName: "Kollus Live", SignedIn: state.SignedIn, CanToken: true,
		Has: state.Capabilities{Ingest: true, Edit: true, LiveStatus: true, Channels: true},
	}
	s.Broadcast = state.BroadcastState{
		Limits: providers.Limits{providers.FieldTitle: {Max: 100}},
		Err:    &providers.Error{Kind: providers.ErrUsage, Reason: "channel.none"},
	}
	s.OBS.Matches = state.MatchUnknown
	return s
}

// chosen is kollus with a channel.
func chosen() state.State {
	s := kollus()
	s.Accounts[0].Channel = "lecture-1"
	s.Broadcast.Known, s.Broadcast.Err = true, nil
	s.Broadcast.Confirmed.Title = "3주차 강의"
	s.OBS.Matches = state.MatchNo
	return s
}

// somePast are two broadcasts: a long one with troubles and a short one.
func somePast(c *fakeCareful) {
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
	c.names = []string{"long.jsonl", "short.jsonl"}
	c.past = map[string][]monitor.SessionEntry{"long.jsonl": long, "short.jsonl": short}
}
