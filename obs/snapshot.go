package obs

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/andreykaipov/goobs/api/requests/config"
)

// ServiceSnapshot is what OBS would stream to at one moment: its stream service
// is part of the profile in use, and each profile has its own.
type ServiceSnapshot struct {
	// Profile is the name of the profile in use.
	Profile string
	// Service is that profile's.
	Service Service
}

// Equal reports whether both are of one profile with equal services.
func (s ServiceSnapshot) Equal(other ServiceSnapshot) bool {
	return s.Profile == other.Profile && s.Service.Equal(other.Service)
}

// String gives the snapshot without its key.
func (s ServiceSnapshot) String() string { return fmt.Sprintf("profile %q: %v", s.Profile, s.Service) }

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
	return batchCall{&config.GetProfileListParams{}, into}
}

func readService(into *serviceAnswer) batchCall {
	return batchCall{&config.GetStreamServiceSettingsParams{}, into}
}

// snapshotAttempts is how often Snapshot reads afresh while profiles are being
// switched under it.
const snapshotAttempts = 5

// Snapshot reads the profile in use and its service as they are together: the
// profile is read before and after.
//
// Errors: ErrNotReady when the profile changes each time, and those of any
// request.
func (c *Client) Snapshot(ctx context.Context) (ServiceSnapshot, error) {
	for range snapshotAttempts {
		var before, after config.GetProfileListResponse
		var answer serviceAnswer
		if _, err := c.batch(ctx, readProfile(&before), readService(&answer), readProfile(&after)); err != nil {
			return ServiceSnapshot{}, err
		}
		if before.CurrentProfileName != after.CurrentProfileName {
			continue
		}
		service, err := newService(answer.Type, answer.Settings)
		if err != nil {
			return ServiceSnapshot{}, err
		}
		return ServiceSnapshot{Profile: after.CurrentProfileName, Service: service}, nil
	}
	return ServiceSnapshot{}, &Error{Kind: ErrNotReady, Op: "GetStreamServiceSettings", Comment: "the profile keeps changing"}
}
