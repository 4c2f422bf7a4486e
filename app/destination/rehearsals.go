package destination

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"cuelight/app/storage"
)

// mark notes that a place holds, or is about to hold, the sandbox's settings.
type mark struct {
	place
	// Instance is the run that noted it.
	Instance string `json:"instance"`
}

// rehearsals is the owner of the marks: it knows which real OBSes a sandbox
// pointed at itself, and whether one is alive.
type rehearsals struct {
	// dir is the sandbox's folder.
	dir string
	// instance is this run, and inherited the marks that were there when it began;
	// both are nil outside the sandbox.
	instance  *instance
	inherited map[string]mark
}

// begin tells others that this run of the sandbox is alive.
func (r *rehearsals) begin() error {
	r.inherited = r.marks()
	r.instance = newInstance(r.instanceDir())
	return r.instance.begin()
}

// end tells them that it is over.
func (r *rehearsals) end() error { return r.instance.end() }

// othersAlive reports whether another run of the sandbox is alive.
func (r *rehearsals) othersAlive() bool { return r.instance.othersAlive(r.instanceDir()) }

func (r *rehearsals) instanceDir() string { return filepath.Join(r.dir, "instances") }
func (r *rehearsals) marksDir() string    { return filepath.Join(r.dir, "rehearsals") }

func (r *rehearsals) markPath(at place) string {
	sum := sha256.Sum256([]byte(at.OBS + "\x00" + at.Profile))
	return filepath.Join(r.marksDir(), hex.EncodeToString(sum[:8])+".json")
}

// mark notes a rehearsal; fresh is false where one was noted already.
func (r *rehearsals) mark(at place) (fresh bool, err error) {
	_, err = os.Stat(r.markPath(at))
	fresh = err != nil
	if err := os.MkdirAll(r.marksDir(), 0o700); err != nil {
		return false, err
	}
	return fresh, storage.WriteJSON(r.markPath(at), mark{place: at, Instance: r.instance.id}, storage.MaxJSON)
}

func (r *rehearsals) unmark(at place) { _ = os.Remove(r.markPath(at)) }

// marks reads all of them, by file. One that cannot be read names no place.
func (r *rehearsals) marks() map[string]mark {
	all := make(map[string]mark)
	names, _ := filepath.Glob(filepath.Join(r.marksDir(), "*.json")) // the pattern is well formed
	for _, name := range names {
		var m mark
		data, err := storage.ReadJSON(name, storage.MaxJSON)
		if err == nil && json.Unmarshal(data, &m) == nil && m.OBS != "" {
			all[name] = m
		}
	}
	return all
}

// any reports whether some OBS may still hold the sandbox's settings.
func (r *rehearsals) any() bool {
	_, legacy := r.legacyMark()
	return legacy || len(r.marks()) > 0
}

// marked reports whether a place is noted.
func (r *rehearsals) marked(at place) bool {
	_, ok := r.marks()[r.markPath(at)]
	return ok
}

// leftBehind is marked for what a run that is gone has left. A run of the sandbox
// never takes its own mark, or one that was noted while it runs, for one.
func (r *rehearsals) leftBehind(at place) bool {
	m, ok := r.marks()[r.markPath(at)]
	return ok && (r.instance == nil || r.inherited[r.markPath(at)] == m)
}
