package desktop

import (
	"cuelight/app/state"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// pointed notices that OBS, which pointed at the account, does so no more:
// somebody changed its settings or its profile. Whoever put the earlier
// settings back here meant it and is told nothing.
type pointed struct {
	face *face
	// at is what OBS was last seen to point at; empty means nothing to guard.
	at      string
	dismiss func()
}

func (p *pointed) update(s state.State) {
	at := s.Account.Name + "\x00" + channelOf(s)
	switch {
	case s.Tasks[state.TaskRestore].Running, p.at != "" && p.at != at:
		p.at = ""
		p.close()
	case s.OBS.Matches == state.MatchYes:
		p.at = at
		p.close()
	case s.OBS.Matches == state.MatchNo && p.at == at && !s.Tasks[state.TaskSetUp].Running && !s.Tasks[state.TaskStart].Running:
		p.at = ""
		p.tell(s)
	}
}

// tell offers to mend it, which OBS only allows while it does not stream.
func (p *pointed) tell(s state.State) {
	f := p.face
	toast := layer.Toast{Tone: paint.ToneWarn, Text: f.say("elsewhere", args("Place", orNone(s.OBS.Place())))}
	if !s.OBS.Stream.Running() {
		toast.Action, toast.OnAction = f.say("elsewhere.do"), f.setUp
	}
	p.dismiss = f.layer.Toast(toast)
}

// close takes the message back once it is true no more.
func (p *pointed) close() {
	if p.dismiss != nil {
		p.dismiss()
		p.dismiss = nil
	}
}
