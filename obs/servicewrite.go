package obs

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"time"

	"github.com/andreykaipov/goobs/api/requests/config"
	"github.com/andreykaipov/goobs/api/typedefs"

	"cuelight/internal/secret"
)

// afterStop is for how long OBS goes on refusing new settings once its stream
// has stopped: seen up to 3 s.
const afterStop = 5 * time.Second

// setService is goobs' request with the settings left open: restoring needs
// fields that goobs' fixed settings do not have.
type setService struct {
	Type     string          `json:"streamServiceType"`
	Settings json.RawMessage `json:"streamServiceSettings"`
}

// GetRequestName makes it a request of goobs' api.
func (setService) GetRequestName() string {
	return (&config.SetStreamServiceSettingsParams{}).GetRequestName()
}

// serviceAnswer is goobs' answer with the settings left as they came.
type serviceAnswer struct {
	Type     string          `json:"streamServiceType"`
	Settings json.RawMessage `json:"streamServiceSettings"`
}

// Service reads where OBS streams to, with the key.
func (c *Client) Service(ctx context.Context) (Service, error) {
	var answer serviceAnswer
	if err := c.call(ctx, &config.GetStreamServiceSettingsParams{}, &answer); err != nil {
		return Service{}, err
	}
	return newService(answer.Type, answer.Settings)
}

// SetService points OBS at a server with a key, reads the settings back and
// compares. It always sends the full set of fields: OBS merges, and a login or
// a bandwidth test left over from before would break the stream.
//
// Errors: ErrStreaming while a stream runs (the write has to wait for its
// end), ErrMismatch when OBS holds something else afterwards, ErrUsage for an
// empty server or key, and those of any request.
func (c *Client) SetService(ctx context.Context, server string, key secret.Text) error {
	const op = "SetStreamServiceSettings"
	if server == "" || key.Empty() {
		return &Error{Kind: ErrUsage, Op: op, Comment: "server and key are both needed"}
	}
	settings, err := json.Marshal(typedefs.StreamServiceSettings{Server: server, Key: key.Reveal()})
	if err != nil {
		return &Error{Kind: ErrUsage, Op: op, Comment: "server or key cannot be sent"}
	}
	if err := c.writeService(ctx, setService{Type: TypeCustom, Settings: settings}); err != nil {
		return err
	}
	held, err := c.Service(ctx)
	if err != nil {
		return err
	}
	// Compared exactly, not with Matches: OBS keeps texts as they are.
	if held.Type != TypeCustom || held.Server != server || !held.Key.Equal(key) || held.useAuth || held.bwtest {
		return &Error{Kind: ErrMismatch, Op: op}
	}
	return nil
}

// RestoreService puts back what Service gave earlier: type and all settings.
// Settings that OBS has gained since are emptied, for it merges and cannot
// forget. Errors: as SetService.
func (c *Client) RestoreService(ctx context.Context, earlier Service) error {
	const op = "SetStreamServiceSettings"
	current, err := c.Service(ctx)
	if err != nil {
		return err
	}
	want, err := settingsMap(earlier)
	if err != nil {
		return err
	}
	if current.Type == earlier.Type {
		have, err := settingsMap(current)
		if err != nil {
			return err
		}
		emptyGained(want, have)
	}
	if len(want) == 0 {
		want["key"] = "" // OBS refuses an empty object (403)
	}
	raw, err := json.Marshal(want)
	if err != nil {
		return &Error{Kind: ErrUsage, Op: op, Comment: "the kept settings cannot be sent"}
	}
	if err := c.writeService(ctx, setService{Type: earlier.Type, Settings: raw}); err != nil {
		return err
	}
	held, err := c.Service(ctx)
	if err != nil {
		return err
	}
	have, err := settingsMap(held)
	if err != nil {
		return err
	}
	if held.Type != earlier.Type || !sameSettings(want, have) {
		return &Error{Kind: ErrMismatch, Op: op}
	}
	return nil
}

// writeService sends the settings, and waits out the moments after a stop in
// which OBS still refuses although nothing streams any more.
func (c *Client) writeService(ctx context.Context, params setService) error {
	giveUp := time.Now().Add(afterStop)
	for {
		err := c.call(ctx, params, nil)
		if !errors.Is(err, ErrStreaming) || time.Now().After(giveUp) {
			return err
		}
		status, statusErr := c.StreamStatus(ctx)
		if statusErr != nil || status.Active || status.Reconnecting {
			return err
		}
		if pauseErr := c.pause(ctx, params.GetRequestName(), 250*time.Millisecond); pauseErr != nil {
			return pauseErr
		}
	}
}

func settingsMap(s Service) (map[string]any, error) {
	fields := map[string]any{}
	if err := json.Unmarshal(s.raw(), &fields); err != nil {
		return nil, &Error{Kind: ErrProtocol, Op: "stream service", Comment: "settings are not an object"}
	}
	return fields, nil
}

// emptyGained adds to want, as empty values, the settings only have knows.
func emptyGained(want, have map[string]any) {
	for name, value := range have {
		if _, known := want[name]; known {
			continue
		}
		if zero, ok := zeroOf(value); ok {
			want[name] = zero
		}
	}
}

// zeroOf gives the empty value of a JSON value's type. OBS reads an empty
// value like an absent one.
func zeroOf(value any) (any, bool) {
	switch value.(type) {
	case string:
		return "", true
	case bool:
		return false, true
	case float64:
		return 0.0, true
	}
	return nil, false
}

// sameSettings compares, with an empty value equal to an absent one.
func sameSettings(a, b map[string]any) bool {
	covers := func(a, b map[string]any) bool {
		for name, value := range a {
			if zero, ok := zeroOf(value); ok && value == zero && b[name] == nil {
				continue
			}
			if !reflect.DeepEqual(value, b[name]) {
				return false
			}
		}
		return true
	}
	return covers(a, b) && covers(b, a)
}
