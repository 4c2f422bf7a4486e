package records

import (
	"context"
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/status"
)

// pastDetail is one broadcast that is over: its numbers, its bitrate as a
// line, and what happened, in the order of time.
type pastDetail struct {
	ui      *kit.UI
	engine  Engine
	object  fyne.CanvasObject
	title   *label.Line
	when    *label.Line
	lasted  *status.Stat
	viewers *status.Stat
	bitrate *status.Stat
	dropped *status.Stat
	line    *status.Sparkline
	list    *rowlist.List
	pane    *kit.Pane
	numbers *control.Switch
	again   *control.Button
	past    pastBroadcast
	entries []monitor.SessionEntry
	// shown are the entries in the list: the numbers of every minute only where
	// they are asked for.
	shown   []int
	request kit.LatestRequest
}

// pastPoints is how many minutes the line has room for; of longer broadcasts
// each point is the mean of several.
const pastPoints = 180

func newPastDetail(ui *kit.UI, engine Engine) *pastDetail {
	d := &pastDetail{ui: ui, engine: engine, request: kit.NewRequest(ui)}
	d.title, d.when = label.NewFillingLine("", label.Title()), label.NewFillingLine("", label.Caption())
	d.lasted = status.NewStat(kit.Unknown, ui.Text("past.lasted"))
	d.viewers = status.NewStat(kit.Unknown, ui.Text("past.viewers"))
	d.bitrate = status.NewStat(kit.Unknown, ui.Text("past.bitrate"))
	d.dropped = status.NewStat(kit.Unknown, ui.Text("health.dropped"))
	d.line = status.NewSparkline(2, paint.ToneAccent)
	d.list = rowlist.New(func() int { return len(d.shown) }, d.row)
	d.numbers = control.NewSwitch(ui.Text("past.numbers"), "", func(bool) { d.applyFilter() })
	d.again = control.NewButton(ui.Text("past.again"), nil, control.Plain, d.useAgain)
	d.pane = kit.NewPane(ui, d.list, status.NewSkeleton(6, fyne.Size{}), true)
	tiles := container.New(layouts.NewColumnsUpTo(4, 10, 110), d.lasted, d.viewers, d.bitrate, d.dropped)
	texts := kit.Column(2, d.title, d.when)
	upper := kit.Column(12, kit.Row(12, kit.Stretch(texts), texts, d.again), tiles, d.line, d.numbers)
	d.object = kit.Arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		// The line is left out where the list would have no room beside it.
		d.line.Hidden = s.Height < 420
		h := kit.FitHeight(objects[0], s.Width)
		objects[0].Move(fyne.NewPos(0, 0))
		kit.Place(objects[1], 0, h+12, s.Width, max(0, s.Height-h-12))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, upper, d.pane.Object)
	return d
}

// show reads the log of a broadcast.
func (d *pastDetail) show(p pastBroadcast) {
	d.fill(p)
	d.entries, d.shown = nil, nil
	d.pane.ShowLoading()
	kit.Send(&d.request, kit.QuickTimeout, func(context.Context) ([]monitor.SessionEntry, error) {
		return d.engine.Session(p.name)
	}, func(entries []monitor.SessionEntry, err error) {
		if err != nil {
			d.pane.ShowError(err, func() { d.show(p) })
			return
		}
		d.entries = entries
		d.applyFilter()
		d.pane.ShowContent()
		d.list.Top()
	})
}

// applyFilter chooses what of the log is listed.
func (d *pastDetail) applyFilter() {
	d.shown = d.shown[:0]
	for i, e := range d.entries {
		if e.Event != state.ChangeHealth || d.numbers.On() {
			d.shown = append(d.shown, i)
		}
	}
	d.list.Reload()
}

// useAgain puts the broadcast's title and category into the form, and goes there.
func (d *pastDetail) useAgain() {
	ui, p := d.ui, d.past
	ui.Run(kit.CallTimeout, func(ctx context.Context) error { return d.engine.DraftAgain(ctx, p.title, p.category) }, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		ui.Actions.Open(kit.ScreenHome)
		ui.ShowSuccess(ui.Text("recent.filled"))
	})
}

func (d *pastDetail) fill(p pastBroadcast) {
	ui := d.ui
	d.past = p
	kit.Enable(d.again, p.title != "" && ui.State().Account.Has.Edit)
	title := p.title
	if title == "" {
		title = ui.Text("records.untitled")
	}
	d.title.SetText(title)
	d.when.SetText(kit.JoinDots(ui.Moment(p.began), p.category))
	d.lasted.Set(kit.ClockTime(p.lasted), paint.ToneNeutral)
	viewers, bitrate, dropped := kit.Unknown, kit.Unknown, kit.Unknown
	if p.viewers > 0 {
		viewers = kit.Thousands(p.viewers)
	}
	if len(p.bitrates) > 0 {
		bitrate, dropped = kit.Thousands(int(math.Round(p.bitrate))), kit.Percent(p.dropped)
	}
	d.viewers.Set(viewers, paint.ToneNeutral)
	d.bitrate.Set(bitrate, paint.ToneNeutral)
	d.dropped.Set(dropped, paint.ToneNeutral)
	d.line.Fit(downsample(p.bitrates, pastPoints))
}

// downsample gives the means of equal stretches, so that a long history fits.
func downsample(values []float64, most int) []float64 {
	per := (len(values) + most - 1) / most
	if per <= 1 {
		return values
	}
	var out []float64
	for i := 0; i < len(values); i += per {
		sum, stretch := 0.0, values[i:min(i+per, len(values))]
		for _, v := range stretch {
			sum += v
		}
		out = append(out, sum/float64(len(stretch)))
	}
	return out
}

func (d *pastDetail) row(i int) rowlist.Row {
	i = d.shown[i]
	text, detail, tone := describeEntry(d.ui, d.entries, i)
	data := rowlist.Row{
		ID: fmt.Sprint(i), Title: text, Caption: detail, Note: d.entries[i].Time.Local().Format("15:04:05"),
	}
	if tone == paint.ToneWarn {
		data.Badges = []rowlist.Badge{{Icon: look.IconWarn.Resource(), Tone: tone, Tooltip: d.ui.Text("past.warned")}}
	}
	return data
}
