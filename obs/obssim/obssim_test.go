package obssim_test

import (
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Memory is a Memory in memory.
type Memory struct {
	Kept secret.Text
	Err  error
}

func (m *Memory) Load() (secret.Text, error)  { return m.Kept, m.Err }
func (m *Memory) Save(text secret.Text) error { m.Kept = text; return m.Err }

func Start(t *testing.T, options obssim.Options) (*obssim.OBS, *obs.Client) {
	t.Helper()
	o, err := obssim.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	c, err := obs.Dial(t.Context(), o.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return o, c
}

func TestItSaysThatItIsSimulated(t *testing.T) {
	_, c := Start(t, obssim.Options{})
	v, err := c.Version(t.Context())
	if err != nil || !strings.Contains(v.OBS, "simulated") || v.Platform != "simulated" {
		t.Errorf("version %+v, %v", v, err)
	}
}

func TestTheServiceOutlivesIt(t *testing.T) {
	m := &Memory{}
	_, c := Start(t, obssim.Options{Memory: m})
	if err := obstest.SetService(t.Context(), c, "rtmp://here/app", secret.New("k")); err != nil {
		t.Fatal(err)
	}
	_, later := Start(t, obssim.Options{Memory: m})
	s, err := later.Service(t.Context())
	if err != nil || !s.Matches("rtmp://here/app", secret.New("k")) {
		t.Errorf("after a restart it holds %v, %v", s, err)
	}
}

func TestAMemoryThatFailsIsTold(t *testing.T) {
	fault := errors.New("disk gone")
	o, err := obssim.New(obssim.Options{Memory: &Memory{Err: fault}})
	if !errors.Is(err, fault) {
		t.Errorf("got %v, %v", o, err)
	}
	// What cannot be read as a service is as good as nothing.
	_, c := Start(t, obssim.Options{Memory: &Memory{Kept: secret.New("not JSON")}})
	if s, err := c.Service(t.Context()); err != nil || s.Type != "rtmp_common" {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestAnIngestThatRefuses(t *testing.T) {
	_, c := Start(t, obssim.Options{OnStream: func(_ string, key secret.Text, on bool) error {
		if on && key.Reveal() != "right" {
			return errors.New("refused")
		}
		return nil
	}})
	ctx := t.Context()
	if err := obstest.SetService(ctx, c, "rtmp://here/app", secret.New("wrong")); err != nil {
		t.Fatal(err)
	}
	if err := c.StartStream(ctx); !errors.Is(err, obs.ErrNotStarted) {
		t.Errorf("with the wrong key: %v", err)
	}
	if err := obstest.SetService(ctx, c, "rtmp://here/app", secret.New("right")); err != nil {
		t.Fatal(err)
	}
	if err := c.StartStream(ctx); err != nil {
		t.Errorf("with the right key: %v", err)
	}
}

func TestAnAddressThatIsTaken(t *testing.T) {
	o, _ := Start(t, obssim.Options{})
	if second, err := obssim.New(obssim.Options{Listen: o.Addr().String()}); err == nil {
		second.Close()
		t.Error("two of them listen on one address")
	}
}
