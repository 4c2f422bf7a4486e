package obs_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"cuelight/obs"
	"cuelight/obs/obstest"
)

// speaker is a server that says given things, each after one message came in
// (the first at once), and then only listens.
func speaker(t *testing.T, lines ...string) obs.Endpoint {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{Subprotocols: []string{"obswebsocket.json"}}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		for i, line := range lines {
			if i > 0 {
				if _, _, err := conn.ReadMessage(); err != nil {
					return
				}
			}
			for part := range strings.SplitSeq(line, "\n") {
				_ = conn.WriteMessage(websocket.TextMessage, []byte(part))
			}
		}
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	e, err := obs.ParseEndpoint(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const (
	plainHello = `{"op":0,"d":{"obsWebSocketVersion":"5.5.4","rpcVersion":1}}`
	identified = `{"op":2,"d":{"negotiatedRpcVersion":1}}`
)

func TestDialMeetsNonsense(t *testing.T) {
	for name, lines := range map[string][]string{
		"no JSON":               {`hello`},
		"an empty object":       {`{}`},
		"a hello of other form": {`{"op":0,"d":[1,2]}`},
		"an older protocol":     {`{"op":0,"d":{"obsWebSocketVersion":"4.9.1","rpcVersion":0}}`},
		"an event as hello":     {`{"op":5,"d":{}}`},
		"a hello twice":         {plainHello, plainHello},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := obstest.Quick().Dial(t.Context(), speaker(t, lines...))
			obstest.WantKind(t, err, obs.ErrProtocol)
		})
	}
}

func TestStrangeMessagesDoNotHarm(t *testing.T) {
	answer := strings.Join([]string{
		`{"op":9,"d":{"results":[]}}`,
		`{"op":77}`,
		`{"op":5,"d":{"eventType":"SomethingNew","eventIntent":1,"eventData":{"a":1}}}`,
		`{"op":5,"d":{"eventType":"StreamStateChanged","eventIntent":64,"eventData":"text"}}`,
		`{"op":7,"d":{"requestId":"nobody","requestStatus":{"code":100,"result":true}}}`,
		`{"op":7,"d":"text"}`,
		`{"op":7,"d":{"requestId":"1","requestStatus":{"code":100,"result":true},"responseData":{"obsVersion":"33.0","new":[1]}}}`,
	}, "\n")
	c := obstest.Dial(t, obstest.Quick(), speaker(t, plainHello, identified, answer))
	v, err := c.Version(t.Context())
	if err != nil || v.OBS != "33.0" {
		t.Errorf("version %+v, %v", v, err)
	}
}

func TestAnswersThatCannotBe(t *testing.T) {
	c := obstest.Dial(t, obstest.Quick(), speaker(t, plainHello, identified,
		`{"op":7,"d":{"requestId":"1","requestStatus":{"code":100,"result":true},"responseData":{"streamServiceType":7,"streamServiceSettings":{"key":"hidden"}}}}`,
		`{"op":7,"d":{"requestId":"2","requestStatus":{"code":100,"result":true},"responseData":{"streamServiceType":"a","streamServiceSettings":{"key":{"hidden":1}}}}}`,
		"this is not JSON at all: hidden",
	))
	for range 2 {
		_, err := c.Service(t.Context())
		obstest.WantKind(t, err, obs.ErrProtocol)
		if strings.Contains(err.Error(), "hidden") {
			t.Errorf("the error quotes the answer: %v", err)
		}
	}
	_, err := c.Service(t.Context())
	obstest.WantKind(t, err, obs.ErrProtocol)
	select {
	case <-c.Done():
	case <-time.After(time.Second):
		t.Error("a connection that speaks no JSON is kept")
	}
	if strings.Contains(c.Err().Error(), "hidden") || !errors.Is(c.Err(), obs.ErrProtocol) {
		t.Errorf("ended with %v", c.Err())
	}
}

func TestUpgradeAndThenSilence(t *testing.T) {
	for name, lines := range map[string][]string{
		"before hello": nil, "after hello": {plainHello},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			_, err := obstest.Quick().Dial(t.Context(), speaker(t, lines...))
			obstest.WantKind(t, err, obs.ErrUnreachable)
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	t.Run("cancelled meanwhile", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		_, err := obs.Dial(ctx, speaker(t))
		obstest.WantKind(t, err, context.Canceled)
	})
}
