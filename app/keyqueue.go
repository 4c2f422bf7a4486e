package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cuelight/app/state"
	"cuelight/obs"
)

// queueName names, in the configuration folder, the account whose new stream
// key waits to be written to OBS. The key itself is asked for again then.
const queueName = "obs-write-queued"

// queueWrite notes whose key waits; an empty name that none does any more.
func (e *Engine) queueWrite(account string) {
	file := filepath.Join(e.dir, queueName)
	var err error
	if account != "" {
		err = os.WriteFile(file, []byte(account), 0o600)
	} else {
		err = os.Remove(file)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		e.log.Warn("queue the write to OBS", "err", err)
	}
	e.emit(state.WriteQueuedChanged{Queued: account != ""})
}

func (e *Engine) writeIsQueued() bool {
	_, err := os.Stat(filepath.Join(e.dir, queueName))
	return err == nil
}

// queuedFor names the account whose key waits; empty where none does.
func (e *Engine) queuedFor() string {
	name, _ := os.ReadFile(filepath.Join(e.dir, queueName))
	return string(name)
}

// errOtherAccount: the key that waits is not that of the account in use.
var errOtherAccount = errors.New("the key that waits is another account's")

// writeQueued writes a waiting key to OBS, if OBS takes it now.
func (e *Engine) writeQueued(ctx context.Context) error {
	whose, err := os.ReadFile(filepath.Join(e.dir, queueName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read whose key waits: %w", err)
	}
	if name := string(whose); name != "" && name != e.Config().Current {
		return errOtherAccount // OBS is not pointed at an account unasked
	}
	client, err := e.obs.Client(ctx)
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
	before, err := loadKept(ctx, e.vault)
	if err != nil {
		return err
	}
	if !before.wrote(present) && strings.TrimRight(present.Server, "/") != strings.TrimRight(ingest.Server, "/") {
		e.queueWrite("") // the user has pointed OBS elsewhere meanwhile; that stays
		e.compareService(present)
		return errChangedSince
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
	e.queueWrite("")
	e.emit(state.ServiceRead{Server: ingest.Server, Match: state.MatchYes})
	return nil
}
