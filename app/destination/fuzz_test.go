package destination

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"cuelight/app/state"
)

// FuzzNotes reads the files that tell where OBS was pointed and what a rehearsal
// left: whatever is in them, no account and no place is made up.
func FuzzNotes(f *testing.F) {
	for _, seed := range []string{
		`{"obs":"localhost:4455","profile":"p"}`, `{"targets":[{"account":"a","obs":"x","queued":true}]}`, `{"targets":{}}`, "", "[", "null",
	} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	d := New(Options{Dir: dir, Ordinary: dir, Emit: func(...state.Event) {}, Log: slog.New(slog.DiscardHandler)})
	mark := filepath.Join(d.rehearsals.marksDir(), "a.json")
	if err := os.MkdirAll(d.rehearsals.marksDir(), 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, path := range []string{mark, d.queue.path()} {
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range d.rehearsals.marks() {
			if m.OBS == "" {
				t.Errorf("%q marks no OBS", data)
			}
		}
		for _, one := range d.queue.targets() {
			if one.Account == "" {
				t.Errorf("%q names no account", data)
			}
		}
		kept, _ := filepath.Glob(d.queue.path() + "*")
		for _, name := range kept {
			_ = os.Remove(name)
		}
	})
}
