package destination

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// items is a keyring with one value for every name.
type items map[string]string

func (v items) Get(_ context.Context, name string) (secret.Text, error) {
	value, ok := v[name]
	if !ok {
		return secret.Text{}, providers.ErrNoSecret
	}
	return secret.New(value), nil
}

func (v items) Set(_ context.Context, name string, value secret.Text) error {
	v[name] = value.Reveal()
	return nil
}

func (v items) Delete(_ context.Context, name string) error {
	delete(v, name)
	return nil
}

// FuzzKept reads the keyring items of backups, of fingerprints, and of earlier
// versions: what is not Cuelight's is refused without being quoted, and what is
// taken is the same once stored again.
func FuzzKept(f *testing.F) {
	const own = `{"v":1,"type":"rtmp_custom","settings":{"server":"rtmp://own.example/live","key":"own-secret-key"}}`
	f.Add(`{"earlier":`+own+`}`, `{"salt":"s","all":[{"a":"x","p":"y"}],"legacy":{"print":"p","earlier":`+own+`}}`, `{}`)
	f.Add(`{"earlier":{},"newer":[],"given":1}`, `{"salt":1}`, `{"earlier":"own-secret-key","server":"rtmp://h/app","key":"own-secret-key"}`)
	f.Add(`{"earlier":null}`, "own-secret-key", "own-secret-key")
	f.Add("own-secret-key", `{"salt":""}`, `{"Earlier":"{","Server":"","Key":""}`)
	f.Fuzz(func(t *testing.T, kept, prints, old string) {
		const marker = "own-secret-key"
		at := place{OBS: "localhost:4455", Profile: "AA"}
		present := service(t, "rtmp://now.example/live", "now")
		check := func(what string, err error) {
			if err != nil && strings.Contains(err.Error(), marker) {
				t.Errorf("%s quotes what it read: %v", what, err)
			}
		}
		vault := items{fingerprintsItem: prints, legacyItem: old}
		known, err := loadFingerprints(t.Context(), vault)
		check("fingerprints", err)
		if err == nil && known.Salt == "" {
			t.Errorf("%q has no salt and is taken", prints)
		}
		_, _, err = loadLegacy(t.Context(), vault)
		check("the backup of an earlier version", err)
		b := backups{scopes: scopes{shared: scope{vault: items{at.item(): kept}}}}
		loaded, err := b.loadWith(t.Context(), at, present, known)
		check("a backup", err)
		if err != nil {
			return
		}
		if loaded.Earlier != "" {
			service, err := obs.OpenService(loaded.Earlier.text())
			check("the service kept", err)
			if err == nil && service.Type == "" {
				t.Errorf("%q gives a service without a type", kept)
			}
		}
		if err := b.store(t.Context(), loaded.backup); err != nil {
			t.Fatalf("%q cannot be stored again: %v", kept, err)
		}
		again, err := b.loadWith(t.Context(), at, present, known)
		if err != nil || !sameBackup(again.backup, loaded.backup) {
			t.Errorf("%q is %+v, and stored again %+v: %v", kept, loaded.backup, again.backup, err)
		}
	})
}

// sameBackup compares what is sealed as JSON, which may be written in several ways.
func sameBackup(a, b backup) bool {
	read := func(b backup) (out [4]any) {
		for i, s := range []sealed{b.Earlier, b.Newer, b.Given, b.Rehearsed} {
			_ = json.Unmarshal([]byte(s), &out[i])
		}
		return out
	}
	return reflect.DeepEqual(read(a), read(b))
}
