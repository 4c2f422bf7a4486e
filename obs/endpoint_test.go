package obs_test

import (
	"errors"
	"testing"

	"cuelight/obs"
)

func TestParseEndpoint(t *testing.T) {
	good := map[string]string{
		"192.168.0.2:4456": "192.168.0.2:4456", "studio": "studio:4455", ":4460": "localhost:4460",
		"[::1]:4455": "[::1]:4455", "::1": "[::1]:4455", "ws://pc:4455/": "pc:4455",
		"１９２.168.0.2：4456": "192.168.0.2:4456", "\ufeffstudio\u200b": "studio:4455",
	}
	for in, want := range good {
		e, err := obs.ParseEndpoint(in)
		if err != nil || e.Address() != want {
			t.Errorf("%q: %v, %v; want %s", in, e.Address(), err, want)
		}
	}
	for _, in := range []string{"", "host:0", "host:65536", "host:x", "http://host", "user@host:1", "a b:1", "a\u200bb:1", "a\u3164b:1"} {
		if e, err := obs.ParseEndpoint(in); !errors.Is(err, obs.ErrUsage) {
			t.Errorf("%q: %v, %v; want a refusal", in, e, err)
		}
	}
}
