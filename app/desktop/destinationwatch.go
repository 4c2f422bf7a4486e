package desktop

import (
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// destinationWatch notices that OBS, which sent to the account, does so no more:
// somebody changed its settings or its profile. Whoever put the earlier
// settings back here meant it and is told nothing.
type destinationWatch struct {
	ui *kit.UI
	// guarded is the account and channel that OBS was last seen to send to; empty
	// means nothing to guard.
	guarded string
	dismiss func()
}

func (d *destinationWatch) update(s state.State) {
	at := s.Account.Name + "\x00" + kit.Channel(s)
	switch {
	case s.Tasks[state.TaskRestore].Running, d.guarded != "" && d.guarded != at:
		d.guarded = ""
		d.withdraw()
	case s.OBS.Matches == state.MatchYes:
		d.guarded = at
		d.withdraw()
	case s.OBS.Matches == state.MatchNo && d.guarded == at && !s.Tasks[state.TaskSetUp].Running && !s.Tasks[state.TaskStart].Running:
		d.guarded = ""
		d.warn(s)
	}
}

// warn offers to set OBS up again, which OBS only allows while it does not stream.
func (d *destinationWatch) warn(s state.State) {
	toast := layer.Toast{Tone: paint.ToneWarn, Text: d.ui.Text("elsewhere", kit.Arg("Place", s.OBS.Place()))}
	if !s.OBS.Stream.Running() {
		toast.Action, toast.OnAction = d.ui.Text("elsewhere.do"), d.ui.Actions.SetUp
	}
	d.dismiss = d.ui.Toast(toast)
}

// withdraw takes the warning back once it is true no more.
func (d *destinationWatch) withdraw() {
	if d.dismiss != nil {
		d.dismiss()
		d.dismiss = nil
	}
}
