package records

import (
	"math"
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/widgets/paint"
)

// pastBroadcast is a session log in a few numbers.
type pastBroadcast struct {
	name            string
	title, category string
	began           time.Time
	lasted          time.Duration
	running         bool
	// viewers is the most at one moment; 0 where none are known.
	viewers int
	// bitrate is the mean in kilobits a second, dropped the last share of frames
	// lost to the network, in percent.
	bitrate, dropped float64
	bitrates         []float64
	// incidents counts reconnects, silent microphones and frozen pictures.
	incidents int
}

// summarise reads a log; entries is not empty.
func summarise(name string, entries []monitor.SessionEntry) pastBroadcast {
	first, last := entries[0], entries[len(entries)-1]
	p := pastBroadcast{name: name, began: first.Time, lasted: last.Time.Sub(first.Time), running: last.Stream != "off"}
	sum := 0.0
	for i, e := range entries {
		if e.Title != "" {
			p.title, p.category = e.Title, e.Category
		}
		p.viewers = max(p.viewers, e.Viewers)
		switch e.Event {
		case state.ChangeHealth:
			p.bitrates = append(p.bitrates, e.BitrateKbps)
			sum += e.BitrateKbps
			p.dropped = e.DroppedPercent
		case state.ChangeStream:
			if e.Stream == "reconnecting" {
				p.incidents++
			}
		case state.ChangeMic, state.ChangePicture:
			if startsIncident(entries, i) {
				p.incidents++
			}
		}
	}
	if n := len(p.bitrates); n > 0 {
		p.bitrate = sum / float64(n)
	}
	return p
}

// startsIncident reports whether an entry is the start of an incident: the log notes
// only that something changed, and starts and ends alternate.
func startsIncident(entries []monitor.SessionEntry, at int) bool {
	n := 0
	for _, e := range entries[:at] {
		if e.Event == entries[at].Event {
			n++
		}
	}
	return n%2 == 0
}

// describeEntry puts one entry of a log into words: a text, a detail and a tone.
func describeEntry(ui *kit.UI, entries []monitor.SessionEntry, at int) (text, detail string, tone paint.Tone) {
	e := entries[at]
	switch e.Event {
	case state.ChangeHealth:
		numbers := []string{kit.Thousands(int(math.Round(e.BitrateKbps))) + " kbps", ui.Text("past.dropped", kit.Arg("Percent", kit.Percent(e.DroppedPercent)))}
		if e.Viewers > 0 {
			numbers = append(numbers, ui.Count("viewers", e.Viewers))
		}
		return kit.JoinDots(numbers...), "", paint.ToneNeutral
	case state.ChangeStream:
		switch e.Stream {
		case "reconnecting":
			tone = paint.ToneWarn
		case "on":
			tone = paint.ToneGood
		}
		return ui.Words().Name("desktop.past.stream."+e.Stream, e.Stream), "", tone
	case state.ChangeOnAir:
		if e.OnAir {
			return ui.Text("past.onair"), e.Title, paint.ToneGood
		}
		return ui.Text("past.offair"), "", paint.ToneNeutral
	case state.ChangeDetails:
		return ui.Text("past.details"), kit.JoinDots(e.Title, e.Category), paint.ToneAccent
	case state.ChangeMic, state.ChangePicture:
		key := "past." + string(e.Event)
		if startsIncident(entries, at) {
			return ui.Text(key), "", paint.ToneWarn
		}
		return ui.Text(key + ".over"), "", paint.ToneNeutral
	}
	return ui.Words().Name("desktop.past."+string(e.Event), string(e.Event)), "", paint.ToneNeutral
}
