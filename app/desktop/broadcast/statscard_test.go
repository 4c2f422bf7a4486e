package broadcast

import (
	"context"
	"slices"
	"testing"
	"time"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/status"
)

func inKorea(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("KST", 9*60*60)
	t.Cleanup(func() { time.Local = local })
}

// openStats shows the screen with an answer.
func openStats(r *kittest.Rig, answer func(context.Context) (providers.Stats, error)) *statsCard {
	r.Fake.StatsFunc = answer
	kittest.WithKey(r.Fake)
	b := show(r)
	r.Settle()
	return b.stats
}

func answering(stats providers.Stats, err error) func(context.Context) (providers.Stats, error) {
	return func(context.Context) (providers.Stats, error) { return stats, err }
}

func TestNumbersAndViewersOfTheChannelAreShown(t *testing.T) {
	inKorea(t)
	r := kittest.NewRig(t, kittest.Counted())
	stats := kittest.SomeStats()
	stats.Numbers = append(stats.Numbers, providers.StatNumber{Key: "device.tv", Value: 12.5}) // no words for it
	c := openStats(r, answering(stats, nil))
	if !c.pane.HasContent() || !c.plot.Visible() || c.title.Text() != "저녁 수업 3강" {
		t.Fatalf("not shown: %q", c.title.Text())
	}
	var values []string
	for _, tile := range kittest.Find[*status.Stat](c.tiles) {
		values = append(values, tile.Value())
	}
	if want := []string{"12,840", "3,127", "1,284", "01:24:07", "1,031시간", "12.5"}; !slices.Equal(values, want) {
		t.Errorf("the tiles say %q, want %q", values, want)
	}
	began := kittest.SomeStats().Broadcast.Started.Local()
	at := func(minutes int) string { return began.Add(time.Duration(minutes) * time.Minute).Format("15:04") }
	if c.first.Text() != at(0) || c.last.Text() != at(85) || c.peak.Text() != "최고 1,284명 · "+at(25) {
		t.Errorf("from %q to %q, %q", c.first.Text(), c.last.Text(), c.peak.Text())
	}
	if c.line.Len() != 18 {
		t.Errorf("%d steps, want those that nobody watched, too", c.line.Len())
	}
}

func TestStatisticsAreAbsentWhereThePlatformHasNone(t *testing.T) {
	r := kittest.NewRig(t, kittest.WithChannel())
	if c := openStats(r, answering(kittest.SomeStats(), nil)); c.card.Visible() || r.Fake.Times("statistics") != 0 {
		t.Errorf("seen %t, asked %d times", c.card.Visible(), r.Fake.Times("statistics"))
	}
}

func TestNoStatisticsYetAndAFailureAreSaidAndAskedAgain(t *testing.T) {
	r := kittest.NewRig(t, kittest.Counted())
	c := openStats(r, answering(providers.Stats{Step: 5 * time.Minute}, nil))
	if c.pane.HasContent() || !c.pane.IsEmpty() {
		t.Fatal("nothing is said where there are none")
	}
	tapPane := func() { r.Press(kittest.Find[*control.Button](c.pane.Object)[0]) }
	empty := kittest.Find[*status.EmptyState](c.pane.Object)[0]
	again := func(answer func(context.Context) (providers.Stats, error), do func()) {
		r.Fake.StatsFunc = answer
		do()
		r.Until("another answer", func() bool { return !c.request.Running() })
	}
	again(answering(providers.Stats{}, kittest.Down()), tapPane)
	if c.pane.HasContent() || kittest.Find[*status.EmptyState](c.pane.Object)[0] == empty {
		t.Fatal("the failure is not said")
	}
	again(answering(kittest.SomeStats(), nil), tapPane)
	if !c.pane.HasContent() {
		t.Fatal("asking again did not help")
	}
	again(answering(kittest.SomeStats(), nil), func() { r.Press(c.reload) })
	if n := r.Fake.Times("statistics"); n != 4 || !c.pane.HasContent() || c.reload.Disabled() {
		t.Errorf("asked %d times", n)
	}
}

func TestStatisticsAreNotWaitedForOnceTheScreenIsLeft(t *testing.T) {
	r := kittest.NewRig(t, kittest.Counted())
	cancelled := make(chan struct{})
	r.Fake.StatsFunc = func(ctx context.Context) (providers.Stats, error) {
		<-ctx.Done()
		close(cancelled)
		return providers.Stats{}, ctx.Err()
	}
	kittest.WithKey(r.Fake)
	c := show(r).stats
	if !c.request.Running() || c.pane.HasContent() {
		t.Fatal("nothing is asked")
	}
	r.Leave()
	select {
	case <-cancelled:
	case <-time.After(5 * time.Second):
		t.Fatal("the request goes on")
	}
	if c.request.Running() || c.asked {
		t.Error("an answer is still awaited")
	}
}

func TestOfAnotherChannelNothingOlderIsShown(t *testing.T) {
	r := kittest.NewRig(t, kittest.Counted())
	c := openStats(r, answering(kittest.SomeStats(), nil))
	release := make(chan struct{})
	r.Fake.StatsFunc = func(context.Context) (providers.Stats, error) {
		<-release
		return kittest.SomeStats(), nil
	}
	r.Fake.Set(func(s *state.State) {
		s.Accounts = slices.Clone(s.Accounts)
		s.Accounts[0].Channel = "lecture-2"
	})
	r.Render()
	if c.pane.HasContent() || !c.request.Running() {
		t.Error("the numbers of another channel are still shown")
	}
	close(release)
	r.Until("the numbers", c.pane.HasContent)
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
