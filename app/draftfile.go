package app

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"cuelight/providers"
)

// draftsName is the file of the drafts, by account, in the configuration
// folder. A draft's password is never in it.
const draftsName = "drafts.json"

// saveDraft keeps the draft for the next start. It runs beside whoever typed.
func (e *Engine) saveDraft(account string, draft providers.Patch) {
	draft.Password = nil
	e.draftFile.Lock()
	defer e.draftFile.Unlock()
	drafts := e.readDrafts()
	if draft.Empty() {
		if _, kept := drafts[account]; !kept {
			return
		}
		delete(drafts, account)
	} else {
		drafts[account] = draft
	}
	if err := writeJSON(filepath.Join(e.dir, draftsName), drafts); err != nil {
		e.log.Warn("keep the draft", "err", err)
	}
}

// loadDraft gives the draft of an earlier run.
func (e *Engine) loadDraft(account string) providers.Patch {
	e.draftFile.Lock()
	defer e.draftFile.Unlock()
	return e.readDrafts()[account]
}

func (e *Engine) readDrafts() map[string]providers.Patch {
	drafts := make(map[string]providers.Patch)
	data, err := os.ReadFile(filepath.Join(e.dir, draftsName))
	if err == nil {
		err = json.Unmarshal(data, &drafts)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		e.log.Warn("read the drafts", "err", err)
	}
	return drafts
}

// KeepMine settles a field that was changed elsewhere: the draft stays.
func (e *Engine) KeepMine(id providers.FieldID) { e.emit(evResolved{field: id}) }

// TakeTheirs settles a field that was changed elsewhere: the draft's value goes.
func (e *Engine) TakeTheirs(id providers.FieldID) {
	e.redraft(func(draft providers.Patch) providers.Patch { return without(draft, id) })
}

// Undo sends what the last applied change replaced.
func (e *Engine) Undo(ctx context.Context, tell Progress) error {
	return e.Update(ctx, e.State().Broadcast.Undo, tell)
}
