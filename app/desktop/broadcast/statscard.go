package broadcast

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// statsCard is what the platform counted: the numbers of the channel's latest
// broadcast as tiles, and how many watched as a line over the time of day.
type statsCard struct {
	ui     *kit.UI
	engine Engine
	// resized is called when the card may have another height.
	resized func()
	card    *surface.Card
	pane    *kit.Pane
	request kit.LatestRequest
	asked   bool
	// channel is the account and channel that the numbers are of.
	channel [2]string

	title, when       *label.Line
	reload            *control.Button
	tiles, plot       *fyne.Container
	step              *label.Line
	line              *status.Sparkline
	first, peak, last *label.Line
}

const (
	// statTiles is how many numbers are shown at most.
	statTiles = 24
	// viewerSteps is how many steps the line has at most: a day of five minutes
	// each.
	viewerSteps = 288
)

func newStatsCard(ui *kit.UI, engine Engine, resized func()) *statsCard {
	c := &statsCard{ui: ui, engine: engine, resized: resized, request: kit.NewRequest(ui)}
	c.title, c.when = label.NewFillingLine("", label.Style{Bold: true}), label.NewFillingLine("", label.Caption())
	c.reload = control.NewIconButton(look.IconRefresh.Resource(), ui.Text("discover.again"), c.load)
	c.tiles = container.New(layouts.NewColumnsUpTo(3, 10, 120))
	c.line = status.NewSparkline(2, paint.ToneAccent)
	c.step = label.NewFillingLine("", label.Caption())
	c.first, c.peak, c.last = label.NewLine("", label.Caption()), label.NewLine("", label.Caption()), label.NewLine("", label.Caption())
	space := label.NewFillingLine("", label.Caption())
	c.plot = kit.Column(4, kit.Row(kit.GapSmall, kit.Stretch(c.step), c.step, c.peak), c.line, kit.Row(0, kit.Stretch(space), c.first, space, c.last))
	texts := kit.Column(2, c.title, c.when)
	content := kit.Column(12, kit.Row(kit.GapSmall, kit.Stretch(texts), texts, c.reload), c.tiles, c.plot)
	c.pane = kit.NewPane(ui, content, kit.NewFieldSkeleton(24, 68, 56), false)
	c.card = surface.NewCard(ui.Text("stats"), "", c.pane.Object)
	c.card.Hide()
	return c
}

// update reports whether the card came or went.
func (c *statsCard) update(s state.State) bool {
	if channel := [2]string{s.Account.Name, kit.Channel(s)}; c.channel != channel {
		c.leave()
		c.channel = channel
		c.pane.ShowLoading()
	}
	hidden := !s.Account.Has.Statistics || kit.ChannelMissing(s) || s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn
	changed := c.card.Hidden != hidden
	c.card.Hidden = hidden
	if hidden {
		c.leave()
	} else if !c.asked && s.Account.SignedIn == state.SignedIn {
		c.load()
	}
	return changed
}

// load asks for the numbers. Those there are stay until others come.
func (c *statsCard) load() {
	if c.card.Hidden {
		return
	}
	c.asked = true
	if !c.pane.HasContent() {
		c.pane.ShowLoading()
	}
	c.reload.Disable()
	kit.Send(&c.request, kit.CallTimeout, func(ctx context.Context) (providers.Stats, error) {
		return c.engine.Statistics(ctx)
	}, func(stats providers.Stats, err error) {
		c.reload.Enable()
		if err != nil {
			c.pane.ShowError(err, c.load)
		} else {
			c.show(stats)
		}
		c.resized()
	})
}

// leave gives up the request; what is shown is asked for again next time.
func (c *statsCard) leave() {
	c.request.Cancel()
	kit.Enable(c.reload, true)
	c.asked = false
}

func (c *statsCard) show(stats providers.Stats) {
	ui := c.ui
	steps, from := viewersByStep(stats)
	if len(stats.Numbers) == 0 && len(steps) == 0 {
		c.pane.ShowEmpty(look.IconBroadcast, ui.Text("stats.none"), ui.Text("stats.none.more"), ui.Text("discover.again"), c.load)
		return
	}
	c.describe(stats)
	c.tiles.Objects = nil
	for _, n := range stats.Numbers[:min(len(stats.Numbers), statTiles)] {
		c.tiles.Add(status.NewStat(c.statistic(n), ui.Words().Name("stat."+n.Key, n.Key)))
	}
	c.tiles.Hidden, c.plot.Hidden = len(stats.Numbers) == 0, len(steps) == 0
	if len(steps) > 0 {
		c.draw(steps, from, stats.Step)
	}
	c.pane.ShowContent()
}

// describe says which broadcast the numbers are of.
func (c *statsCard) describe(stats providers.Stats) {
	ui, b := c.ui, stats.Broadcast
	title, parts := "", []string{}
	if b.Key != "" {
		title = kit.Either(b.Title != "", b.Title, ui.Text("records.untitled"))
	}
	if b.OnAir {
		parts = append(parts, ui.Text("air.on"))
	}
	if !b.Started.IsZero() {
		parts = append(parts, ui.Moment(b.Started))
	}
	c.title.SetText(title)
	c.when.SetText(kit.JoinDots(parts...))
}

// draw shows how many watched, from a moment on.
func (c *statsCard) draw(steps []float64, from time.Time, step time.Duration) {
	ui, most := c.ui, 0
	for i, n := range steps {
		if n > steps[most] {
			most = i
		}
	}
	at := func(i int) string { return from.Add(time.Duration(i) * step).Local().Format("15:04") }
	c.line.Fit(steps)
	c.step.SetText(ui.Text("stats.viewers", kit.Arg("Minutes", int(step/time.Minute))))
	c.peak.SetText(kit.JoinDots(ui.Count("stats.peak", int(steps[most])), at(most)))
	c.first.SetText(at(0))
	c.last.SetText("")
	if len(steps) > 1 {
		c.last.SetText(at(len(steps) - 1))
	}
}

// viewersByStep gives how many watched in each step and when the first began.
// A step that the platform left out had nobody.
func viewersByStep(stats providers.Stats) (steps []float64, from time.Time) {
	points := stats.Viewers
	if stats.Step <= 0 || len(points) == 0 {
		return nil, time.Time{}
	}
	end := points[len(points)-1].At
	for points[0].At.Before(end.Add(-(viewerSteps - 1) * stats.Step)) {
		points = points[1:]
	}
	from = points[0].At
	at := func(t time.Time) int { return int(t.Sub(from).Round(stats.Step) / stats.Step) }
	steps = make([]float64, at(end)+1)
	for _, p := range points {
		i := at(p.At)
		steps[i] = max(steps[i], float64(p.Count))
	}
	return steps, from
}

// statistic writes a number of a summary: a length as a time, anything else in
// groups of three.
func (c *statsCard) statistic(n providers.StatNumber) string {
	switch {
	case strings.HasSuffix(n.Key, "_seconds") && n.Value >= 100*3600:
		return c.ui.Text("stats.hours", kit.Arg("Number", kit.Thousands(int(n.Value/3600))))
	case strings.HasSuffix(n.Key, "_seconds"):
		return kit.ClockTime(time.Duration(n.Value) * time.Second)
	case n.Value != math.Trunc(n.Value):
		return strconv.FormatFloat(n.Value, 'f', 1, 64)
	}
	return kit.Thousands(int(n.Value))
}
