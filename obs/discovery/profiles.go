package discovery

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"cuelight/obs"
)

// ErrNoProfile: none of the settings on this machine that may be an OBS's has the
// profile, or several have it and do not agree.
var ErrNoProfile = errors.New("the profile's settings are not on this machine")

// StreamEncoder gives the settings of the stream's video encoder in a profile's
// advanced output mode, as JSON: OBS tells them to nobody, but keeps them in
// streamEncoder.json in the profile's folder. Where the folder has no such file,
// all are at their defaults, and the answer is empty.
//
// at is where that OBS was reached: only settings of this machine with the same
// port are its own. The error is of kind ErrNoProfile, or says why a file cannot
// be read.
func StreamEncoder(ctx context.Context, p Places, at obs.Endpoint, profile string) ([]byte, error) {
	if !at.Local() || p.ReadDir == nil {
		return nil, ErrNoProfile
	}
	var found [][]byte
	for _, folder := range p.folders() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !slices.ContainsFunc(readFolder(p, folder), func(f Finding) bool { return f.Endpoint.Port == at.Port }) {
			continue
		}
		for _, profiles := range p.profileFolders(folder) {
			raw, ok, err := p.streamEncoder(profiles, profile)
			if err != nil {
				return nil, err
			}
			if ok && !slices.ContainsFunc(found, func(other []byte) bool { return bytes.Equal(other, raw) }) {
				found = append(found, raw)
			}
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%w (%d found)", ErrNoProfile, len(found))
	}
	return found[0], nil
}

// profileFolders lists where the profiles of a configuration folder may lie: in
// it, or where OBS 31 and later were told to keep them.
func (p Places) profileFolders(folder configFolder) []string {
	own := filepath.Join(folder.path, "basic", "profiles")
	raw, err := p.ReadFile(filepath.Join(folder.path, "global.ini"))
	if err != nil {
		return []string{own}
	}
	locations, _ := readINI(raw, "Locations")
	base := locations.text("Profiles")
	if base == "" {
		return []string{own}
	}
	if moved := filepath.Join(base, "obs-studio", "basic", "profiles"); filepath.Clean(moved) != own {
		return []string{moved}
	}
	return []string{own}
}

// streamEncoder reads the file of the profile with a name, which its folder need
// not have; ok is false where there is no such profile.
func (p Places) streamEncoder(profiles, name string) (raw []byte, ok bool, err error) {
	names, err := p.ReadDir(profiles)
	if err != nil {
		return nil, false, ignoreAbsence(err)
	}
	for _, folder := range names {
		basic, err := p.ReadFile(filepath.Join(profiles, folder, "basic.ini"))
		if err != nil {
			continue
		}
		if general, _ := readINI(basic, "General"); general.text("Name") != name {
			continue
		}
		raw, err := p.ReadFile(filepath.Join(profiles, folder, "streamEncoder.json"))
		return raw, true, ignoreAbsence(err)
	}
	return nil, false, nil
}

func ignoreAbsence(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
