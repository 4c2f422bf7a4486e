package app

import (
	"context"
	"errors"
	"fmt"

	"cuelight/app/state"
	"cuelight/obs"
)

// ErrBusy: the same task is running already.
var ErrBusy = errors.New("already under way")

// Progress is told of each step of a task as it changes. It may be nil.
type Progress func(state.Step)

// steps drives the checklist of one running task.
type steps struct {
	engine *Engine
	task   state.Task
	tell   Progress
}

// run does a task once at a time, keeping its checklist in the State. The
// steps named are shown as pending from the beginning.
func (e *Engine) run(ctx context.Context, task state.Task, tell Progress, ids []state.StepID, do func(context.Context, *steps) error) error {
	e.mu.Lock()
	if e.running[task] {
		e.mu.Unlock()
		return fmt.Errorf("%s: %w", task, ErrBusy)
	}
	e.running[task] = true
	e.mu.Unlock()

	e.emit(state.TaskBegan{Task: task, Steps: ids, At: e.now()})
	err := do(ctx, &steps{engine: e, task: task, tell: tell})
	e.mu.Lock()
	delete(e.running, task)
	e.mu.Unlock()
	e.emit(state.TaskEnded{Task: task, Err: err, At: e.now()})
	if err != nil {
		e.log.Warn("task failed", "task", task, "err", err)
	} else {
		e.log.Info("task done", "task", task)
		if task != state.TaskRefresh {
			e.tellOthers()
		}
	}
	return err
}

// do runs one step: it is shown as running, then as done with the fact that fn
// gives, or as failed.
func (s *steps) do(id state.StepID, fn func() (detail string, err error)) error {
	s.put(state.Step{ID: id, State: state.StepRunning})
	detail, err := fn()
	if err != nil {
		s.put(state.Step{ID: id, State: state.StepFailed, Detail: detail, Err: err})
		return err
	}
	s.put(state.Step{ID: id, State: state.StepDone, Detail: detail})
	return nil
}

// connect is the step of every task that needs OBS.
func (s *steps) connect(ctx context.Context) (client *obs.Client, err error) {
	err = s.do(state.StepOBS, func() (_ string, err error) {
		client, err = s.engine.obs.get(ctx)
		return s.engine.State().OBS.Version, err
	})
	return client, err
}

// put shows a step as it is.
func (s *steps) put(step state.Step) {
	s.engine.emit(state.StepChanged{Task: s.task, Step: step})
	if s.tell != nil {
		s.tell(step)
	}
}
