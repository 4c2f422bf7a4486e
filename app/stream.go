package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/obs"
	"cuelight/providers"
)

// onAirTimeout is how long the platform may take to see the broadcast after
// OBS has begun to send, and how often it is asked meanwhile.
const (
	onAirTimeout = 30 * time.Second
	onAirPause   = 2 * time.Second
)

// ErrOnAirUnconfirmed: OBS sends, but the platform has not said that it is on
// air.
var ErrOnAirUnconfirmed = errors.New("the platform has not confirmed the broadcast")

// GoLive is how to go live.
type GoLive struct {
	// Anyway goes on although checks stand in the way.
	Anyway bool
	// Checked: the checks were made and shown just now; they are not repeated.
	Checked bool
	// Ask lets warnings that were not accepted for good end it with a
	// *state.WarnedError before anything is done.
	Ask bool
}

// Start goes live: it makes the checks, points OBS at the account where it is
// not, starts the stream and waits until it runs, then until the platform sees
// it. Warnings are shown and gone on with, unless they are to be asked about; a check
// that stands in the way is a *PreflightError. OBS sending and the platform being on air are two things:
// when only the second is missing, the error is ErrOnAirUnconfirmed and the
// stream goes on.
func (st *Stream) Start(ctx context.Context, how GoLive, tell task.Progress) error {
	ids := []state.StepID{state.StepCheck, state.StepIngest, state.StepOBS, state.StepVerify, state.StepStart, state.StepOnAir}
	return st.tasks.Run(ctx, state.TaskStart, tell, ids, func(ctx context.Context, s *task.Steps) error {
		if err := st.checkFirst(ctx, how, s); err != nil {
			return err
		}
		if _, err := st.setUp(ctx, s); err != nil {
			return err
		}
		client, err := st.obs.Client(ctx)
		if err != nil {
			return err
		}
		err = s.Do(state.StepStart, func() (string, error) {
			st.emit(state.StreamChanged{Stream: state.StreamStarting})
			err := client.StartStream(ctx)
			if errors.Is(err, obs.ErrStreaming) {
				return "", nil // it runs already, with our key: setUp has seen to that
			}
			return "", err
		})
		_ = st.checkStream(ctx, client) // what is shown stays as it was then
		if err != nil {
			return fmt.Errorf("start the stream: %w", err)
		}
		return st.confirmOnAir(ctx, s, client)
	})
}

func (st *Stream) checkFirst(ctx context.Context, how GoLive, s *task.Steps) error {
	if how.Checked {
		s.Put(state.Step{ID: state.StepCheck, State: state.StepSkipped})
		return nil
	}
	s.Put(state.Step{ID: state.StepCheck, State: state.StepRunning})
	found, err := state.Decide(st.Preflight(ctx), how.Anyway, how.Ask, st.config.Config().AcceptedWarnings)
	s.Put(state.Step{ID: state.StepCheck, State: found, Err: err})
	return err
}

// onAirTries is how often in a row the platform may leave the question
// unanswered before that is taken for its answer.
const onAirTries = 3

// confirmOnAir waits for the platform to see the broadcast. Where it has no
// answer to give, that is said and is no failure.
func (st *Stream) confirmOnAir(ctx context.Context, s *task.Steps, client *obs.Client) error {
	account, session, err := st.current()
	if err != nil {
		return err
	}
	if _, ok := session.(providers.LiveStatus); !ok {
		s.Put(state.Step{ID: state.StepOnAir, State: state.StepSkipped})
		return nil
	}
	s.Put(state.Step{ID: state.StepOnAir, State: state.StepRunning})
	ctx, cancel := context.WithTimeout(ctx, onAirTimeout)
	defer cancel()
	for unanswered := 0; ; {
		live, answered := st.Broadcast.refreshLive(ctx, account, session)
		if answered && live.OnAir {
			s.Put(state.Step{ID: state.StepOnAir, State: state.StepDone, Detail: live.Title})
			return nil
		}
		if unanswered++; answered {
			unanswered = 0
		}
		reason := st.states.State().Live.Err
		if final := unanswered >= onAirTries || !errors.Is(reason, providers.ErrUnreachable); !answered && final && ctx.Err() == nil {
			s.Put(state.Step{ID: state.StepOnAir, State: state.StepWarned, Err: reason})
			return nil
		}
		select {
		case <-time.After(onAirPause):
		case <-ctx.Done():
			s.Put(state.Step{ID: state.StepOnAir, State: state.StepWarned, Err: ErrOnAirUnconfirmed})
			return ErrOnAirUnconfirmed
		}
		if err := st.stillSending(ctx, client); err != nil {
			s.Put(state.Step{ID: state.StepOnAir, State: state.StepFailed, Err: err})
			return err
		}
	}
}

// stillSending notices a stream that ended while the platform was waited for:
// an ingest that lets in first and judges the key then.
func (st *Stream) stillSending(ctx context.Context, client *obs.Client) error {
	status, err := client.StreamStatus(ctx)
	if err != nil || status.Active || status.Reconnecting {
		return nil // an OBS that is gone is the link's to tell
	}
	st.showStream(status)
	return &obs.Error{Kind: obs.ErrNotStarted, Op: "StartStream", Phase: obs.PhaseStopped}
}

// Stop ends the stream and waits until OBS has stopped.
func (st *Stream) Stop(ctx context.Context, tell task.Progress) error {
	ids := []state.StepID{state.StepOBS, state.StepStop}
	return st.tasks.Run(ctx, state.TaskStop, tell, ids, func(ctx context.Context, s *task.Steps) error {
		client, err := s.Connect(ctx)
		if err != nil {
			return err
		}
		err = s.Do(state.StepStop, func() (string, error) {
			st.emit(state.StreamChanged{Stream: state.StreamStopping, Since: st.states.State().OBS.Since})
			err := client.StopStream(ctx)
			if errors.Is(err, obs.ErrNotStreaming) {
				return "", nil
			}
			return "", err
		})
		if err != nil {
			_ = st.checkStream(ctx, client) // what is shown stays as it was then
			return fmt.Errorf("stop the stream: %w", err)
		}
		// Not asked for again: right after STOPPED, OBS still calls its output
		// active.
		st.emit(state.StreamChanged{Stream: state.StreamOff})
		st.writeAfterStop(ctx, s, st.connectionOf(client))
		if account, session, err := st.current(); err == nil {
			st.Broadcast.refreshLive(ctx, account, session)
		}
		return nil
	})
}

// writeAfterStop writes a key that waited for the stream's end. Where that does
// not succeed, it goes on waiting, and the stop is a stop all the same.
func (st *Stream) writeAfterStop(ctx context.Context, s *task.Steps, conn destination.Connection) {
	if !st.destination.Queued() {
		return
	}
	s.Put(state.Step{ID: state.StepWrite, State: state.StepRunning})
	written, err := st.flushQueued(ctx, conn)
	switch {
	case err != nil:
		s.Put(state.Step{ID: state.StepWrite, State: state.StepWarned, Err: err})
	case written || !st.destination.Queued():
		s.Put(state.Step{ID: state.StepWrite, State: state.StepDone})
	default:
		s.Put(state.Step{ID: state.StepWrite, State: state.StepSkipped})
	}
}

// checkStream shows what OBS's stream does.
func (st *Stream) checkStream(ctx context.Context, client *obs.Client) error {
	status, err := client.StreamStatus(ctx)
	if err != nil {
		return err
	}
	st.showStream(status)
	return nil
}

func (st *Stream) showStream(status obs.Stream) {
	ev := state.StreamChanged{Stream: state.StreamOff, At: st.now()}
	switch {
	case status.Reconnecting:
		ev.Stream = state.StreamReconnecting
	case status.Active:
		ev.Stream = state.StreamOn
	}
	if ev.Stream != state.StreamOff {
		ev.Since = st.now().Add(-status.Timecode)
	}
	st.emit(ev)
}
