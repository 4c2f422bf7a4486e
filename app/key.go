package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// queueName marks, in the configuration folder, that a new stream key waits to
// be written to OBS. The key itself is asked for again then.
const queueName = "obs-write-queued"

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
	can, err := able[providers.KeyResetter](session, "reset the stream key")
	if err != nil {
		return KeyReset{}, err
	}
	var result KeyReset
	err = e.run(ctx, TaskResetKey, tell, []StepID{StepReset, StepWrite}, func(ctx context.Context, s *steps) error {
		// A key that waits since an earlier reset is OBS's business, too.
		pointed := e.pointsHere(ctx) || e.writeIsQueued()
		err := s.do(StepReset, func() (string, error) {
			var err error
			result.Key, err = can.ResetKey(ctx)
			return "", err
		})
		if err != nil {
			e.signInLost(err)
			return fmt.Errorf("reset the stream key: %w", err)
		}
		e.forgetIngest(account.Name)
		if !pointed {
			s.put(Step{ID: StepWrite, State: StepSkipped})
			return nil
		}
		e.queueWrite(true)
		err = e.writeQueued(ctx)
		if err != nil {
			s.put(Step{ID: StepWrite, State: StepWarned, Err: err})
			return nil // the key is reset; the write waits
		}
		result.Written = true
		s.put(Step{ID: StepWrite, State: StepDone})
		return nil
	})
	return result, err
}

// KeyResetMeans tells what a reset would do now: "live" ends the broadcast,
// "standby" lets it resume only after the standby time, "off" harms nothing
// (SOOP Open API, broad/rtmp/reset). Standby is when the platform is on air
// and OBS does not send.
func KeyResetMeans(s State) string {
	sending := s.OBS.Stream.Running()
	switch {
	case s.Live.Known && s.Live.OnAir && !sending && s.OBS.Link == LinkUp && s.Broadcast.Confirmed.Standby:
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
	client, err := e.obs.get(ctx)
	if err != nil {
		written, err := e.vault.get(ctx, writtenItem)
		return err == nil && !written.Empty()
	}
	present, err := client.Service(ctx)
	if err != nil {
		return false
	}
	e.compareService(present)
	return e.State().OBS.Matches == MatchYes
}

func (e *Engine) queueWrite(queued bool) {
	file := filepath.Join(e.dir, queueName)
	var err error
	if queued {
		err = os.WriteFile(file, nil, 0o600)
	} else {
		err = os.Remove(file)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		e.log.Warn("queue the write to OBS", "err", err)
	}
	e.emit(evQueued{queued: queued})
}

func (e *Engine) writeIsQueued() bool {
	_, err := os.Stat(filepath.Join(e.dir, queueName))
	return err == nil
}

// writeQueued writes a waiting key to OBS, if OBS takes it now.
func (e *Engine) writeQueued(ctx context.Context) error {
	if !e.writeIsQueued() {
		return nil
	}
	client, err := e.obs.get(ctx)
	if err != nil {
		return err
	}
	if status, err := client.StreamStatus(ctx); err != nil {
		return err
	} else if status.Active {
		return &obs.Error{Kind: obs.ErrStreaming, Op: "SetStreamServiceSettings"}
	}
	ingest, err := e.freshIngest(ctx)
	if err != nil {
		return err
	}
	present, err := client.Service(ctx)
	if err != nil {
		return err
	}
	unkeep, err := e.keepEarlier(ctx, present, ingest)
	if err != nil {
		return err
	}
	if err := client.SetService(ctx, ingest.Server, ingest.Key); err != nil {
		if nothingWritten(err) {
			unkeep()
		}
		return err
	}
	e.queueWrite(false)
	e.emit(evService{server: ingest.Server, match: MatchYes})
	return nil
}
