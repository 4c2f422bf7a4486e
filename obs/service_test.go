package obs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
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
	if err := obstest.SetService(t.Context(), c, "rtmp://new/", secret.New("new")); err != nil {
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
	obstest.WantKind(t, obstest.SetService(t.Context(), c, "rtmp://new/", secret.New("new")), obs.ErrMismatch)
}

func TestSetServiceWithNothingIsNotSent(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	obstest.WantKind(t, obstest.SetService(t.Context(), c, "", secret.New("k")), obs.ErrUsage)
	obstest.WantKind(t, obstest.SetService(t.Context(), c, "rtmp://new/", secret.Text{}), obs.ErrUsage)
}

func TestSetServiceRightAfterAStopIsWaitedOut(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	var looks atomic.Int32
	o.Faults(func(f *obssim.Faults) {
		f.RefuseAfterStop = 700 * time.Millisecond
		f.InBatch = func(done int, request string) {
			if done == 1 && request == "GetProfileList" {
				looks.Add(1)
			}
		}
	})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	if err := errors.Join(c.StartStream(t.Context()), c.StopStream(t.Context())); err != nil {
		t.Fatal(err)
	}
	if err := obstest.SetService(t.Context(), c, "rtmp://new/", secret.New("new")); err != nil {
		t.Fatal(err)
	}
	if _, got := o.Service(); got["server"] != "rtmp://new/" || got["key"] != "new" {
		t.Errorf("OBS holds %v", got)
	}
	if n := looks.Load(); n > 10 { // a try a quarter of a second, of two looks at most
		t.Errorf("OBS was looked at %d times", n)
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
			if err := obstest.SetService(t.Context(), c, "rtmp://ours/", secret.New("ours")); err != nil {
				t.Fatal(err)
			}
			if err := obstest.RestoreService(t.Context(), c, kept); err != nil {
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

// service is a stream service with these settings.
func service(t *testing.T, typ, settings string) obs.Service {
	t.Helper()
	s, err := obs.OpenService(secret.New(`{"v":1,"type":"` + typ + `","settings":` + settings + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEqualServices(t *testing.T) {
	tests := map[string]struct {
		typ, settings string
		want          bool
	}{
		"the same in another order": {obs.TypeCustom, `{"key":"k", "server":"rtmp://a","n":1}`, true},
		"empty values besides":      {obs.TypeCustom, `{"server":"rtmp://a","key":"k","n":1,"username":"","bwtest":false,"m":0,"z":null}`, true},
		"another type":              {"rtmp_common", `{"server":"rtmp://a","key":"k","n":1}`, false},
		"another key":               {obs.TypeCustom, `{"server":"rtmp://a","key":"x","n":1}`, false},
		"one setting less":          {obs.TypeCustom, `{"server":"rtmp://a","key":"k"}`, false},
		"one setting more":          {obs.TypeCustom, `{"server":"rtmp://a","key":"k","n":1,"bwtest":true}`, false},
		"a list more":               {obs.TypeCustom, `{"server":"rtmp://a","key":"k","n":1,"list":[]}`, false},
	}
	one := service(t, obs.TypeCustom, `{"server":"rtmp://a","key":"k","n":1}`)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			other := service(t, tt.typ, tt.settings)
			if one.Equal(other) != tt.want || other.Equal(one) != tt.want {
				t.Errorf("want %v both ways", tt.want)
			}
			if tt.want && name == "the same in another order" && one.Fingerprint() != other.Fingerprint() {
				t.Error("equal services have two fingerprints")
			}
		})
	}
	if one.Fingerprint() == service(t, "rtmp_common", `{"server":"rtmp://a","key":"k","n":1}`).Fingerprint() {
		t.Error("two types have one fingerprint")
	}
	if !(obs.Service{Type: "a"}).Equal(service(t, "a", `{}`)) || !service(t, "a", `null`).Equal(obs.Service{Type: "a"}) {
		t.Error("a service without settings is not an empty one")
	}
}

func TestWithServer(t *testing.T) {
	key := secret.New("k")
	custom := service(t, obs.TypeCustom, `{"server":"x","key":"y","username":"me","own":"stays"}`)
	next, err := custom.WithServer("rtmp://a/b", key)
	want := service(t, obs.TypeCustom, `{"server":"rtmp://a/b","key":"k","own":"stays"}`)
	if err != nil || !next.Equal(want) || !next.Matches("rtmp://a/b", key) {
		t.Errorf("got %v, %v", next, err)
	}
	next, err = service(t, "rtmp_common", `{"service":"Twitch","server":"auto","own":"goes"}`).WithServer("rtmp://a/b", key)
	if err != nil || !next.Equal(service(t, obs.TypeCustom, `{"server":"rtmp://a/b","key":"k"}`)) || next.Name != "" {
		t.Errorf("got %v, %v", next, err)
	}
	for name, bad := range map[string][2]string{
		"no server": {"", "k"}, "no key": {"rtmp://a", ""}, "no text": {"rtmp://\xff", "k"}, "a key that is no text": {"rtmp://a", "\xff"},
	} {
		if _, err := custom.WithServer(bad[0], secret.New(bad[1])); !errors.Is(err, obs.ErrUsage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHowAServiceIsCalled(t *testing.T) {
	tests := map[string]struct {
		service               obs.Service
		prints, server, place string
		empty                 bool
	}{
		"a custom server": {
			service(t, obs.TypeCustom, `{"server":"rtmp://me:pw@a/b?x=y#z"}`),
			"rtmp_custom rtmp://a/b " + secret.Text{}.String(), "rtmp://a/b", "rtmp://a/b", false,
		},
		"a named one": {
			service(t, "rtmp_common", `{"service":"Twitch","server":"auto"}`),
			"rtmp_common Twitch auto " + secret.Text{}.String(), "auto", "Twitch", false,
		},
		"no address": {service(t, "a", `{"server":"rtmp://[::1"}`), "a  " + secret.Text{}.String(), "", "", false},
		"a key alone": {
			service(t, "a", `{"key":"k"}`), "a  " + secret.New("k").String(), "", "", false,
		},
		"nothing":      {service(t, "a", `{}`), "a  " + secret.Text{}.String(), "", "", true},
		"a name alone": {service(t, "a", `{"service":"Twitch"}`), "a Twitch  " + secret.Text{}.String(), "", "Twitch", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := fmt.Sprint(tt.service); got != tt.prints {
				t.Errorf("prints %q, want %q", got, tt.prints)
			}
			if tt.service.DisplayServer() != tt.server || tt.service.Place() != tt.place || tt.service.Empty() != tt.empty {
				t.Errorf("server %q, place %q, empty %v", tt.service.DisplayServer(), tt.service.Place(), tt.service.Empty())
			}
		})
	}
}
