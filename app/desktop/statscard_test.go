package desktop

import (
	"context"
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/status"
)

// counted is chosen on a platform that counts.
func counted() state.State {
	s := chosen()
	s.Account.Has.Statistics = true
	return s
}

// someStats are an hour and a half, with twenty minutes that nobody watched.
func someStats() providers.Stats {
	began := fakeclock.New().Now().UTC().Truncate(time.Hour)
	stats := providers.Stats{Step: 5 * time.Minute, Numbers: []providers.StatNumber{
		{Key: "play_count", Value: 12840},
		{Key: "unique_viewers", Value: 3127},
		{Key: "peak_viewers", Value: 1284},
		{Key: "broadcast_seconds", Value: 5047},
		{Key: "watched_seconds", Value: 3_712_845},
	}}
	stats.Broadcast.Key, stats.Broadcast.Title, stats.Broadcast.Started = "b1", "저녁 수업 3강", began
	for i, n := range []int{12, 240, 610, 802, 1120, 1284, 1190, 950, 0, 0, 0, 0, 720, 1010, 1100, 860, 420, 96} {
		if n > 0 {
			stats.Viewers = append(stats.Viewers, providers.ViewerPoint{At: began.Add(time.Duration(i) * stats.Step), Count: n})
		}
	}
	return stats
}

func inKorea(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("KST", 9*60*60)
	t.Cleanup(func() { time.Local = local })
}

// openStats shows the screen with an answer.
func openStats(r *rig, answer func(context.Context) (providers.Stats, error)) *statsCard {
	r.fake.stats = answer
	withKey(r.fake)
	r.shell.open(screenBroadcast)
	r.render()
	b := r.screenShown().(*broadcast)
	r.until("the answers", func() bool { return b.key.known && !b.stats.asking.running() })
	return b.stats
}

func answering(stats providers.Stats, err error) func(context.Context) (providers.Stats, error) {
	return func(context.Context) (providers.Stats, error) { return stats, err }
}

func TestStatisticsLookAsTheyShould(t *testing.T) {
	inKorea(t)
	for _, shot := range []struct{ dress, lang string }{{"dark", "ko"}, {"light", "en"}} {
		name := "stats-" + shot.dress + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, counted(), shot.dress, shot.lang)
			r.win.Resize(windowSize)
			openStats(r, answering(someStats(), nil))
			r.render()
			r.win.Resize(windowSize.AddWidthHeight(2, 0)) // heights that follow widths have settled
			r.win.Resize(windowSize)
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

func TestNumbersAndViewersOfTheChannelAreShown(t *testing.T) {
	inKorea(t)
	r := newRig(t, counted(), "dark", "ko")
	stats := someStats()
	stats.Numbers = append(stats.Numbers, providers.StatNumber{Key: "device.tv", Value: 12.5}) // no words for it
	c := openStats(r, answering(stats, nil))
	if !c.pane.shows() || !c.plot.Visible() || c.title.Text() != "저녁 수업 3강" {
		t.Fatalf("not shown: %q", c.title.Text())
	}
	var values []string
	for _, tile := range find[*status.Stat](c.tiles) {
		values = append(values, tile.Value())
	}
	if want := []string{"12,840", "3,127", "1,284", "01:24:07", "1,031시간", "12.5"}; !slices.Equal(values, want) {
		t.Errorf("the tiles say %q, want %q", values, want)
	}
	began := someStats().Broadcast.Started.Local()
	at := func(minutes int) string { return began.Add(time.Duration(minutes) * time.Minute).Format("15:04") }
	if c.first.Text() != at(0) || c.last.Text() != at(85) || c.peak.Text() != "최고 1,284명 · "+at(25) {
		t.Errorf("from %q to %q, %q", c.first.Text(), c.last.Text(), c.peak.Text())
	}
	if c.line.Len() != 18 {
		t.Errorf("%d steps, want those that nobody watched, too", c.line.Len())
	}
}

func TestStatisticsAreAbsentWhereThePlatformHasNone(t *testing.T) {
	r := newRig(t, chosen(), "dark", "ko")
	if c := openStats(r, answering(someStats(), nil)); c.card.Visible() || r.fake.times("statistics") != 0 {
		t.Errorf("seen %t, asked %d times", c.card.Visible(), r.fake.times("statistics"))
	}
}

func TestNoStatisticsYetAndAFailureAreSaidAndAskedAgain(t *testing.T) {
	r := newRig(t, counted(), "dark", "ko")
	c := openStats(r, answering(providers.Stats{Step: 5 * time.Minute}, nil))
	if c.pane.shows() || c.pane.empty == nil || c.pane.then == nil {
		t.Fatal("nothing is said where there are none")
	}
	empty := c.pane.empty
	again := func(answer func(context.Context) (providers.Stats, error), do func()) {
		r.fake.stats = answer
		do()
		r.until("another answer", func() bool { return !c.asking.running() })
	}
	again(answering(providers.Stats{}, down), c.pane.then)
	if c.pane.shows() || c.pane.empty == empty {
		t.Fatal("the failure is not said")
	}
	again(answering(someStats(), nil), c.pane.then)
	if !c.pane.shows() {
		t.Fatal("asking again did not help")
	}
	again(answering(someStats(), nil), func() { r.press(c.reload) })
	if n := r.fake.times("statistics"); n != 4 || !c.pane.shows() || c.reload.Disabled() {
		t.Errorf("asked %d times", n)
	}
}

func TestStatisticsAreNotWaitedForOnceTheScreenIsLeft(t *testing.T) {
	r := newRig(t, counted(), "dark", "ko")
	cancelled := make(chan struct{})
	r.fake.stats = func(ctx context.Context) (providers.Stats, error) {
		<-ctx.Done()
		close(cancelled)
		return providers.Stats{}, ctx.Err()
	}
	withKey(r.fake)
	r.shell.open(screenBroadcast)
	r.render()
	c := r.screenShown().(*broadcast).stats
	if !c.asking.running() || c.pane.shows() {
		t.Fatal("nothing is asked")
	}
	r.shell.open(screenHome)
	select {
	case <-cancelled:
	case <-time.After(5 * time.Second):
		t.Fatal("the request goes on")
	}
	if c.asking.running() || c.asked {
		t.Error("an answer is still awaited")
	}
}

func TestOfAnotherChannelNothingOlderIsShown(t *testing.T) {
	r := newRig(t, counted(), "dark", "ko")
	c := openStats(r, answering(someStats(), nil))
	release := make(chan struct{})
	r.fake.stats = func(context.Context) (providers.Stats, error) {
		<-release
		return someStats(), nil
	}
	r.fake.set(func(s *state.State) {
		s.Accounts = slices.Clone(s.Accounts)
		s.Accounts[0].Channel = "lecture-2"
	})
	r.render()
	if c.pane.shows() || !c.asking.running() {
		t.Error("the numbers of another channel are still shown")
	}
	close(release)
	r.until("the numbers", c.pane.shows)
}

func TestStepsOfViewersAreBounded(t *testing.T) {
	now := fakeclock.New().Now()
	stats := providers.Stats{Step: 5 * time.Minute, Viewers: []providers.ViewerPoint{
		{At: now.AddDate(-3, 0, 0), Count: 9}, {At: now.Add(-24 * time.Hour), Count: 8}, {At: now.Add(-24*time.Hour + 5*time.Minute), Count: 7}, {At: now, Count: 1},
	}}
	steps, from := viewersByStep(stats)
	if len(steps) != viewerSteps || steps[0] != 7 || steps[viewerSteps-1] != 1 || !from.Equal(stats.Viewers[2].At) {
		t.Errorf("%d steps from %v", len(steps), from)
	}
	stats.Step = 0
	if steps, _ := viewersByStep(stats); steps != nil {
		t.Errorf("%d steps of no length", len(steps))
	}
}
