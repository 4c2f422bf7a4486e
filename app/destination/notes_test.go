package destination

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
)

// An account stays noted where a set-up for it was refused: OBS sends for the one
// whose ingest it holds.
func TestOBSSendsForTheAccountWhoseIngestItHolds(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if _, err := d.SetUp(t.Context(), r.conn, "other", ingest("other-key-1"), func(state.Step) {}); err == nil {
		t.Fatal("not refused")
	}
	r.obs.writeErr = nil
	seen := func() string {
		present, _ := r.obs.Snapshot(t.Context())
		d.Seen(t.Context(), r.conn, present)
		return r.state().SendsFor
	}
	if got := seen(); got != "mine" {
		t.Errorf("sends for %q", got)
	}
	r.setUp(d, "other")
	if got := seen(); got != "other" {
		t.Errorf("sends for %q", got)
	}
	r.obs.set(service(t, "rtmp://newer.example/live", "own-key-of-newer"))
	if got := seen(); got != "" {
		t.Errorf("sends for %q", got)
	}
}

func TestAnotherCuelightThatIsWaitedForIsShown(t *testing.T) {
	r := newRig(t)
	synctest.Test(t, func(t *testing.T) {
		d := r.cuelight()
		for _, locks := range []struct {
			name  string
			scope scope
		}{{"own", d.scopes.own}, {"shared", d.scopes.shared}} {
			unlock, err := r.cuelight().scopes.own.locks.Lock(t.Context(), locks.name)
			if err != nil {
				t.Fatal(err)
			}
			before := len(r.notices())
			time.AfterFunc(5*time.Second, unlock)
			release, err := locks.scope.locks.Lock(t.Context(), locks.name)
			if err != nil {
				t.Fatal(err)
			}
			release()
			if now := r.notices(); len(now) != before+1 || now[before].Key != state.NoticeHeld {
				t.Errorf("%s: shown %+v", locks.name, now[before:])
			}
		}
	})
}

// What an earlier version kept is given back though it cannot be noted that it
// has found its place.
func TestABackupThatCannotBeClaimedIsGivenBackAllTheSame(t *testing.T) {
	broken := errors.New("the keyring is broken")
	for _, what := range []string{"delete " + legacyItem, "set " + fingerprintsItem} {
		r := newRig(t)
		r.legacy("mine-key-1")
		r.ordinary.fail[what] = broken
		if err := r.restore(r.cuelight()); err != nil || !strings.Contains(r.log.String(), "take over what an earlier version kept") {
			t.Errorf("%s: got %v, log %s", what, err, r.log.String())
		}
		r.wantOwn("AA")
		// OBS holds it already: nothing is given back a second time.
		if err := r.restore(r.cuelight()); !errors.Is(err, ErrNoBackup) && err != nil || r.obs.writes != 1 {
			t.Errorf("%s, twice: %v, %d writes", what, err, r.obs.writes)
		}
	}
	r := newRig(t)
	r.legacy("mine-key-1")
	r.ordinary.fail["delete "+legacyItem] = broken
	d := r.cuelight()
	r.setUp(d, "other")
	if !strings.Contains(r.log.String(), "take over what an earlier version kept") {
		t.Errorf("log %s", r.log.String())
	}
	r.wantKey("other-key-1")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
}

// The backup of an earlier version belongs to one place only.
func TestABackupThatWasClaimedIsClaimedOnce(t *testing.T) {
	r := newRig(t)
	r.legacy("mine-key-1")
	d := r.cuelight()
	r.setUp(d, "other")
	if prints, err := loadFingerprints(t.Context(), r.ordinary); err != nil || prints.Legacy != nil {
		t.Errorf("left %+v, %v", prints.Legacy, err)
	}
	r.obs.choose("BB")
	r.obs.set(service(t, ingest("").Server, "mine-key-1")) // as the earlier version had set AA
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("given to a second profile: %v", err)
	}
}

func TestFingerprintsHeldElsewhereAreWaitedForInVain(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	unlock, err := r.cuelight().scopes.shared.locks.Lock(t.Context(), fingerprintsItem)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {})
		if took := time.Since(began); !errors.Is(err, ErrLocked) || took != fileLockTimeout {
			t.Errorf("got %v after %v", err, took)
		}
	})
	r.wantOwn("AA")
}

func TestAnInstanceThatCannotBeLockedDoesNotBegin(t *testing.T) {
	i := newInstance(filepath.Join(t.TempDir(), "instances"))
	if err := os.MkdirAll(filepath.Join(i.dir, i.id+instanceSuffix), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := i.begin(); err == nil || i.file != nil {
		t.Errorf("got %v", err)
	}
	if i.othersAlive(i.dir) {
		t.Error("its own is taken for another's")
	}
}

// The file of another run may go between the look at the folder and at the file.
func TestAnInstanceThatEndsMeanwhileIsNotAlive(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "a"+instanceSuffix)); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if newInstance(dir).othersAlive(dir) {
		t.Error("taken for alive")
	}
	if _, err := os.Lstat(filepath.Join(dir, "gone")); err == nil {
		t.Error("a file was made")
	}
}

func TestARehearsalThatGaveBackTheUsersOwnKeepsNothing(t *testing.T) {
	r := newRig(t)
	d := r.rehearsal()
	r.setUp(d, "mine")
	if err := r.restore(d); err != nil || r.state().CanRestore {
		t.Errorf("got %v, offered again: %v", err, r.state().CanRestore)
	}
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("twice: %v", err)
	}
	r.wantOwn("AA")
}

func TestAPlaceThatCannotBeRememberedIsOfferedAllTheSame(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	if _, err := changeFingerprints(t.Context(), d.scopes.shared, func(f fingerprints) (fingerprints, bool) {
		f.Places = nil
		return f, true
	}); err != nil {
		t.Fatal(err)
	}
	r.ordinary.fail["set "+fingerprintsItem] = errors.New("the keyring is broken")
	if !r.seen(d) || !strings.Contains(r.log.String(), "remember whose OBS settings are kept") {
		t.Errorf("offered %v, log %s", r.state().CanRestore, r.log.String())
	}
	// A backup that is not Cuelight's own is none of another place either.
	delete(r.ordinary.fail, "set "+fingerprintsItem)
	r.seen(d)
	r.obs.rename("AA", "Evening")
	item := place{OBS: "localhost:4455", Profile: "AA"}.item()
	for _, content := range []string{"not JSON", "{}"} {
		if err := r.ordinary.Set(t.Context(), item, secret.New(content)); err != nil {
			t.Fatal(err)
		}
		if err := r.restore(d); errors.As(err, new(*MovedError)) || !errors.Is(err, ErrNoBackup) {
			t.Errorf("%s: %v", content, err)
		}
		if r.seen(d) {
			t.Errorf("%s: offered where nothing is kept", content)
		}
	}
}
