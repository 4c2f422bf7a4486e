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
	// troubles counts reconnects, silent microphones and frozen pictures.
	troubles int
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
				p.troubles++
			}
		case state.ChangeMic, state.ChangePicture:
			if begins(entries, i) {
				p.troubles++
			}
		}
	}
	if n := len(p.bitrates); n > 0 {
		p.bitrate = sum / float64(n)
	}
	return p
}

// begins tells whether an entry begins a trouble: the log notes only that
// something changed, and such troubles begin and end in turn.
func begins(entries []monitor.SessionEntry, at int) bool {
	n := 0
	for _, e := range entries[:at] {
		if e.Event == entries[at].Event {
			n++
		}
	}
	return n%2 == 0
}

// describeEntry puts one entry of a log into words: what, what about it, and what
// it means.
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
		if begins(entries, at) {
			return ui.Text(key), "", paint.ToneWarn
		}
		return ui.Text(key + ".over"), "", paint.ToneNeutral
	}
	return ui.Words().Name("desktop.past."+string(e.Event), string(e.Event)), "", paint.ToneNeutral
}
