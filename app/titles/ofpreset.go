package titles

import (
	"time"

	"cuelight/app/state"
	"cuelight/app/titletemplate"
)

// OfPreset gives the exact titles that a preset of the account in use stands for: what
// it gives now, and what it gave when something was last applied, as long as that was
// in the same broadcast: the minutes of {time} that have gone by since make no other
// title. There is none where the title is no template. It asks nobody.
func (t *Titles) OfPreset(preset state.Preset) []string {
	if preset.Title == nil {
		return nil
	}
	template, err := titletemplate.Parse(*preset.Title)
	if err != nil {
		return nil
	}
	s := t.opt.State()
	values, ended := t.dated(), t.opt.History.LastEnded()
	moment := momentOf(t.opt.Now(), s.Live.Live, s.Live.Known, ended)
	values.Episode = preset.Episodes.At(moment)
	values.Category = s.Broadcast.Confirmed.Category.Name
	if preset.Category != nil {
		values.Category = preset.Category.Name
		if named := t.knownName(s.Account.Name, preset.Category.Number); named != "" {
			values.Category = named
		}
	}
	all := []string{template.Expand(values)}
	if at := s.Broadcast.AppliedAt; at.After(latest(ended, s.Live.Started)) {
		values.Now = at.Local()
		all = append(all, template.Expand(values))
	}
	return all
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
