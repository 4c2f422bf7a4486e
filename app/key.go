package app

import (
	"context"
	"fmt"

	"cuelight/app/destination"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Ingest gives server and stream key of the account in use, for showing or
// copying them because the user asked to.
func (st *Stream) Ingest(ctx context.Context) (providers.Ingest, error) {
	account, _, err := st.current()
	if err != nil {
		return providers.Ingest{}, err
	}
	return st.ingestOf(ctx, account.Name)
}

// KeyReset is what a reset of the stream key came to.
type KeyReset struct {
	Key secret.Text
	// Written: OBS holds the new key. Otherwise it is written when OBS's stream
	// has ended or OBS is back.
	Written bool
}

// ResetKey replaces the stream key. The old one is dead at once: a running
// broadcast ends. OBS refuses new settings while it streams, so that the new
// key may have to wait for the stream's end; that survives a restart.
//
// The write to OBS is queued before the platform is asked, and once it was asked
// the reset goes on although the caller has gone away: an interrupted reset ends
// with ErrInterrupted only where nobody knows whether the platform has taken it.
func (st *Stream) ResetKey(ctx context.Context, tell task.Progress) (KeyReset, error) {
	account, session, err := st.current()
	if err != nil {
		return KeyReset{}, err
	}
	can, err := sessions.Require[providers.KeyResetter](session, "reset the stream key")
	if err != nil {
		return KeyReset{}, err
	}
	var result KeyReset
	err = st.tasks.Run(ctx, state.TaskResetKey, tell, []state.StepID{state.StepReset, state.StepWrite}, func(ctx context.Context, s *task.Steps) error {
		reset, err := st.beginReset(ctx, account.Name)
		if err != nil {
			return err
		}
		defer reset.End()
		return task.Once(ctx, st.interruptGrace, func(ctx context.Context) error {
			err := s.Do(state.StepReset, func() (_ string, err error) {
				result.Key, err = can.ResetKey(ctx)
				st.vault.Conceal(result.Key)
				return "", err
			})
			st.sessions.ForgetIngest(account.Name)
			if err != nil {
				st.signInLost(account.Name, err)
				st.afterFailedReset(ctx, reset, err)
				return fmt.Errorf("reset the stream key: %w", err)
			}
			result.Written = st.writeReset(ctx, s, reset)
			return nil
		})
	})
	return result, err
}

// beginReset queues the write to OBS. An OBS that is not there does not hold a
// reset up.
func (st *Stream) beginReset(ctx context.Context, account string) (*destination.Reset, error) {
	if conn, err := st.connection(ctx); err == nil {
		return st.destination.BeginReset(ctx, account, &conn)
	}
	return st.destination.BeginReset(ctx, account, nil)
}

// afterFailedReset takes the queue back where the platform said no. Where its
// answer was lost, the key that it gives now tells: OBS gets it if it is new.
func (st *Stream) afterFailedReset(ctx context.Context, reset *destination.Reset, err error) {
	if providers.Denied(err) {
		reset.Refused(ctx)
		return
	}
	done, err := reset.Flush(ctx)
	st.showFlushed(done, err)
	if err != nil {
		st.log.Warn("write the key of a reset without an answer", "err", err)
	}
}

// writeReset writes the new key to OBS; where OBS does not take it now, it waits.
func (st *Stream) writeReset(ctx context.Context, s *task.Steps, reset *destination.Reset) (written bool) {
	if !reset.Here && !st.destination.Queued() {
		s.Put(state.Step{ID: state.StepWrite, State: state.StepSkipped})
		return false
	}
	done, err := reset.Flush(ctx)
	st.showFlushed(done, err)
	switch {
	case done.Written:
		s.Put(state.Step{ID: state.StepWrite, State: state.StepDone})
	case err != nil:
		s.Put(state.Step{ID: state.StepWrite, State: state.StepWarned, Err: err})
	default:
		s.Put(state.Step{ID: state.StepWrite, State: state.StepSkipped})
	}
	return done.Written
}
