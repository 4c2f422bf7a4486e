package desktop

import (
	"context"
	"slices"

	"cuelight/app/state"
	"cuelight/widgets/status"
)

// precheck looks, quietly and ahead of time, at what could go wrong between
// pressing the button and being on air. It looks once for each time that
// everything stands ready, and when asked to.
type precheck struct {
	face   *face
	asking asking
	// ready is what it was made for: an account and channel at an OBS.
	ready string
	// asked: the user wants to know everything. Unasked, a microphone nobody
	// speaks into yet is no news.
	asked bool
}

func newPrecheck(f *face) *precheck { return &precheck{face: f, asking: asking{face: f}} }

// update begins a check when everything has come to stand ready.
func (p *precheck) update(s state.State) {
	ready := ""
	known := s.Broadcast.Known || len(s.Broadcast.Limits) == 0
	if s.OBS.Link == state.LinkUp && s.Account.SignedIn == state.SignedIn && known && !s.OBS.Stream.Running() && !channelMissing(s) {
		ready = s.Account.Name + "\x00" + channelOf(s) + "\x00" + s.OBS.Address
	}
	if p.ready == ready {
		return
	}
	p.ready, p.asked = ready, false
	p.asking.drop()
	if ready != "" {
		p.look()
	}
}

func (p *precheck) look() {
	f := p.face
	question(&p.asking, patienceCall, func(ctx context.Context) (struct{}, error) {
		f.engine.Preflight(ctx)
		return struct{}{}, nil
	}, func(struct{}, error) { f.render() })
}

// again is a check that the user asked for.
func (p *precheck) again() {
	p.asked = true
	p.look()
	p.face.render()
}

// saidElsewhere are checks that the checklist makes by itself, from what is
// known at any moment.
var saidElsewhere = []state.PreflightID{state.PreSignIn, state.PreOBS, state.PreService, state.PreDetails}

// watchedLater are checks that a running stream answers better by itself.
var watchedLater = []state.PreflightID{state.PreOutput, state.PreScene, state.PreMicrophone, state.PreElsewhere}

// rows are the checks that are not well, with their cure.
func (p *precheck) rows(s state.State) []status.CheckRow {
	f := p.face
	running := s.OBS.Stream.Running()
	if p.ready == "" && !running {
		return nil // made for something else
	}
	var rows []status.CheckRow
	for _, c := range s.Preflight {
		quiet := c.ID == state.PreMicrophone && c.Reason == "silent" && !p.asked && !s.Tasks[state.TaskStart].Running
		if c.OK() || quiet || slices.Contains(saidElsewhere, c.ID) || running && slices.Contains(watchedLater, c.ID) {
			continue
		}
		x := f.words.ExplainCheck(c)
		rows = append(rows, status.CheckRow{State: checkStates[c.State], Title: x.What, Detail: join(x.Why, x.Said, x.Do)})
	}
	if len(rows) > 0 && !running {
		last := &rows[len(rows)-1]
		last.Action, last.OnAction = f.say("precheck.again"), p.again
		if p.asking.running() {
			last.Action, last.OnAction = "", nil
		}
	}
	return rows
}
