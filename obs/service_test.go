package obs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/link"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestSetServiceClearsWhatWasThere(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{
		"server": "rtmp://old/", "key": "old", "use_auth": true,
		"username": "me", "password": "pw", "bwtest": true, "other": "stays",
	})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	if err := c.SetService(t.Context(), "rtmp://new/", secret.New("new")); err != nil {
		t.Fatal(err)
	}
	_, got := o.Service()
	want := map[string]any{
		"server": "rtmp://new/", "key": "new", "use_auth": false,
		"username": "", "password": "", "bwtest": false, "other": "stays",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("OBS holds %v\nwant %v", got, want)
	}
}

func TestSetServiceNoticesThatOBSHoldsSomethingElse(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.Faults(func(f *obssim.Faults) { f.IgnoreWrites = true })
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	obstest.WantKind(t, c.SetService(t.Context(), "rtmp://new/", secret.New("new")), obs.ErrMismatch)
}

func TestSetServiceWithNothingIsNotSent(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	obstest.WantKind(t, c.SetService(t.Context(), "", secret.New("k")), obs.ErrUsage)
	obstest.WantKind(t, c.SetService(t.Context(), "rtmp://new/", secret.Text{}), obs.ErrUsage)
}

func TestSetServiceRightAfterAStopIsWaitedOut(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	o.Faults(func(f *obssim.Faults) { f.RefuseAfterStop = 700 * time.Millisecond })
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	if err := errors.Join(c.StartStream(t.Context()), c.StopStream(t.Context())); err != nil {
		t.Fatal(err)
	}
	if err := c.SetService(t.Context(), "rtmp://new/", secret.New("new")); err != nil {
		t.Fatal(err)
	}
}

func TestRestoreService(t *testing.T) {
	tests := map[string]struct {
		typ      string
		settings map[string]any
	}{
		"a named service": {"rtmp_common", map[string]any{"service": "Twitch", "server": "auto", "key": "theirs"}},
		"nothing yet":     {"rtmp_common", map[string]any{}},
		"a custom server with a login": {obs.TypeCustom, map[string]any{
			"server": "rtmp://theirs/", "key": "theirs", "use_auth": true, "username": "me", "password": "pw",
		}},
		"a custom server without a key": {obs.TypeCustom, map[string]any{"server": "srt://theirs:9000"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := obstest.StartSim(t, obssim.Options{})
			o.ChangeService(tt.typ, tt.settings)
			c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
			earlier, err := c.Service(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			kept, err := obs.OpenService(earlier.Seal())
			if err != nil || kept.Fingerprint() != earlier.Fingerprint() {
				t.Fatalf("kept %v, %v", kept, err)
			}
			if err := c.SetService(t.Context(), "rtmp://ours/", secret.New("ours")); err != nil {
				t.Fatal(err)
			}
			if err := c.RestoreService(t.Context(), kept); err != nil {
				t.Fatal(err)
			}
			typ, got := o.Service()
			if typ != tt.typ {
				t.Errorf("type %s, want %s", typ, tt.typ)
			}
			for name, value := range got {
				if want := tt.settings[name]; value != want && value != "" && value != false {
					t.Errorf("%s is %v, was %v", name, value, want)
				}
			}
			for name, want := range tt.settings {
				if got[name] != want {
					t.Errorf("%s is %v, was %v", name, got[name], want)
				}
			}
		})
	}
}

func TestOpenServiceRefusesWhatIsNoService(t *testing.T) {
	for _, text := range []string{"", "{}", "x", `{"v":2,"type":"a"}`, `{"v":1,"type":"a","settings":[1]}`} {
		if s, err := obs.OpenService(secret.New(text)); err == nil {
			t.Errorf("%q opens as %v", text, s)
		}
	}
}

func TestMatches(t *testing.T) {
	key := secret.New("k")
	tests := map[string]struct {
		typ, settings string
		want          bool
	}{
		"the same":            {obs.TypeCustom, `{"server":"rtmp://a/b","key":"k"}`, true},
		"a slash at the end":  {obs.TypeCustom, `{"server":"rtmp://a/b/","key":"k"}`, true},
		"another key":         {obs.TypeCustom, `{"server":"rtmp://a/b","key":"x"}`, false},
		"another server":      {obs.TypeCustom, `{"server":"rtmp://a/c","key":"k"}`, false},
		"another type":        {"rtmp_common", `{"server":"rtmp://a/b","key":"k"}`, false},
		"a login besides":     {obs.TypeCustom, `{"server":"rtmp://a/b","key":"k","use_auth":true}`, false},
		"a test of bandwidth": {obs.TypeCustom, `{"server":"rtmp://a/b","key":"k","bwtest":true}`, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := obs.OpenService(secret.New(`{"v":1,"type":"` + tt.typ + `","settings":` + tt.settings + `}`))
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Matches("rtmp://a/b", key); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestAServiceNeverPrintsItsSecrets(t *testing.T) {
	s, err := obs.OpenService(secret.New(`{"v":1,"type":"rtmp_custom","settings":{
		"server":"srt://user:hidden1@host:9000?passphrase=hidden2","key":"hidden3","password":"hidden4"}}`))
	if err != nil {
		t.Fatal(err)
	}
	holder := struct{ inner obs.Service }{s}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "service", s)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "service", s)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		fmt.Fprintf(&log, verb, s)
		fmt.Fprintf(&log, verb, link.Event{Service: s})
	}
	fmt.Fprint(&log, s.Fingerprint(), s.DisplayServer(), s.Seal())
	if strings.Contains(log.String(), "hidden") {
		t.Errorf("printed: %s", log.String())
	}
	log.Reset()
	fmt.Fprintf(&log, "%+v", holder)
	if strings.Contains(log.String(), "hidden4") {
		t.Errorf("within another value: %s", log.String())
	}
	encoded, err := json.Marshal(s)
	if err != nil || strings.Contains(string(encoded), "hidden3") {
		t.Errorf("encoded: %s, %v", encoded, err)
	}
}
