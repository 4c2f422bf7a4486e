package app

import (
	"testing"

	"cuelight/app/config"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs/obssim"
)

// The settings used to count from the next start on, while the window said that
// they were saved.
func TestAnotherOBSInTheSettingsIsUsedAtOnce(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn(func(o *Options) { o.OBSAddress, o.OBSPassword = "", secret.Text{} })
	other, err := obssim.New(obssim.Options{Password: secret.New("another password")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	e.Configure(func(c *config.Config) { c.OBS.Address = s.obs.Endpoint().Address() })
	running(t, e)
	if err := e.Stream.SetOBSPassword(t.Context(), secret.New(obsPassword)); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the first OBS", linked)
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Stream.Start(t.Context(), GoLive{Anyway: true}, nil); err != nil {
		t.Fatal(err)
	}
	e.Configure(func(c *config.Config) { c.OBS.Address = other.Endpoint().Address() })
	until(t, e, "the password of the other", func(s state.State) bool {
		return s.OBS.Link == state.LinkPassword && s.OBS.Address == other.Endpoint().Address()
	})
	if err := e.Stream.SetOBSPassword(t.Context(), secret.New("another password")); err != nil {
		t.Fatal(err)
	}
	got := until(t, e, "the other OBS", func(s state.State) bool {
		return linked(s) && s.OBS.Address == other.Endpoint().Address()
	})
	if got.OBS.Stream != state.StreamOff {
		t.Errorf("shown as %+v", got.OBS)
	}
	e.Configure(func(c *config.Config) { c.OBS.Address = s.obs.Endpoint().Address() })
	until(t, e, "the first, which went on streaming", func(s state.State) bool {
		return linked(s) && s.OBS.Stream == state.StreamOn
	})
}
