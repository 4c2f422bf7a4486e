package obs

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/andreykaipov/goobs/api/requests/config"

	"cuelight/obs/precondition"
	"cuelight/obs/settings"
)

// opSetService is OBS's name of the request.
const opSetService = "SetStreamServiceSettings"

// afterStop is for how long OBS goes on refusing new settings once its stream
// has stopped: seen up to 3 s.
const afterStop = 5 * time.Second

// ReplaceService writes next in place of what expect says, and only there: it
// is the one way in which this package changes OBS's stream service.
//
// OBS offers no compare-and-write, so it is made of steps. First what OBS holds
// is compared with expect; where it differs nothing is written. Then one batch
// reads profile and service, writes, and reads both back. OBS refuses that write
// where another profile has come into use (package precondition). Where the
// batch reveals another change in the moment between, what was overwritten is
// put back at once.
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
	w, giveUp := serviceWriter{c}, time.Now().Add(afterStop)
	for {
		found, err = w.replaceOnce(ctx, expect, next)
		switch {
		case errors.Is(err, errSwitching):
			continue // to be compared afresh; a Snapshot gives up when that goes on
		case !errors.Is(err, ErrStreaming) || time.Now().After(giveUp):
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

// serviceWriter takes the steps of ReplaceService.
type serviceWriter struct{ client *Client }

// replaceOnce compares and writes. Its error is errSwitching when a switch of
// the profile came in between and nothing was sent.
func (w serviceWriter) replaceOnce(ctx context.Context, expect ServiceSnapshot, next Service) (ServiceSnapshot, error) {
	found, switches, err := w.client.snapshot(ctx)
	if err != nil {
		return ServiceSnapshot{}, err
	}
	if !found.Equal(expect) {
		return found, &Error{Kind: ErrChanged, Op: opSetService}
	}
	if err := ctx.Err(); err != nil {
		return found, ctxError(opSetService, err)
	}
	ctx = context.WithoutCancel(ctx) // Dialer.Request and Dialer.NotReady bound it
	s, err := w.swap(ctx, switches, expect, next)
	if !s.written {
		return found, err
	}
	if err == nil && s.went(expect) && settings.Became(expect.Service.typed(), next.typed(), s.after.Service.typed()) {
		return s.before, nil
	}
	if err != nil || s.switched {
		return s.before, s.torn(err)
	}
	if !s.before.Equal(expect) {
		return w.undo(ctx, switches, s)
	}
	return s.before, &Error{Kind: ErrMismatch, Op: opSetService}
}

// undoAttempts is how many times over somebody else may write while we put back
// what they had written.
const undoAttempts = 3

// undo puts back what a write turned out to have overwritten. Should something
// have come in between once more, that is put back in its turn. Where the
// profile is being switched nothing is certain, and nothing more is written.
func (w serviceWriter) undo(ctx context.Context, switches int, s swapped) (ServiceSnapshot, error) {
	if err := w.client.pause(ctx, opSetService, switchIsTold); err != nil {
		return s.before, s.torn(err)
	}
	for range undoAttempts {
		again, err := w.swap(ctx, switches, ServiceSnapshot{Profile: s.before.Profile, Service: s.after.Service}, s.before.Service)
		if errors.Is(err, errSwitching) {
			err = nil // nothing was sent, and that is all it says
			again.switched = true
		}
		if err != nil || again.switched || again.before.Profile != s.before.Profile {
			return s.before, s.torn(err)
		}
		if again.before.Service.Equal(s.after.Service) {
			if !settings.Became(s.after.Service.typed(), s.before.Service.typed(), again.after.Service.typed()) {
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
//
// In the midst of a switch OBS goes by the name of the new profile, gives the
// service of the old one and writes into the new: where Before has another
// profile than was expected and the service that was expected, that profile
// may have lost its own, which nobody has read.
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
	// before and after are what OBS held around the write.
	before, after ServiceSnapshot
	// written: OBS took the write.
	written bool
	// switched: another profile came into use meanwhile, or is about to.
	switched bool
}

// went reports whether the write went where it was meant to: the profile was in
// use before and after it. That a switch followed makes no difference then.
func (s swapped) went(expect ServiceSnapshot) bool {
	return s.before.Equal(expect) && s.after.Profile == expect.Profile
}

func (s swapped) torn(cause error) error {
	return &TornWriteError{Before: s.before, After: s.after, Err: cause}
}

// setService is goobs' request with the settings left open: restoring needs
// fields that goobs' fixed settings do not have.
type setService struct {
	// Type is filled in by OBS: the precondition's value.
	Type     string         `json:"streamServiceType,omitempty"`
	Settings map[string]any `json:"streamServiceSettings"`
}

// GetRequestName makes it a request of goobs' api.
func (setService) GetRequestName() string { return opSetService }

// swap turns the stream service of a profile from one into another, and reads
// what OBS holds before and after, in one batch. Nothing is written when another
// profile is in use or the profile was switched since switches was counted:
// errSwitching.
func (w serviceWriter) swap(ctx context.Context, switches int, from ServiceSnapshot, next Service) (s swapped, err error) {
	unswitched := func() error {
		if w.client.switches.Count() != switches {
			return errSwitching
		}
		return nil
	}
	inUse := precondition.New(from.Profile, next.Type)
	if err := w.keep(ctx, unswitched, inUse, from.Profile); err != nil {
		return s, err
	}
	var profiles [4]config.GetProfileListResponse
	var before, after serviceAnswer
	var value config.GetPersistentDataResponse
	set := setService{Settings: settings.Change(from.Service.typed(), next.typed())}
	done, err := w.client.batch(
		ctx, unswitched,
		readProfile(&profiles[0]), readService(&before), readProfile(&profiles[1]),
		batchCall{params: inUse.Read(), into: &value, outputs: inUse.Outputs()},
		batchCall{params: set, writes: true, inputs: inUse.Inputs("streamServiceType")},
		readProfile(&profiles[2]), readService(&after), readProfile(&profiles[3]),
		batchCall{params: inUse.Clear()},
	)
	const read, write, last = 3, 4, 8 // their places in the batch
	if done > read && !inUse.Met(value) {
		return s, errSwitching
	}
	if s.written = done > write; !s.written {
		return s, err
	}
	if done == last {
		err = nil // a value that is left in its own profile does no harm
	}
	var beforeErr, afterErr error
	s.before.Profile = profiles[1].CurrentProfileName
	s.before.Service, beforeErr = newService(before.Type, before.Settings)
	if err == nil {
		s.after.Profile = profiles[2].CurrentProfileName
		s.after.Service, afterErr = newService(after.Type, after.Settings)
	}
	s.switched = unswitched() != nil
	for _, p := range profiles {
		s.switched = s.switched || p.CurrentProfileName != s.before.Profile
	}
	return s, errors.Join(err, beforeErr, afterErr)
}

// keep gives a profile the value that a write to it needs. Where that turns out
// to have gone into another, it is taken back: errSwitching.
func (w serviceWriter) keep(ctx context.Context, unswitched func() error, inUse precondition.Precondition, profile string) error {
	var list config.GetProfileListResponse
	done, err := w.client.batch(ctx, unswitched, batchCall{params: inUse.Keep(), writes: true}, readProfile(&list))
	if done == 0 || err == nil && list.CurrentProfileName == profile {
		return err
	}
	_, clearErr := w.client.batch(ctx, nil, batchCall{params: inUse.Clear()})
	return cmp.Or(err, clearErr, error(errSwitching))
}
