package destination

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"cuelight/internal/secret"
)

// legacyKept is the item of earlier versions, after they set OBS up with a key.
func legacyKept(t *testing.T, earlier, key string) secret.Text {
	t.Helper()
	data, err := json.Marshal(map[string]string{"earlier": earlier, "server": ingest("").Server, "key": key})
	if err != nil {
		t.Fatal(err)
	}
	return secret.New(string(data))
}

// legacy leaves the profile in use as an earlier version did.
func (r *rig) legacy(key string) {
	r.t.Helper()
	own := r.obs.holds(r.obs.profile)
	r.obs.set(service(r.t, ingest("").Server, key))
	if err := r.ordinary.Set(r.t.Context(), legacyItem, legacyKept(r.t, own.Seal().Reveal(), key)); err != nil {
		r.t.Fatal(err)
	}
}

func TestTheBackupOfAnEarlierVersionBelongsWhereItsSettingsAre(t *testing.T) {
	for _, c := range []struct {
		name string
		then func(r *rig, d *Destination)
	}{
		{"restored at once", func(*rig, *Destination) {}},
		{"seen and restored", func(r *rig, d *Destination) {
			present, _ := r.obs.Snapshot(t.Context())
			if d.Seen(t.Context(), r.conn, present); !r.state().CanRestore {
				t.Error("not offered")
			}
		}},
		{"after a set-up of another account", func(r *rig, d *Destination) { r.setUp(d, "other") }},
		{"after a set-up of another profile", func(r *rig, d *Destination) {
			r.obs.choose("BB")
			r.setUp(d, "other")
			if err := r.restore(d); err != nil {
				t.Error(err)
			}
			r.obs.choose("AA")
		}},
		{"after a reset", func(r *rig, d *Destination) {
			if done, err := r.reset(d, "mine", "mine-key-2"); err != nil || !done.Written {
				t.Errorf("reset: %+v, %v", done, err)
			}
		}},
	} {
		r := newRig(t)
		r.legacy("mine-key-1")
		d := r.cuelight()
		r.obs.choose("BB")
		if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%s: in another profile: %v", c.name, err)
		}
		r.obs.choose("AA")
		c.then(r, d)
		if err := r.restore(d); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		r.wantOwn("AA", "BB")
		if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%s, twice: %v", c.name, err)
		}
		for _, name := range r.ordinary.names() {
			if name == legacyItem {
				t.Errorf("%s: the old item is still there", c.name)
			}
		}
	}
}

func TestABrokenBackupOfAnEarlierVersionIsToldWithoutItsContent(t *testing.T) {
	r := newRig(t)
	if err := r.ordinary.Set(t.Context(), legacyItem, secret.New("own-key-of-nobody")); err != nil {
		t.Fatal(err)
	}
	if err := r.restore(r.cuelight()); err == nil || err.Error() != "not written by Cuelight" {
		t.Errorf("got %v", err)
	}
	r.ordinary.fail["get "+legacyItem] = errors.New("broken")
	if err := r.restore(r.cuelight()); err == nil {
		t.Error("what could not be read passed for nothing")
	}
	for _, useless := range []secret.Text{legacyKept(t, "", "mine-key-1"), legacyKept(t, "x", "")} {
		r := newRig(t)
		if err := r.ordinary.Set(t.Context(), legacyItem, useless); err != nil {
			t.Fatal(err)
		}
		if err := r.restore(r.cuelight()); !errors.Is(err, ErrNoBackup) {
			t.Errorf("got %v", err)
		}
	}
}

func TestARealOBSLeftByTheSandboxOfAnEarlierVersionIsPutBack(t *testing.T) {
	for _, streaming := range []bool{false, true} {
		r := newRig(t)
		d := r.cuelight()
		r.legacy("mine-key-1")
		kept, _ := r.ordinary.Get(t.Context(), legacyItem)
		if err := errors.Join(r.sandbox.Set(t.Context(), legacyItem, kept), r.ordinary.Delete(t.Context(), legacyItem)); err != nil {
			t.Fatal(err)
		}
		if d.Rehearsed() {
			t.Error("rehearsed without a mark")
		}
		if err := os.MkdirAll(filepath.Join(r.dir, "sandbox"), 0o700); err != nil {
			t.Fatal(err)
		}
		r.write("sandbox/"+legacyMarkName, `{"address":"localhost:4455"}`)
		if !d.Rehearsed() {
			t.Error("the mark is not seen")
		}
		r.obs.choose("BB")
		if done, err := d.Recover(t.Context(), r.conn); err != nil || done || !d.Rehearsed() {
			t.Errorf("in another profile: %v, %v", done, err)
		}
		r.obs.choose("AA")
		elsewhere := Connection{OBS: r.obs, Address: "studio:4455"}
		if done, err := d.Recover(t.Context(), elsewhere); err != nil || done {
			t.Errorf("another OBS: %v, %v", done, err)
		}
		r.obs.stream(streaming)
		if done, err := d.Recover(t.Context(), r.conn); err != nil || !done || d.Rehearsed() {
			t.Errorf("got %v, %v", done, err)
		}
		r.wantOwn("AA", "BB")
		if len(r.sandbox.names()) != 0 || (r.obs.stops == 1) != streaming {
			t.Errorf("left %v, stopped %d times", r.sandbox.names(), r.obs.stops)
		}
	}
}

func TestAMarkOfAnEarlierVersionWithoutABackupIsForgotten(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	if err := os.MkdirAll(filepath.Join(r.dir, "sandbox"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.write("sandbox/"+legacyMarkName, `{"address":"localhost:4455"}`)
	r.sandbox.fail["get"] = errors.New("broken")
	if _, err := d.Recover(t.Context(), r.conn); err == nil || !d.Rehearsed() {
		t.Errorf("got %v", err)
	}
	delete(r.sandbox.fail, "get")
	if done, err := d.Recover(t.Context(), r.conn); err != nil || done || d.Rehearsed() {
		t.Errorf("got %v, %v", done, err)
	}
	r.wantOwn("AA")
}
