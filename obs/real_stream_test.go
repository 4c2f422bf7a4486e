//go:build linux

package obs_test

import (
	"errors"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obstest"
)

func TestRealStreamToAnIngest(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	c := realSetUp(t, o, ingest.URL, "key-1")
	ctx := t.Context()
	if err := c.StartStream(ctx); err != nil {
		t.Fatal(err)
	}
	ingest.WaitPublished(t, "key-1", 10*time.Second)
	if got := ingest.Published(); len(got) != 1 {
		t.Errorf("the ingest saw %v", got)
	}
	obstest.WantKind(t, c.StartStream(ctx), obs.ErrStreaming)
	obstest.WantKind(t, obstest.SetService(ctx, c, ingest.URL, secret.New("key-2")), obs.ErrStreaming)
	if err := c.StopStream(ctx); err != nil {
		t.Fatal(err)
	}
	// OBS refuses for some seconds more; that is waited out.
	if err := obstest.SetService(ctx, c, ingest.URL, secret.New("key-2")); err != nil {
		t.Errorf("right after the stop: %v", err)
	}
}

func TestRealStartToAnUnreachableIngest(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := realSetUp(t, o, "rtmp://127.0.0.1:1/app", "key")
	err := c.StartStream(t.Context())
	obstest.WantKind(t, err, obs.ErrNotStarted)
	var typed *obs.Error
	if errors.As(err, &typed); typed.Phase != obs.PhaseStopped {
		t.Errorf("phase %q", typed.Phase)
	}
	// OBS now shows a modal box: requests must still work.
	if err := obstest.SetService(t.Context(), c, "rtmp://127.0.0.1:1/app2", secret.New("key2")); err != nil {
		t.Errorf("behind the box: %v", err)
	}
	obstest.WantKind(t, c.StartStream(t.Context()), obs.ErrNotStarted)
}

func TestRealStartWhileTheSettingsAreOpenIsDropped(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := obstest.Dial(t, obs.Dialer{Watchdog: 2 * time.Second}, realEndpoint(o))
	if err := o.UI.OpenSettings(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := c.StartStream(t.Context())
	obstest.WantKind(t, err, obs.ErrNotStarted)
	var typed *obs.Error
	if errors.As(err, &typed); typed.Phase != obs.PhaseAsked {
		t.Errorf("phase %q", typed.Phase)
	}
}

func TestRealStartWhileTheWizardIsOpenIsDropped(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := obstest.Dial(t, obs.Dialer{Watchdog: 2 * time.Second}, realEndpoint(o))
	if err := o.UI.OpenWizard(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := c.StartStream(t.Context())
	obstest.WantKind(t, err, obs.ErrNotStarted)
	var typed *obs.Error
	if errors.As(err, &typed); typed.Phase != obs.PhaseAsked {
		t.Errorf("phase %q", typed.Phase)
	}
}
