package rule

import (
	"context"
	"slices"
	"strings"
	"time"

	"cuelight/app/state"
)

// programsEvery is how often the program in front is looked for, while a rule
// waits for one.
const programsEvery = time.Second

// Programs tells which program is in front.
type Programs interface {
	// Front gives the names of the program in front: that of its executable file,
	// and others it is known by. There is none while nobody's window is.
	Front() ([]string, error)
	Close()
}

// watchPrograms tells of each program that comes to the front, while a rule waits
// for one. What is in front at the beginning has not come there.
func (r *Runner) watchPrograms(ctx context.Context) {
	tick := time.NewTicker(programsEvery)
	defer tick.Stop()
	var w programWatch
	defer w.close()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !waitsForProgram(r.opt.State().Rules.RuleSet) {
			w.close()
			w = programWatch{}
			continue
		}
		if err := w.look(r.opt.OpenPrograms, r.Happened); err != nil {
			r.opt.Notice(NoticePrograms, "", err)
		}
	}
}

func waitsForProgram(set state.RuleSet) bool {
	return set.On && slices.ContainsFunc(set.Rules, func(r state.Rule) bool { return r.On && r.Program != "" })
}

// programWatch is what is known while a rule waits for a program.
type programWatch struct {
	open Programs
	// given up: it cannot be had here, which was told.
	givenUp bool
	seen    bool
	last    string
}

// look tells of a program that has come to the front. Its error comes once: that
// this cannot be found out here.
func (w *programWatch) look(open func() (Programs, error), happened func(state.Trigger)) (err error) {
	if w.givenUp {
		return nil
	}
	if w.open == nil {
		if w.open, err = open(); err != nil {
			w.open, w.givenUp = nil, true
			return err
		}
	}
	names, err := w.open.Front()
	if err != nil { // the next attempt begins anew: a display may have gone away
		w.close()
		return nil
	}
	front := strings.Join(names, "\n")
	if w.seen && front != w.last && front != "" {
		happened(state.Trigger{Program: front})
	}
	w.seen, w.last = true, front
	return nil
}

func (w *programWatch) close() {
	if w.open != nil {
		w.open.Close()
		w.open = nil
	}
}
