//go:build linux

package discovery_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
)

// TestRealOBSReadsItsSettingsAsDiscoveryDoes starts a real OBS with settings
// that somebody edited, and gets in with what discovery makes of them.
func TestRealOBSReadsItsSettingsAsDiscoveryDoes(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	if version := realVersion(t, o); strings.HasPrefix(version, "30.2") || version > "31" {
		t.Skipf("OBS %s keeps these settings in another file", version)
	}
	o.Kill9()
	const head = "[General]\nFirstRun=true\nLastVersion=486539266\nInfoIncrement=30\n"
	for name, c := range iniCases {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("HEX", strconv.FormatInt(int64(o.Port), 16), "PORT", strconv.Itoa(o.Port)).Replace(c.text)
			if err := os.WriteFile(filepath.Join(o.Settings.Dir, "global.ini"), []byte(head+text), 0o600); err != nil {
				t.Fatal(err)
			}
			found := discovery.Find(t.Context(), homeOf(o.Home))
			if found.Reason != discovery.Found || found.Endpoint.Port != o.Port || !found.Endpoint.Password.Equal(secret.New(c.password)) {
				t.Fatalf("discovered %v at port %d", found.Reason, found.Endpoint.Port)
			}
			o.Password = c.password // what Launch waits with
			if err := o.Launch(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer o.Kill9()
			dialSoon(t, found.Endpoint, nil)
			wrong := found.Endpoint
			wrong.Password = secret.New("not the one")
			if c.password != "" {
				dialSoon(t, wrong, obs.ErrPassword)
			}
		})
	}
}

// realVersion asks an OBS for its version.
func realVersion(t *testing.T, o *realobs.OBS) string {
	t.Helper()
	client, err := obs.Dial(t.Context(), obs.Endpoint{Port: o.Port, Password: secret.New(o.Password)})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	version, err := client.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return version.OBS
}

// dialSoon wants a dial to come to that, now or in a moment: a port that is
// open says nothing of how far OBS is.
func dialSoon(t *testing.T, endpoint obs.Endpoint, want error) {
	t.Helper()
	var err error
	for range 20 {
		var client *obs.Client
		if client, err = obs.Dial(t.Context(), endpoint); err == nil {
			client.Close()
		}
		if errors.Is(err, want) || err == want {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("dialling gives %v, want %v", err, want)
}
