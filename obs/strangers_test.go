package obs_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obstest"
)

func TestTruthAndNumbersAreReadHoweverWritten(t *testing.T) {
	c := obstest.Dial(t, obstest.Quick(), speaker(t, plainHello, identified,
		`{"op":7,"d":{"requestId":"1","requestStatus":{"code":"100","result":1},"responseData":{"outputActive":1,"outputReconnecting":"false","outputBytes":"1234","outputCongestion":"0.5"}}}`,
		`{"op":7,"d":{"requestId":"2","requestStatus":{"code":100,"result":true},"responseData":{"streamServiceType":"rtmp_custom","streamServiceSettings":{"server":"rtmp://h/app","key":"k","use_auth":0,"bwtest":"false"}}}}`,
	))
	status, err := c.StreamStatus(t.Context())
	if err != nil || !status.Active || status.Reconnecting {
		t.Errorf("the stream is %+v, %v", status, err)
	}
	service, err := c.Service(t.Context())
	if err != nil || !service.Matches("rtmp://h/app", secret.New("k")) {
		t.Errorf("the service is %v, %v", service, err)
	}
}

func TestWordsOfOBSAreSafeToShow(t *testing.T) {
	const hostile = `\u001b[2J32\n\u202e.2\u009b1m\u200b`
	c := obstest.Dial(t, obstest.Quick(), speaker(t, plainHello, identified,
		`{"op":7,"d":{"requestId":"1","requestStatus":{"code":100,"result":true},"responseData":{"obsVersion":"`+hostile+`"}}}`,
		`{"op":7,"d":{"requestId":"2","requestStatus":{"code":700,"result":false,"comment":"`+hostile+strings.Repeat("x", 1000)+`"}}}`,
	))
	version, err := c.Version(t.Context())
	if err != nil || version.OBS != "32 .2" {
		t.Errorf("version %q, %v", version.OBS, err)
	}
	_, err = c.Version(t.Context())
	var e *obs.Error
	if !errors.As(err, &e) || !strings.HasPrefix(e.Comment, "32 .2x") || len(e.Comment) > 310 {
		t.Errorf("refused with %+q", err)
	}
}

func TestTheReasonOfACloseIsSafeToShow(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{Subprotocols: []string{"obswebsocket.json"}}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(4009, "no\x1b[31m\nway\u202e"))
	}))
	defer server.Close()
	endpoint, err := obs.ParseEndpoint(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_, err = obstest.Quick().Dial(t.Context(), endpoint)
	var e *obs.Error
	if !errors.As(err, &e) || e.Comment != "no way" {
		t.Errorf("closed with %+q", err)
	}
}

func TestNothingInvisibleIsWrittenToOBS(t *testing.T) {
	for _, c := range []struct{ server, key string }{
		{"rtmp://h/app", "k\x1b[0m"}, {"rtmp://h/app", "k\n"}, {"rtmp://h/app", "k\x00"}, {"rtmp://h/app", "\u200bk"}, {"rtmp://h/\x07app", "k"},
	} {
		if _, err := (obs.Service{}).WithServer(c.server, secret.New(c.key)); !errors.Is(err, obs.ErrUsage) {
			t.Errorf("%q, %q: %v", c.server, c.key, err)
		}
	}
}

func FuzzStoredService(f *testing.F) {
	for _, kept := range []string{
		`{"v":1,"type":"rtmp_custom","settings":{"server":"rtmp://h/app","key":"k","use_auth":1}}`,
		`{"v":1,"type":"rtmp_common","settings":{"service":"Twitch","key":"k","bwtest":"x"}}`,
		`{"v":1,"type":"a","settings":[]}`, `{"v":2}`, `[`,
	} {
		f.Add(kept)
	}
	f.Fuzz(func(t *testing.T, kept string) {
		service, err := obs.OpenService(secret.New(kept))
		if err != nil {
			return
		}
		again, err := obs.OpenService(service.Seal())
		if err != nil || !again.Equal(service) {
			t.Errorf("%q is not the same once kept again: %v", kept, err)
		}
	})
}
