package home

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/obs/streamhealth"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// health shows the quality of the stream: the last two minutes of its bitrate as a
// line, and four numbers. It is only there while OBS streams.
type health struct {
	ui      *kit.UI
	object  *fyne.Container
	line    *status.Sparkline
	bitrate *status.Stat
	dropped *status.Stat
	fps     *status.Stat
	cpu     *status.Stat
	// drawn is the sample that is shown, so that the same one is not drawn again.
	drawn state.HealthState
}

// healthPoints is how many samples the line has room for: one a second.
const healthPoints = 120

func newHealth(ui *kit.UI) *health {
	h := &health{ui: ui, line: status.NewSparkline(healthPoints, paint.ToneGood)}
	h.bitrate = status.NewStat(kit.Unknown, ui.Text("health.bitrate"))
	h.dropped = status.NewStat(kit.Unknown, ui.Text("health.dropped"))
	h.fps = status.NewStat(kit.Unknown, ui.Text("health.fps"))
	h.cpu = status.NewStat(kit.Unknown, ui.Text("health.cpu"))
	tiles := container.New(layouts.NewColumnsUpTo(4, 10, 112), h.bitrate, h.dropped, h.fps, h.cpu)
	h.object = kit.Column(14, h.line, tiles)
	h.object.Hide()
	return h
}

// update shows the newest sample; it reports whether the block came or went.
func (h *health) update(s state.State) bool {
	running := s.OBS.Stream.Running()
	changed := h.object.Visible() != running
	h.object.Hidden = !running
	if !running {
		h.drawn = state.HealthState{}
		return changed
	}
	if !changed && h.drawn.Known == s.Health.Known && h.drawn.Last.Time.Equal(s.Health.Last.Time) {
		return false
	}
	h.drawn = s.Health
	if !s.Health.Known {
		h.line.Clear()
		for _, tile := range []*status.Stat{h.bitrate, h.dropped, h.fps, h.cpu} {
			tile.Set(kit.Unknown, paint.ToneNeutral)
		}
		return changed
	}
	last, grades := s.Health.Last, s.Health.Last.Grades()
	h.line.SetTone(gradeTone(max(grades.Network, grades.Congestion), paint.ToneGood))
	h.line.Set(s.Health.Bitrates)
	h.bitrate.Set(kit.Thousands(int(math.Round(last.BitrateKbps))), gradeTone(grades.Congestion, paint.ToneNeutral))
	h.dropped.Set(kit.Percent(last.DroppedPercent), gradeTone(grades.Network, paint.ToneNeutral))
	h.fps.Set(fmt.Sprintf("%.1f", last.FPS), gradeTone(grades.FPS, paint.ToneNeutral))
	h.cpu.Set(fmt.Sprintf("%.0f%%", last.CPUPercent), paint.ToneNeutral)
	return changed
}

func gradeTone(g streamhealth.Grade, well paint.Tone) paint.Tone {
	switch g {
	case streamhealth.Bad:
		return paint.ToneBad
	case streamhealth.Warn:
		return paint.ToneWarn
	}
	return well
}

// healthRows are the warnings of a running stream, as lines that say what to
// look at: a colour or a number alone would not.
func healthRows(ui *kit.UI, s state.State) []status.CheckRow {
	if !s.Health.Known {
		return nil
	}
	var rows []status.CheckRow
	g := s.Health.Last.Grades()
	note := func(grade streamhealth.Grade, key string) {
		if grade == streamhealth.Good {
			return
		}
		state := status.CheckWarn
		if grade == streamhealth.Bad {
			state = status.CheckFailed
		}
		rows = append(rows, status.CheckRow{State: state, Title: ui.Text("health." + key), Detail: ui.Text("health." + key + ".do")})
	}
	note(g.Network, "network")
	if g.Network == streamhealth.Good {
		note(g.Congestion, "congestion")
	}
	note(g.Encoder, "encoder")
	note(g.Render, "render")
	if g.Encoder == streamhealth.Good && g.Render == streamhealth.Good {
		note(g.FPS, "slow")
	}
	if s.Health.Quiet > 0 {
		rows = append(rows, status.CheckRow{
			State: status.CheckWarn, Title: ui.Text("health.quiet", kit.Arg("Time", ui.Lasting(s.Health.Quiet))),
			Detail: ui.Text("health.quiet.do", kit.Arg("Name", s.Health.Microphone)),
		})
	}
	if s.Health.Frozen > 0 {
		rows = append(rows, status.CheckRow{
			State: status.CheckWarn, Title: ui.Text("health.frozen", kit.Arg("Time", ui.Lasting(s.Health.Frozen))), Detail: ui.Text("health.frozen.do"),
		})
	}
	return rows
}
