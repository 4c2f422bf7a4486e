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
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// impostor says hello without a challenge, and gives the address it listens on;
// told is closed once it was told anything.
func impostor(t *testing.T) (at obs.Endpoint, told <-chan string) {
	t.Helper()
	heard := make(chan string, 1)
	upgrader := websocket.Upgrader{Subprotocols: []string{"obswebsocket.json"}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_ = conn.WriteMessage(websocket.TextMessage, []byte(`{"op":0,"d":{"obsWebSocketVersion":"5.5.4","rpcVersion":1}}`))
		if _, raw, err := conn.ReadMessage(); err == nil {
			heard <- string(raw)
		}
		close(heard)
	}))
	t.Cleanup(server.Close)
	at, err := obs.ParseEndpoint(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	return at, heard
}

func TestAnOBSThatDoesNotAskForTheKnownPasswordIsToldNothing(t *testing.T) {
	at, told := impostor(t)
	at.Password = secret.New("known")
	if c, err := obstest.Quick().Dial(t.Context(), at); c != nil || !errors.Is(err, obs.ErrUnprotected) {
		t.Errorf("got %v, %v", c, err)
	}
	if raw, ok := <-told; ok {
		t.Errorf("it was told %s", raw)
	}
}

func TestAnOBSWithoutAPasswordIsUsedWhereNoneIsKnownOrThatIsAllowed(t *testing.T) {
	o, err := obssim.New(obssim.Options{}) // without a password
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	allowed := o.Endpoint()
	allowed.Password, allowed.Unprotected = secret.New("known"), true
	older := o.Endpoint()
	older.Password = secret.New("of before")
	for name, endpoints := range map[string][]obs.Endpoint{
		"none is known": {o.Endpoint()},
		"it is allowed": {allowed},
		"OBS's own settings have authentication off": {older, o.Endpoint()},
	} {
		c, _, err := obstest.Quick().DialAny(t.Context(), endpoints...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c.Close()
	}
	if _, at, err := obstest.Quick().DialAny(t.Context(), older); !errors.Is(err, obs.ErrUnprotected) || at != older {
		t.Errorf("at %v: %v", at, err)
	}
}
