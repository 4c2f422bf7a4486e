package state

import (
	"cuelight/app/titletemplate"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Preset is a named set of values for a broadcast's settings: those that it
// names, and no others.
type Preset struct {
	// Name is the user's own, and no other preset's.
	Name string `json:"name"`
	// Platform is the ID of the platform that the values are for.
	Platform string `json:"platform"`
	Settings
	// Episodes counts its broadcasts, for a title with {episode}.
	Episodes titletemplate.Episodes `json:"episodes,omitzero"`
}

// Settings are values for some fields of a broadcast, as files and scripts hold
// them: those that are not nil. A password is none of them.
type Settings struct {
	// Title is a template, see titletemplate.
	Title          *string             `json:"title,omitempty"`
	Category       *providers.Category `json:"category,omitempty"`
	Hashtags       *[]string           `json:"hashtags,omitempty"`
	Language       *string             `json:"language,omitempty"`
	Viewers        *int                `json:"viewers,omitempty"`
	NoPassword     bool                `json:"no_password,omitempty"`
	Hidden         *bool               `json:"hidden,omitempty"`
	Grade          *int                `json:"grade,omitempty"`
	Ending         *string             `json:"ending,omitempty"`
	Standby        *bool               `json:"standby,omitempty"`
	StandbyMinutes *int                `json:"standby_minutes,omitempty"`
	Watermark      *int                `json:"watermark,omitempty"`
	// Exploration is ExplorationAllow or ExplorationRefuse.
	Exploration *string `json:"exploration,omitempty"`
	Paid        *bool   `json:"paid,omitempty"`
	Cover       *string `json:"cover,omitempty"`
	Activity    *int    `json:"activity,omitempty"`
}

// The values of Settings.Exploration.
const (
	ExplorationAllow  = "allow"
	ExplorationRefuse = "refuse"
)

// SettingsOf gives the values that a change sets, but for a password that it
// switches on. The name of the category is the one given.
func SettingsOf(p providers.Patch, category string) Settings {
	s := Settings{
		Title: p.Title, Hashtags: p.Hashtags, Language: p.Language, Viewers: p.ViewerLimit,
		NoPassword: p.Password != nil && p.Password.Empty(), Hidden: p.Hidden, Grade: p.AgeGrade,
		Ending: p.EndingMessage, Standby: p.Standby, StandbyMinutes: p.StandbyMinutes, Watermark: p.Watermark,
		Paid: p.PaidPromotion, Cover: p.CoverURL, Activity: p.Activity,
	}
	if p.Category != nil {
		s.Category = &providers.Category{Number: *p.Category, Name: category}
	}
	if p.RefuseExploration != nil {
		said := ExplorationAllow
		if *p.RefuseExploration {
			said = ExplorationRefuse
		}
		s.Exploration = &said
	}
	return s
}

// Patch gives the change that sets these values.
func (s Settings) Patch() providers.Patch {
	p := providers.Patch{
		Title: s.Title, Hashtags: s.Hashtags, Language: s.Language, ViewerLimit: s.Viewers,
		Hidden: s.Hidden, AgeGrade: s.Grade, EndingMessage: s.Ending, Standby: s.Standby,
		StandbyMinutes: s.StandbyMinutes, Watermark: s.Watermark, PaidPromotion: s.Paid,
		CoverURL: s.Cover, Activity: s.Activity,
	}
	if s.NoPassword {
		p.Password = &secret.Text{}
	}
	if s.Category != nil {
		p.Category = &s.Category.Number
	}
	if s.Exploration != nil {
		refuse := *s.Exploration == ExplorationRefuse
		p.RefuseExploration = &refuse
	}
	return p
}

// Current gives the change that would bring all of a broadcast's values back as they
// are shown, but for the password: the draft's, and those that were confirmed.
func (b BroadcastState) Current() providers.Patch {
	var p providers.Patch
	for _, f := range fields {
		if _, has := b.Limits[f.of()]; has {
			f.from(&p, b.Confirmed)
		}
	}
	if p.Title != nil {
		title := titletemplate.Escape(*p.Title)
		p.Title = &title
	}
	return Without(Merge(p, b.Draft), providers.FieldPassword)
}

// Sound gives the fields of a change that a check finds nothing wrong with, each
// by itself.
func Sound(p providers.Patch, check DraftCheck) providers.Patch {
	for _, id := range p.Fields() {
		if check(Only(p, id)) != nil {
			p = Without(p, id)
		}
	}
	return p
}

// PresetsChanged: these are all presets now, in the user's order.
type PresetsChanged struct{ Presets []Preset }

func (e PresetsChanged) apply(s State) State {
	s.Presets = e.Presets
	return s
}

// Preset finds a preset by its name.
func (s State) Preset(name string) (Preset, bool) {
	for _, p := range s.Presets {
		if p.Name == name {
			return p, true
		}
	}
	return Preset{}, false
}
