package app

import (
	"context"
	"fmt"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Ingest gives server and stream key of the account in use, for showing or
// copying them because the user asked to.
func (e *Engine) Ingest(ctx context.Context) (providers.Ingest, error) { return e.freshIngest(ctx) }

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
func (e *Engine) ResetKey(ctx context.Context, tell Progress) (KeyReset, error) {
	account, session, err := e.current()
	if err != nil {
		return KeyReset{}, err
	}
	can, err := sessions.Require[providers.KeyResetter](session, "reset the stream key")
	if err != nil {
		return KeyReset{}, err
	}
	var result KeyReset
	err = e.tasks.run(ctx, state.TaskResetKey, tell, []state.StepID{state.StepReset, state.StepWrite}, func(ctx context.Context, s *steps) error {
		// A key that waits since an earlier reset is OBS's business, too.
		pointed := e.pointsHere(ctx) || e.writeIsQueued()
		err := s.do(state.StepReset, func() (string, error) {
			var err error
			result.Key, err = can.ResetKey(ctx)
			return "", err
		})
		if err != nil {
			e.signInLost(err)
			return fmt.Errorf("reset the stream key: %w", err)
		}
		e.sessions.ForgetIngest(account.Name)
		if !pointed {
			s.put(state.Step{ID: state.StepWrite, State: state.StepSkipped})
			return nil
		}
		e.queueWrite(account.Name)
		err = e.writeQueued(ctx)
		if err != nil {
			s.put(state.Step{ID: state.StepWrite, State: state.StepWarned, Err: err})
			return nil // the key is reset; the write waits
		}
		result.Written = true
		s.put(state.Step{ID: state.StepWrite, State: state.StepDone})
		return nil
	})
	return result, err
}

// KeyResetMeans tells what a reset would do now: "live" ends the broadcast,
// "standby" lets it resume only after the standby time, "off" harms nothing
// (SOOP Open API, broad/rtmp/reset). Standby is when the platform is on air
// and OBS does not send.
func KeyResetMeans(s state.State) string {
	sending := s.OBS.Stream.Running()
	switch {
	case s.Live.Known && s.Live.OnAir && !sending && s.OBS.Link == state.LinkUp && s.Broadcast.Confirmed.Standby:
		return "standby"
	case sending, s.Live.Known && s.Live.OnAir:
		return "live"
	}
	return "off"
}

// pointsHere reports whether OBS holds the account's server and key, or did
// when it was last seen: only then is a new key OBS's business.
func (e *Engine) pointsHere(ctx context.Context) bool {
	if _, err := e.freshIngest(ctx); err != nil {
		return false
	}
	present, err := e.presentService(ctx)
	if err != nil { // not there, or gone this moment
		now, err := loadKept(ctx, e.vault)
		return err == nil && !now.written.Key.Empty()
	}
	e.compareService(present)
	return e.State().OBS.Matches == state.MatchYes
}
