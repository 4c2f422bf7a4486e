package task

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
)

// ErrBusy: the same task is running already.
var ErrBusy = errors.New("already under way")

// Progress is told of each step of a task as it changes. It may be nil.
type Progress func(state.Step)

// Runner owns which use cases are under way: each runs once at a time, with its
// checklist in the State.
type Runner struct {
	Emit func(...state.Event)
	Now  func() time.Time
	Log  *slog.Logger
	// Connect is the step of every task that needs OBS; it gives the version of
	// OBS beside the connection.
	Connect func(context.Context) (*obs.Client, string, error)
	// Done is told of a task that succeeded and may have changed something that
	// other Cuelights show.
	Done func()

	// mu guards running.
	mu      sync.Mutex
	running map[state.Task]bool
}

// Steps drives the checklist of one running task.
type Steps struct {
	tasks *Runner
	task  state.Task
	tell  Progress
}

// Run does a task once at a time, keeping its checklist in the State. The
// steps named are shown as pending from the beginning.
func (t *Runner) Run(ctx context.Context, task state.Task, tell Progress, ids []state.StepID, do func(context.Context, *Steps) error) error {
	if !t.begin(task) {
		return fmt.Errorf("%s: %w", task, ErrBusy)
	}
	t.Emit(state.TaskBegan{Task: task, Steps: ids, At: t.Now()})
	err := do(ctx, &Steps{tasks: t, task: task, tell: tell})
	t.end(task)
	t.Emit(state.TaskEnded{Task: task, Err: err, At: t.Now()})
	if err != nil {
		t.Log.Warn("task failed", "task", task, "err", err)
		return err
	}
	t.Log.Info("task done", "task", task)
	if task != state.TaskRefresh {
		t.Done()
	}
	return nil
}

func (t *Runner) begin(task state.Task) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running[task] {
		return false
	}
	if t.running == nil {
		t.running = make(map[state.Task]bool)
	}
	t.running[task] = true
	return true
}

func (t *Runner) end(task state.Task) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.running, task)
}

// Busy reports whether a task is under way that is not just a question.
func (t *Runner) Busy() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for task := range t.running {
		if task != state.TaskRefresh {
			return true
		}
	}
	return false
}

// Do runs one step: it is shown as running, then as done with the fact that fn
// gives, or as failed.
func (s *Steps) Do(id state.StepID, fn func() (detail string, err error)) error {
	s.Put(state.Step{ID: id, State: state.StepRunning})
	detail, err := fn()
	if err != nil {
		s.Put(state.Step{ID: id, State: state.StepFailed, Detail: detail, Err: err})
		return err
	}
	s.Put(state.Step{ID: id, State: state.StepDone, Detail: detail})
	return nil
}

// Connect is the step of every task that needs OBS.
func (s *Steps) Connect(ctx context.Context) (client *obs.Client, err error) {
	err = s.Do(state.StepOBS, func() (version string, err error) {
		client, version, err = s.tasks.Connect(ctx)
		return version, err
	})
	return client, err
}

// Put shows a step as it is.
func (s *Steps) Put(step state.Step) {
	s.tasks.Emit(state.StepChanged{Task: s.task, Step: step})
	if s.tell != nil {
		s.tell(step)
	}
}
