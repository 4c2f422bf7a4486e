package obs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/andreykaipov/goobs/api/requests/config"
)

// ServiceSnapshot is what OBS would stream to at one moment: its stream service
// is part of the profile in use, and each profile has its own.
type ServiceSnapshot struct {
	// Profile is the name of the profile in use.
	Profile string
	// Service is that profile's.
	Service Service
	// Sure: it cannot be another profile's. OBS has no other, or the connection
	// would have been told of a switch. A connection made in the midst of one is
	// not told of its beginning.
	Sure bool
}

// Equal reports whether both are of one profile with equal services, however sure.
func (s ServiceSnapshot) Equal(other ServiceSnapshot) bool {
	return s.Profile == other.Profile && s.Service.Equal(other.Service)
}

// String gives the snapshot without its key.
func (s ServiceSnapshot) String() string { return fmt.Sprintf("profile %q: %v", s.Profile, s.Service) }

// opGetService is OBS's name of the request.
const opGetService = "GetStreamServiceSettings"

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

// readProfile and readService are the requests of a batch that read.
func readProfile(into *config.GetProfileListResponse) batchCall {
	return batchCall{params: &config.GetProfileListParams{}, into: into}
}

func readService(into *serviceAnswer) batchCall {
	return batchCall{params: &config.GetStreamServiceSettingsParams{}, into: into}
}

// How often Snapshot reads afresh while profiles are being switched under it,
// and how long it waits to be told of a switch that it has seen.
const (
	snapshotAttempts = 5
	switchIsTold     = 200 * time.Millisecond
)

// MidSwitch is how long OBS may name the profile that it switches to and still
// give the service of the one that it leaves: 35 ms were seen.
const MidSwitch = 150 * time.Millisecond

// Snapshot reads the profile in use and its service as they are together. In
// the midst of a switch OBS gives the name of one profile and the service of
// the other: what was read counts only when no switch was under way and the
// profile is the one that OBS told of.
//
// Errors: ErrNotReady when the profile is switched each time, and those of any
// request.
func (c *Client) Snapshot(ctx context.Context) (ServiceSnapshot, error) {
	s, _, err := c.snapshot(ctx)
	return s, err
}

// snapshot gives with it the count of switches at which it is true.
func (c *Client) snapshot(ctx context.Context) (s ServiceSnapshot, switches int, err error) {
	unknown := "" // a name that OBS gave without having told of a switch
	for range snapshotAttempts {
		s, switches, err = c.readSnapshot(ctx)
		if errors.Is(err, errSwitching) {
			continue
		}
		if err != nil {
			return s, switches, err
		}
		if c.switches.Confirm(s.Profile, s.Profile == unknown) {
			return s, switches, nil
		}
		unknown = s.Profile
		if err := c.pause(ctx, opGetService, switchIsTold); err != nil {
			return s, switches, err
		}
	}
	return ServiceSnapshot{}, switches, &Error{Kind: ErrNotReady, Op: opGetService, Comment: "the profile keeps changing"}
}

// errSwitching: the profile was switched while it was read.
var errSwitching = errors.New("the profile was switched")

func (c *Client) readSnapshot(ctx context.Context) (ServiceSnapshot, int, error) {
	var before, after config.GetProfileListResponse
	var answer serviceAnswer
	if err := c.awaitSwitch(ctx, opGetService); err != nil {
		return ServiceSnapshot{}, 0, err
	}
	switches, asked := c.switches.Count(), time.Now()
	if _, err := c.batch(ctx, nil, readProfile(&before), readService(&answer), readProfile(&after)); err != nil {
		return ServiceSnapshot{}, switches, err
	}
	if before.CurrentProfileName != after.CurrentProfileName || c.switches.Count() != switches {
		return ServiceSnapshot{}, switches, errSwitching
	}
	service, err := newService(answer.Type, answer.Settings)
	sure := len(before.Profiles) == 1 && len(after.Profiles) == 1 || asked.Sub(c.since) > MidSwitch
	return ServiceSnapshot{Profile: after.CurrentProfileName, Service: service, Sure: sure}, switches, err
}
