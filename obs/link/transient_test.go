package link_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gorilla/websocket"

	"cuelight/obs"
	"cuelight/obs/link"
	"cuelight/obs/wire"
)

func TestWhatARunningOBSIsBackFromWithinSeconds(t *testing.T) {
	closed := func(code int, cause error) error {
		return &obs.Error{Kind: obs.ErrClosed, Op: "read", Code: code, Err: cause}
	}
	for _, c := range []struct {
		name string
		err  error
		want bool
	}{
		{"fell silent", closed(0, wire.ErrSilent), true},
		{"took the connection and said nothing", &obs.Error{Kind: obs.ErrSilent, Op: "dial"}, true},
		{"closed its server", closed(websocket.CloseGoingAway, nil), true},
		{"wrapped", fmt.Errorf("lost: %w", closed(0, wire.ErrSilent)), true},
		{"died", closed(websocket.CloseAbnormalClosure, nil), false},
		{"reset", closed(0, errors.New("connection reset by peer")), false},
		{"nothing listens", &obs.Error{Kind: obs.ErrUnreachable, Op: "dial"}, false},
		{"closed by us", closed(0, wire.ErrClosed), false},
		{"the user ended the session", &obs.Error{Kind: obs.ErrKicked, Op: "read", Code: 4011}, false},
		{"something else", errors.New("something else"), false},
		{"nothing", nil, false},
	} {
		if got := link.Transient(c.err); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
