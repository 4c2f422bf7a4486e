package home

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/status"
)

// precheck runs the checks before going live ahead of time: once whenever everything
// has become ready, and when the user asks for it.
type precheck struct {
	ui      *kit.UI
	engine  Engine
	request kit.LatestRequest
	// target is what it was made for: an account and channel at an OBS.
	target string
	// requested: the user asked for it and wants to know everything. Otherwise a
	// microphone that nobody speaks into yet is left out.
	requested bool
}

func newPrecheck(ui *kit.UI, engine Engine) *precheck {
	return &precheck{ui: ui, engine: engine, request: kit.NewRequest(ui)}
}

// update begins a check when everything has come to stand ready.
func (p *precheck) update(s state.State) {
	target := ""
	known := s.Broadcast.Known || len(s.Broadcast.Limits) == 0
	if s.OBS.Link == state.LinkUp && s.Account.SignedIn == state.SignedIn && known && !s.OBS.Stream.Running() && !kit.ChannelMissing(s) {
		target = s.Account.Name + "\x00" + kit.Channel(s) + "\x00" + s.OBS.Address
	}
	if p.target == target {
		return
	}
	p.target, p.requested = target, false
	p.request.Cancel()
	if target != "" {
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
	p.requested = true
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
	if p.target == "" && !running {
		return nil // made for something else
	}
	var rows []status.CheckRow
	for _, c := range s.Preflight {
		unspoken := c.ID == state.PreMicrophone && c.Reason == "silent" && !p.requested && !s.Tasks[state.TaskStart].Running
		if c.OK() || unspoken || saidByChecklist(c.ID) || running && saidByStream(c.ID) {
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
