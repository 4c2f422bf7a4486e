package link

import (
	"errors"

	"github.com/gorilla/websocket"

	"cuelight/obs"
	"cuelight/obs/wire"
)

// Transient reports whether a connection ended, or could not be made, in a way that
// a running OBS has for some seconds: it fell silent, as it does while it switches
// scene collections, or it closed its server, as it does to start it again with
// other settings. A process that died looks otherwise: nothing listens any more.
func Transient(err error) bool {
	var e *obs.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Kind {
	case obs.ErrSilent, obs.ErrNoAnswer:
		return true
	case obs.ErrClosed:
		return errors.Is(err, wire.ErrSilent) || e.Code == websocket.CloseGoingAway || e.Code == websocket.CloseNormalClosure
	}
	return false
}
