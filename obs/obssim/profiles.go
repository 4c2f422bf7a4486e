package obssim

import (
	"encoding/json"
	"maps"
	"slices"
)

// firstProfile is the profile that a fresh OBS has. Options.Memory keeps its
// stream service.
const firstProfile = "Untitled"

// profile is one of OBS's profiles as it is on disk: each has its own
// parameters and its own stream service.
type profile struct {
	parameters map[string]string // "Category/Name" → value
	service    service
	// slots are what clients keep in it.
	slots map[string]any
}

func newProfile() *profile {
	return &profile{
		slots:   map[string]any{},
		service: service{Type: "rtmp_common", Settings: map[string]any{"service": "Twitch", "server": "auto", "key": ""}},
		parameters: map[string]string{
			"Output/Mode": "Simple", "SimpleOutput/VBitrate": "6000", "SimpleOutput/ABitrate": "160",
			"SimpleOutput/StreamEncoder": "x264",
			// A keyframe every 2 s at 60 frames a second, as most platforms ask for;
			// B-frames as OBS makes them by default.
			"SimpleOutput/UseAdvanced": "true", "SimpleOutput/x264Settings": "keyint=120",
		},
	}
}

// current is the profile in use.
func (s *studio) current() *profile { return s.profiles[s.profile] }

func (s *studio) getProfileList(json.RawMessage) result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return success(map[string]any{
		"currentProfileName": s.profile,
		"profiles":           slices.Sorted(maps.Keys(s.profiles)),
	})
}

// setCurrentProfile answers when the profile is in use, like OBS.
func (s *studio) setCurrentProfile(raw json.RawMessage) result {
	d, _ := arguments[struct {
		Name string `json:"profileName"`
	}](raw)
	if !s.obs.SwitchProfile(d.Name) {
		return refuse(codeNotFound, "No profile was found by the name given.")
	}
	return success(nil)
}

// AddProfile adds a profile with the stream service that it holds. It does not
// switch to it.
func (o *OBS) AddProfile(name, typ string, settings map[string]any) {
	added := newProfile()
	added.service = service{Type: typ, Settings: maps.Clone(settings)}
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	o.studio.profiles[name] = added
}

// SwitchProfile uses another profile, as the user does from OBS's menu; false
// means that there is none of that name. For Faults.SwitchTakes it has the name
// of the new profile and still the service of the old one, which a write then
// puts into the new: as OBS does.
func (o *OBS) SwitchProfile(name string) bool {
	o.studio.mu.Lock()
	leaving := o.studio.profile
	_, known := o.studio.profiles[name]
	o.studio.mu.Unlock()
	if !known || name == leaving {
		return known
	}
	if o.faults.current().SteadyWrites {
		o.switching.Lock()
		defer o.switching.Unlock()
	}
	o.Emit("CurrentProfileChanging", intentConfig, map[string]any{"profileName": leaving})
	o.studio.mu.Lock()
	o.studio.profile = name
	o.studio.mu.Unlock()
	if takes := o.faults.current().SwitchTakes; takes > 0 {
		o.sleep(takes)
	}
	o.studio.mu.Lock()
	o.studio.service = o.studio.current().service
	o.studio.mu.Unlock()
	o.Emit("CurrentProfileChanged", intentConfig, map[string]any{"profileName": name})
	return true
}

// RenameProfile renames a profile, as the user does; OBS tells nobody.
func (o *OBS) RenameProfile(from, to string) {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	o.studio.profiles[to] = o.studio.profiles[from]
	delete(o.studio.profiles, from)
	if o.studio.profile == from {
		o.studio.profile = to
	}
}

// ProfileService gives what a profile holds, key included: for tests.
func (o *OBS) ProfileService(name string) (typ string, settings map[string]any) {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	held, ok := o.studio.profiles[name]
	if !ok {
		return "", nil
	}
	return held.service.Type, maps.Clone(held.service.Settings)
}

type parameter struct {
	Category string  `json:"parameterCategory"`
	Name     string  `json:"parameterName"`
	Value    *string `json:"parameterValue"`
}

func (s *studio) getProfileParameter(raw json.RawMessage) result {
	d, ok := arguments[parameter](raw)
	if !ok || d.Category == "" || d.Name == "" {
		return refuse(codeMissingField, "Your request is missing a field.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	value, set := s.current().parameters[d.Category+"/"+d.Name]
	if !set {
		return success(map[string]any{"parameterValue": nil, "defaultParameterValue": nil})
	}
	return success(map[string]any{"parameterValue": value, "defaultParameterValue": nil})
}

func (s *studio) setProfileParameter(raw json.RawMessage) result {
	d, ok := arguments[parameter](raw)
	if !ok || d.Category == "" || d.Name == "" {
		return refuse(codeMissingField, "Your request is missing a field.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.Value == nil {
		delete(s.current().parameters, d.Category+"/"+d.Name)
	} else {
		s.current().parameters[d.Category+"/"+d.Name] = *d.Value
	}
	return success(nil)
}

// SetParameter sets a parameter of the profile in use, such as "Auth", "Type".
func (o *OBS) SetParameter(category, name, value string) {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	o.studio.current().parameters[category+"/"+name] = value
}
