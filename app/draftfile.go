package app

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/providers"
)

// draftsName is the file of the drafts, by account, in the configuration
// folder. A draft's password is never in it.
const draftsName = "drafts.json"

// draftPatience bounds the wait for another process that writes drafts.
const draftPatience = 2 * time.Second

// saveDraft keeps the draft for the next start. It runs beside whoever typed.
func (e *Engine) saveDraft(account string, draft providers.Patch) {
	draft.Password = nil
	ctx, cancel := context.WithTimeout(context.Background(), draftPatience)
	defer cancel()
	unlock, err := e.locks.Lock(ctx, draftsName)
	if err != nil {
		e.log.Warn("keep the draft", "err", err)
		return
	}
	defer unlock()
	drafts := e.readDrafts()
	if draft.Empty() {
		if _, kept := drafts[account]; !kept {
			return
		}
		delete(drafts, account)
	} else {
		drafts[account] = draft
	}
	if err := storage.WriteJSON(filepath.Join(e.dir, draftsName), drafts); err != nil {
		e.log.Warn("keep the draft", "err", err)
	}
}

// loadDraft gives the draft of an earlier run.
func (e *Engine) loadDraft(account string) providers.Patch { return e.readDrafts()[account] }

// readDrafts gives all of them. A file that cannot be understood is kept aside,
// as the configuration's is.
func (e *Engine) readDrafts() map[string]providers.Patch {
	path := filepath.Join(e.dir, draftsName)
	data, err := os.ReadFile(path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			e.log.Warn("read the drafts", "err", err)
		}
		return make(map[string]providers.Patch)
	}
	var drafts map[string]providers.Patch
	if err := json.Unmarshal(data, &drafts); err != nil {
		kept, asideErr := storage.KeepAside(path, e.now())
		e.log.Warn("the drafts could not be read and were kept aside", "kept", kept, "err", errors.Join(err, asideErr))
		return make(map[string]providers.Patch)
	}
	if drafts == nil {
		drafts = make(map[string]providers.Patch)
	}
	return drafts
}

// KeepMine settles a field that was changed elsewhere: the draft stays.
func (e *Engine) KeepMine(id providers.FieldID) { e.emit(state.ConflictResolved{Field: id}) }

// TakeTheirs settles a field that was changed elsewhere: the draft's value goes.
func (e *Engine) TakeTheirs(id providers.FieldID) {
	e.redraft(func(draft providers.Patch) providers.Patch { return state.Without(draft, id) })
}

// Undo sends what the last applied change replaced.
func (e *Engine) Undo(ctx context.Context, tell Progress) error {
	return e.Update(ctx, e.State().Broadcast.Undo, tell)
}
