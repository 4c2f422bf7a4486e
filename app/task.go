package app

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

// tasks owns which use cases are under way: each runs once at a time, with its
// checklist in the State.
type tasks struct {
	emit func(...state.Event)
	now  func() time.Time
	log  *slog.Logger
	// connect is the step of every task that needs OBS; it gives the version of
	// OBS beside the connection.
	connect func(context.Context) (*obs.Client, string, error)
	// done is told of a task that succeeded and may have changed something that
	// other Cuelights show.
	done func()

	// mu guards running.
	mu      sync.Mutex
	running map[state.Task]bool
}

// steps drives the checklist of one running task.
type steps struct {
	tasks *tasks
	task  state.Task
	tell  Progress
}

// run does a task once at a time, keeping its checklist in the State. The
// steps named are shown as pending from the beginning.
func (t *tasks) run(ctx context.Context, task state.Task, tell Progress, ids []state.StepID, do func(context.Context, *steps) error) error {
	if !t.begin(task) {
		return fmt.Errorf("%s: %w", task, ErrBusy)
	}
	t.emit(state.TaskBegan{Task: task, Steps: ids, At: t.now()})
	err := do(ctx, &steps{tasks: t, task: task, tell: tell})
	t.end(task)
	t.emit(state.TaskEnded{Task: task, Err: err, At: t.now()})
	if err != nil {
		t.log.Warn("task failed", "task", task, "err", err)
		return err
	}
	t.log.Info("task done", "task", task)
	if task != state.TaskRefresh {
		t.done()
	}
	return nil
}

func (t *tasks) begin(task state.Task) bool {
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

func (t *tasks) end(task state.Task) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.running, task)
}

// busy reports whether a task is under way that is not just a question.
func (t *tasks) busy() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for task := range t.running {
		if task != state.TaskRefresh {
			return true
		}
	}
	return false
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
	err = s.do(state.StepOBS, func() (version string, err error) {
		client, version, err = s.tasks.connect(ctx)
		return version, err
	})
	return client, err
}

// put shows a step as it is.
func (s *steps) put(step state.Step) {
	s.tasks.emit(state.StepChanged{Task: s.task, Step: step})
	if s.tell != nil {
		s.tell(step)
	}
}
