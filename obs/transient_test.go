package obs

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/gorilla/websocket"

	"cuelight/obs/wire"
)

func TestWhatARunningOBSIsBackFromWithinSeconds(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want bool
	}{
		{"fell silent", wireError("ping", wire.ErrSilent), true},
		{"took the connection and said nothing", &Error{Kind: ErrSilent, Op: "dial"}, true},
		{"closed its server", wireError("read", &websocket.CloseError{Code: websocket.CloseGoingAway}), true},
		{"wrapped", fmt.Errorf("lost: %w", wireError("ping", wire.ErrSilent)), true},
		{"died", wireError("read", &websocket.CloseError{Code: websocket.CloseAbnormalClosure, Text: io.ErrUnexpectedEOF.Error()}), false},
		{"nothing listens", &Error{Kind: ErrUnreachable, Op: "dial"}, false},
		{"closed by us", wireError("read", wire.ErrClosed), false},
		{"the user ended the session", wireError("read", &websocket.CloseError{Code: 4011}), false},
		{"something else", errors.New("something else"), false},
		{"nothing", nil, false},
	} {
		if got := Transient(c.err); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
