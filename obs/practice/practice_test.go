package practice_test

import (
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/practice"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a Memory in memory.
type memory struct {
	kept secret.Text
	err  error
}

func (m *memory) Load() (secret.Text, error)  { return m.kept, m.err }
func (m *memory) Save(text secret.Text) error { m.kept = text; return m.err }

func start(t *testing.T, options practice.Options) (*practice.OBS, *obs.Client) {
	t.Helper()
	o, err := practice.New(options)
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

func TestItSaysThatItIsForPractice(t *testing.T) {
	_, c := start(t, practice.Options{})
	v, err := c.Version(t.Context())
	if err != nil || !strings.Contains(v.OBS, "practice") || v.Platform != "practice" {
		t.Errorf("version %+v, %v", v, err)
	}
}

func TestTheServiceOutlivesIt(t *testing.T) {
	m := &memory{}
	_, c := start(t, practice.Options{Memory: m})
	if err := c.SetService(t.Context(), "rtmp://here/app", secret.New("k")); err != nil {
		t.Fatal(err)
	}
	_, later := start(t, practice.Options{Memory: m})
	s, err := later.Service(t.Context())
	if err != nil || !s.Matches("rtmp://here/app", secret.New("k")) {
		t.Errorf("after a restart it holds %v, %v", s, err)
	}
}

func TestAMemoryThatFailsIsTold(t *testing.T) {
	fault := errors.New("disk gone")
	o, err := practice.New(practice.Options{Memory: &memory{err: fault}})
	if !errors.Is(err, fault) {
		t.Errorf("got %v, %v", o, err)
	}
	// What cannot be read as a service is as good as nothing.
	_, c := start(t, practice.Options{Memory: &memory{kept: secret.New("not JSON")}})
	if s, err := c.Service(t.Context()); err != nil || s.Type != "rtmp_common" {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestAnIngestThatRefuses(t *testing.T) {
	_, c := start(t, practice.Options{OnStream: func(_ string, key secret.Text, on bool) error {
		if on && key.Reveal() != "right" {
			return errors.New("refused")
		}
		return nil
	}})
	ctx := t.Context()
	if err := c.SetService(ctx, "rtmp://here/app", secret.New("wrong")); err != nil {
		t.Fatal(err)
	}
	if err := c.StartStream(ctx); !errors.Is(err, obs.ErrNotStarted) {
		t.Errorf("with the wrong key: %v", err)
	}
	if err := c.SetService(ctx, "rtmp://here/app", secret.New("right")); err != nil {
		t.Fatal(err)
	}
	if err := c.StartStream(ctx); err != nil {
		t.Errorf("with the right key: %v", err)
	}
}

func TestAnAddressThatIsTaken(t *testing.T) {
	o, _ := start(t, practice.Options{})
	if second, err := practice.New(practice.Options{Listen: o.Addr().String()}); err == nil {
		second.Close()
		t.Error("two of them listen on one address")
	}
}
