package obslink_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"cuelight/app/obslink"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/link"
)

func TestAnOBSThatAsksForNoPasswordIsUsedOnlyWhenAllowed(t *testing.T) {
	port := running(t, "")
	files := []file{{native + newer, settings(port, "known")}}
	vault := &memory{items: map[string]secret.Text{}}

	command := connect(t, vault, "", files...)
	_, err := command.Client(t.Context())
	if !errors.Is(err, obs.ErrUnprotected) || obslink.LinkStateOf(err) != state.LinkUnprotected {
		t.Errorf("a command: %v", err)
	}

	window := connect(t, vault, "", files...)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	refused, connected := 0, false
	window.Run(ctx, func(e link.Event, _ obslink.Place) {
		switch {
		case e.Kind == link.Waiting && errors.Is(e.Err, obs.ErrUnprotected):
			refused++
			go window.AllowUnprotected() // as the user does when asked
		case e.Kind == link.Connected:
			connected = true
			cancel()
		}
	})
	if refused != 1 || !connected {
		t.Errorf("refused %d times, connected %v", refused, connected)
	}
	if len(vault.items) != 0 {
		t.Error("the password that is kept was changed")
	}

	// Settings of OBS that have authentication off are OBS's own word for it.
	off := []file{{native + newer, `{"server_enabled":true,"server_port":` + strconv.Itoa(port) + `,"auth_required":false,"server_password":"of before"}`}}
	if _, err := connect(t, &memory{items: map[string]secret.Text{"obs/password/localhost:" + strconv.Itoa(port): secret.New("kept")}}, "", off...).Client(t.Context()); err != nil {
		t.Errorf("switched off in OBS: %v", err)
	}
}
