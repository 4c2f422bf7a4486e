package destination

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"cuelight/obs"
	"cuelight/providers"
)

// A profile that was renamed or copied in OBS, and an OBS that has got another
// port or address, look like places where Cuelight has never been. What is kept of
// them is kept under their old names: it is never given back to another place by
// itself, but it can be chosen.

// maxOrigins bounds how many places are remembered by name.
const maxOrigins = 100

// Origin is an OBS and profile that earlier settings are kept of. To choose one, what
// is empty means the OBS or the profile in use.
type Origin struct {
	// OBS is HOST:PORT, with "localhost" for this machine.
	OBS     string
	Profile string
	// Earlier is where the settings send, named as obs.Service.Place does.
	Earlier string
}

// place is the one that an origin means to whoever is at another: what it leaves open is
// the same there.
func (o Origin) place(at place) place {
	other := at
	if o.OBS != "" {
		other.OBS = Connection{Address: o.OBS}.id()
	}
	if o.Profile != "" {
		other.Profile = o.Profile
	}
	return other
}

// MovedError: nothing is kept of the OBS and profile in use, but of others, one of
// which may be this one by an earlier name or address. It is of kind ErrNoBackup.
type MovedError struct {
	// Origins are those, the ones of the same OBS first.
	Origins []Origin
}

// Error says so in English.
func (e *MovedError) Error() string {
	return ErrNoBackup.Error() + " for this profile, but for others"
}

// Is matches ErrNoBackup.
func (e *MovedError) Is(target error) bool { return target == ErrNoBackup }

// remembering adds a place to those that something may be kept of. It leaves f as
// it is.
func (f fingerprints) remembering(at place) (next fingerprints, added bool) {
	if slices.Contains(f.Places, at) {
		return f, false
	}
	f.Places = append(slices.Clone(f.Places), at)
	if over := len(f.Places) - maxOrigins; over > 0 {
		f.Places = f.Places[over:]
	}
	return f, true
}

// origins gives the other places that something is kept of. One that cannot be
// read is left out: the others are of use without it.
func (b backups) origins(ctx context.Context, at place, prints fingerprints) []Origin {
	var here, elsewhere []Origin
	for _, other := range slices.Backward(prints.Places) {
		if other == at {
			continue
		}
		earlier, err := b.earlierOf(ctx, other, at)
		if err != nil {
			continue
		}
		origin := Origin{OBS: other.OBS, Profile: other.Profile, Earlier: earlier.Place()}
		if other.OBS == at.OBS {
			here = append(here, origin)
		} else {
			elsewhere = append(elsewhere, origin)
		}
	}
	return append(here, elsewhere...)
}

// earlierOf gives the user's own settings that are kept of another place; the error
// is ErrNoBackup where none are. Both places are of one scope.
func (b backups) earlierOf(ctx context.Context, other, at place) (obs.Service, error) {
	value, err := b.scopes.of(at).vault.Get(ctx, other.item())
	if errors.Is(err, providers.ErrNoSecret) {
		return obs.Service{}, ErrNoBackup
	}
	if err != nil {
		return obs.Service{}, err
	}
	var kept backup
	if json.Unmarshal([]byte(value.Reveal()), &kept) != nil || kept.Earlier == "" {
		return obs.Service{}, ErrNoBackup
	}
	return obs.OpenService(kept.Earlier.text())
}

// ErrKeptHere: something of its own is kept of the OBS and profile in use; that comes
// first.
var ErrKeptHere = errors.New("earlier OBS settings of this profile are kept")

// from takes what is kept of an origin for this place's; there it stays as well, for
// only the user knows whether the two are one.
func (b backups) from(ctx context.Context, k kept, origin Origin) (kept, error) {
	if k.Earlier != "" {
		return k, ErrKeptHere
	}
	earlier, err := b.earlierOf(ctx, origin.place(k.place), k.place)
	if err != nil {
		return k, err
	}
	k.Earlier = seal(earlier)
	return k, nil
}

// remember adds a place that something is kept of to those known by name, where an
// earlier version kept it without.
func (b backups) remember(ctx context.Context, k kept) error {
	if !k.known || slices.Contains(k.prints.Places, k.place) {
		return nil
	}
	_, err := changeFingerprints(ctx, b.scopes.of(k.place), func(f fingerprints) (fingerprints, bool) { return f.remembering(k.place) })
	return err
}

// mayHaveMoved reports whether a place that nothing is kept of holds what Cuelight
// wrote to another one of which something is kept.
func (b backups) mayHaveMoved(ctx context.Context, k kept, present obs.Service) bool {
	_, ours := k.prints.writer(present)
	return ours && k.Earlier == "" && len(b.origins(ctx, k.place, k.prints)) > 0
}
