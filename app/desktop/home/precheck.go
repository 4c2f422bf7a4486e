package home

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/status"
)

// precheck looks, quietly and ahead of time, at what could go wrong between
// pressing the button and being on air. It looks once for each time that
// everything stands ready, and when asked to.
type precheck struct {
	ui      *kit.UI
	engine  Engine
	request kit.LatestRequest
	// ready is what it was made for: an account and channel at an OBS.
	ready string
	// asked: the user wants to know everything. Unasked, a microphone nobody
	// speaks into yet is no news.
	asked bool
}

func newPrecheck(ui *kit.UI, engine Engine) *precheck {
	return &precheck{ui: ui, engine: engine, request: kit.NewRequest(ui)}
}

// update begins a check when everything has come to stand ready.
func (p *precheck) update(s state.State) {
	ready := ""
	known := s.Broadcast.Known || len(s.Broadcast.Limits) == 0
	if s.OBS.Link == state.LinkUp && s.Account.SignedIn == state.SignedIn && known && !s.OBS.Stream.Running() && !kit.ChannelMissing(s) {
		ready = s.Account.Name + "\x00" + kit.Channel(s) + "\x00" + s.OBS.Address
	}
	if p.ready == ready {
		return
	}
	p.ready, p.asked = ready, false
	p.request.Cancel()
	if ready != "" {
		p.run()
	}
}

func (p *precheck) run() {
	ui := p.ui
	kit.Send(&p.request, kit.CallTimeout, func(ctx context.Context) (struct{}, error) {
		p.engine.Preflight(ctx)
		return struct{}{}, nil
	}, func(struct{}, error) { ui.Render() })
}

// rerun is a check that the user asked for.
func (p *precheck) rerun() {
	p.asked = true
	p.run()
	p.ui.Render()
}

// saidByChecklist reports whether the checklist makes a check by itself, from what is
// known at any moment.
func saidByChecklist(id state.PreflightID) bool {
	switch id {
	case state.PreSignIn, state.PreOBS, state.PreService, state.PreDetails:
		return true
	}
	return false
}

// saidByStream reports whether a running stream answers a check better by itself.
func saidByStream(id state.PreflightID) bool {
	switch id {
	case state.PreOutput, state.PreScene, state.PreMicrophone, state.PreElsewhere:
		return true
	}
	return false
}

// rows are the checks that are not well, with their cure.
func (p *precheck) rows(s state.State) []status.CheckRow {
	ui := p.ui
	running := s.OBS.Stream.Running()
	if p.ready == "" && !running {
		return nil // made for something else
	}
	var rows []status.CheckRow
	for _, c := range s.Preflight {
		quiet := c.ID == state.PreMicrophone && c.Reason == "silent" && !p.asked && !s.Tasks[state.TaskStart].Running
		if c.OK() || quiet || saidByChecklist(c.ID) || running && saidByStream(c.ID) {
			continue
		}
		rows = append(rows, preflightRow(ui, c))
	}
	if len(rows) > 0 && !running {
		last := &rows[len(rows)-1]
		last.Action, last.OnAction = ui.Text("precheck.again"), p.rerun
		if p.request.Running() {
			last.Action, last.OnAction = "", nil
		}
	}
	return rows
}
