package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cuelight/app/config"
	"cuelight/app/storage"
	"cuelight/providers"
)

// onDisk opens what is on disk now, as a process of its own would.
func onDisk(t testing.TB, e *Engine) *config.Store {
	t.Helper()
	store, err := config.Open(t.Context(), config.Options{
		Dir: e.dir, Locks: storage.NewLocks(filepath.Join(e.dir, "locks")), Log: e.log, Now: e.now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// saved waits until the drafts of all accounts are on disk as they are shown.
func saved(t testing.TB, e *Engine) {
	t.Helper()
	for tooLong := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		data, _ := os.ReadFile(filepath.Join(e.dir, config.DraftsFileName)) // none: none is kept
		var drafts map[string]providers.Patch
		_ = json.Unmarshal(data, &drafts) // a broken one is not as it is shown
		same := len(data) == 0 || drafts != nil
		for _, account := range e.Config().Accounts {
			want, _ := json.Marshal(e.config.Draft(account.Name, ""))
			got, _ := json.Marshal(drafts[account.Name])
			same = same && string(want) == string(got)
		}
		if same {
			return
		}
		if time.Now().After(tooLong) {
			t.Fatalf("never saved: on disk is %s", data)
		}
	}
}
