package obs

import (
	"context"
	"errors"
	"time"

	"github.com/andreykaipov/goobs/api/requests/config"

	"cuelight/internal/secret"
)

// opSetService is OBS's name of the request.
const opSetService = "SetStreamServiceSettings"

// afterStop is for how long OBS goes on refusing new settings once its stream
// has stopped: seen up to 3 s.
const afterStop = 5 * time.Second

// ReplaceService writes next in place of what expect says, and only there: it
// is the one way in which this package changes OBS's stream service.
//
// OBS offers no compare-and-write, so it is made of two steps. First what OBS
// holds is compared with expect; where it differs nothing is written. Then one
// batch reads profile and service, writes, and reads both back. Where that
// reveals a change in the moment between, what was overwritten is put back at
// once.
//
// A write that was begun is ended, also when the context is cancelled
// meanwhile. Right after a stop of the stream, in which OBS still refuses, it
// waits.
//
// found is what OBS held before; it is empty when that could not be read.
// Errors, and what OBS holds then:
//   - nil: next, read back and compared.
//   - ErrChanged: found, which is not what was expected.
//   - ErrMismatch: something else than was written; found is what was there
//     before. Another program wrote right after us, or OBS ignored the write.
//   - ErrTorn: not known; the *TornWriteError tells what is.
//   - ErrStreaming: found; OBS takes no settings while it streams.
//   - ErrClosed, ErrNoAnswer, ErrProtocol: found or next. Take a Snapshot.
//   - any other: found.
func (c *Client) ReplaceService(ctx context.Context, expect ServiceSnapshot, next Service) (found ServiceSnapshot, err error) {
	giveUp := time.Now().Add(afterStop)
	for {
		found, err = c.replaceOnce(ctx, expect, next)
		if !errors.Is(err, ErrStreaming) || time.Now().After(giveUp) {
			return found, err
		}
		status, statusErr := c.StreamStatus(ctx)
		if statusErr != nil || status.Active || status.Reconnecting {
			return found, err
		}
		if pauseErr := c.pause(ctx, opSetService, 250*time.Millisecond); pauseErr != nil {
			return found, pauseErr
		}
	}
}

func (c *Client) replaceOnce(ctx context.Context, expect ServiceSnapshot, next Service) (ServiceSnapshot, error) {
	found, err := c.Snapshot(ctx)
	if err != nil {
		return ServiceSnapshot{}, err
	}
	if !found.Equal(expect) {
		return found, &Error{Kind: ErrChanged, Op: opSetService}
	}
	ctx = context.WithoutCancel(ctx) // Dialer.Request and Dialer.NotReady bound it
	s, err := c.swap(ctx, expect.Service, next)
	switch {
	case err != nil && !s.written:
		return found, err
	case err == nil && !s.switched() && s.before.Equal(expect):
		if !became(expect.Service, next, s.after.Service) {
			return s.before, &Error{Kind: ErrMismatch, Op: opSetService}
		}
		return s.before, nil
	case err == nil && !s.switched():
		return c.undo(ctx, s)
	}
	return s.before, s.torn(err)
}

// undoAttempts is how many times over somebody else may write while we put back
// what they had written.
const undoAttempts = 3

// undo puts back what a write turned out to have overwritten. Should something
// have come in between once more, that is put back in its turn.
func (c *Client) undo(ctx context.Context, s swapped) (ServiceSnapshot, error) {
	for range undoAttempts {
		again, err := c.swap(ctx, s.after.Service, s.before.Service)
		if err != nil || again.switched() || again.before.Profile != s.before.Profile {
			return s.before, s.torn(err)
		}
		if again.before.Service.Equal(s.after.Service) {
			if !became(s.after.Service, s.before.Service, again.after.Service) {
				return s.before, s.torn(nil)
			}
			return s.before, &Error{Kind: ErrChanged, Op: opSetService}
		}
		s = again
	}
	return s.before, s.torn(nil)
}

// TornWriteError tells what is known of a write that met another change and
// could not be undone. It is of kind ErrTorn and prints no key.
type TornWriteError struct {
	// Before is what OBS gave right before the write. Its service may have been
	// overwritten, and is what to put back into that profile.
	Before ServiceSnapshot
	// After is what OBS gave right after it; empty when it could not be read.
	// Where its profile is another one, the write may have gone into either.
	After ServiceSnapshot
	// Err is why it could not be undone or read back; may be nil.
	Err error
}

// Error gives one English line for logs.
func (e *TornWriteError) Error() string {
	s := "obs " + opSetService + ": " + ErrTorn.Error()
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Is matches ErrTorn.
func (e *TornWriteError) Is(target error) bool { return target == ErrTorn }

// Unwrap gives the cause.
func (e *TornWriteError) Unwrap() error { return e.Err }

// swapped is the outcome of swap.
type swapped struct {
	// profiles are the names before and after reading before, and before and
	// after reading after.
	profiles [4]string
	// before and after are what OBS held around the write.
	before, after ServiceSnapshot
	// written: OBS took the write.
	written bool
}

// switched reports whether another profile came into use meanwhile.
func (s swapped) switched() bool {
	p := s.profiles
	return p[0] != p[1] || p[1] != p[2] || p[2] != p[3]
}

func (s swapped) torn(cause error) error {
	return &TornWriteError{Before: s.before, After: s.after, Err: cause}
}

// setService is goobs' request with the settings left open: restoring needs
// fields that goobs' fixed settings do not have.
type setService struct {
	Type     string         `json:"streamServiceType"`
	Settings map[string]any `json:"streamServiceSettings"`
}

// GetRequestName makes it a request of goobs' api.
func (setService) GetRequestName() string { return opSetService }

// swap turns OBS's stream service from one into another, and reads what it
// holds before and after, in one batch.
func (c *Client) swap(ctx context.Context, from, next Service) (s swapped, err error) {
	var profiles [4]config.GetProfileListResponse
	var before, after serviceAnswer
	done, err := c.batch(
		ctx,
		readProfile(&profiles[0]), readService(&before), readProfile(&profiles[1]),
		batchCall{setService{Type: next.Type, Settings: change(from, next)}, nil},
		readProfile(&profiles[2]), readService(&after), readProfile(&profiles[3]),
	)
	for i, p := range profiles {
		s.profiles[i] = p.CurrentProfileName
	}
	const write = 3 // its place in the batch
	if s.written = done > write; !s.written {
		return s, err
	}
	var beforeErr, afterErr error
	s.before.Profile = s.profiles[1]
	s.before.Service, beforeErr = newService(before.Type, before.Settings)
	if err == nil {
		s.after.Profile = s.profiles[2]
		s.after.Service, afterErr = newService(after.Type, after.Settings)
	}
	return s, errors.Join(err, beforeErr, afterErr)
}

// SetService points OBS at a server with a key, whatever it held before.
// Errors: those of WithServer and ReplaceService.
func (c *Client) SetService(ctx context.Context, server string, key secret.Text) error {
	present, err := c.Snapshot(ctx)
	if err != nil {
		return err
	}
	next, err := present.Service.WithServer(server, key)
	if err != nil {
		return err
	}
	_, err = c.ReplaceService(ctx, present, next)
	return err
}

// RestoreService puts back what Service gave earlier, type and all settings,
// whatever OBS holds. Errors: those of ReplaceService.
func (c *Client) RestoreService(ctx context.Context, earlier Service) error {
	present, err := c.Snapshot(ctx)
	if err != nil {
		return err
	}
	_, err = c.ReplaceService(ctx, present, earlier)
	return err
}
