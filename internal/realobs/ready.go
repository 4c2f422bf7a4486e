//go:build linux

package realobs

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"cuelight/internal/realparts"
)

// seenVariable names a file to which the release of each OBS that answered is
// added: test.sh tells from it which releases were tested.
const seenVariable = "CUELIGHT_OBS_SEEN"

// WaitPort waits until the websocket takes a connection, which is before OBS
// takes requests.
func (o *OBS) WaitPort(ctx context.Context) error {
	return o.wait(ctx, func(ctx context.Context) error {
		c, err := realparts.ConnectOBS(ctx, o.Address(), o.Password)
		if err == nil {
			c.Close()
		}
		return err
	})
}

// WaitLog waits until OBS has printed a text in this run.
func (o *OBS) WaitLog(ctx context.Context, text string) error {
	return o.wait(ctx, func(context.Context) error {
		raw, err := os.ReadFile(o.logFile)
		if err == nil && !bytes.Contains(raw, []byte(text)) {
			err = fmt.Errorf("%q is not in its log", text)
		}
		return err
	})
}

// WaitReady waits until OBS takes requests: from 30 on it answers them with
// NotReady (207) while it loads.
func (o *OBS) WaitReady(ctx context.Context) error {
	if err := o.wait(ctx, o.askVersion); err != nil {
		return err
	}
	return o.noteSeen()
}

func (o *OBS) askVersion(ctx context.Context) error {
	c, err := realparts.ConnectOBS(ctx, o.Address(), o.Password)
	if err != nil {
		return err
	}
	defer c.Close()
	answer, err := c.Ask("GetVersion", nil)
	if err != nil {
		return err
	}
	o.Version, _ = answer["obsVersion"].(string)
	return nil
}

func (o *OBS) wait(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, o.options.Timeout)
	defer cancel()
	for {
		err := try(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-o.obs.ended:
			return fmt.Errorf("OBS ended before it answered: %s", o.Log())
		case <-ctx.Done():
			return fmt.Errorf("OBS does not answer: %w (%v); it shows %q: %s", ctx.Err(), err, o.UI.titles(), o.Log())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (o *OBS) noteSeen() error {
	name := os.Getenv(seenVariable)
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(file, o.Version)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Opened counts the connections that obs-websocket has taken in this run.
func (o *OBS) Opened() int {
	raw, _ := os.ReadFile(o.logFile)
	return strings.Count(string(raw), "New WebSocket client has connected")
}
