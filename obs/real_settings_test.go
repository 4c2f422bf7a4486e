//go:build linux

package obs_test

import (
	"os"
	"testing"

	"cuelight/internal/realobs"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/obstest"
)

// TestRealSettingsAreFoundWhereverOBSKeepsThem starts an OBS that keeps its
// settings in config.json with each kind of home folder that its user may have.
func TestRealSettingsAreFoundWhereverOBSKeepsThem(t *testing.T) {
	const since = "30.2"
	for name, prepare := range map[string]func(*realobs.OBS) error{
		"moved from global.ini at the first start": nil,
		"in config.json since the beginning": func(o *realobs.OBS) error {
			return writeEach(o.Settings.WriteConfigJSON, o.Settings.WriteUserINI, func() error { return os.Remove(o.Settings.GlobalINI()) })
		},
		"in config.json, and older ones in global.ini": func(o *realobs.OBS) error {
			// OBS moves those of global.ini again, as after a time with an older
			// release: they are what counts.
			password := o.Settings.Password
			o.Settings.Password = "the-password-of-before"
			if err := o.Settings.WriteConfigJSON(); err != nil {
				return err
			}
			o.Settings.Password = password
			return o.Settings.WriteGlobalINI()
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := realobs.ForTest(t, realobs.Options{Since: since, Prepare: prepare, Password: `pa"ss; #\word=1`})
			found := discovery.Find(t.Context(), realPlaces(o))
			if found.Reason != discovery.Found || found.File != o.Settings.ConfigJSON() {
				t.Fatalf("found %s in %s", found.Reason, found.File)
			}
			c := obstest.Dial(t, obs.Dialer{}, found.Endpoint)
			if _, err := c.Service(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func writeEach(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
