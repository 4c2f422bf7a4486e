package preset

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"cuelight/app/state"
	"cuelight/internal/text"
)

// errDamaged: what was read are no presets.
var errDamaged = errors.New("not a list of presets")

// platformID is what the ID of a platform looks like.
var platformID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// decode reads a file, and refuses one with a preset that cannot be. Editors may
// have put a byte order mark before it, or written it as UTF-16.
func decode(data []byte) (document, error) {
	var d document
	if err := json.Unmarshal([]byte(text.Decode(data)), &d); err != nil {
		return document{}, err
	}
	if len(d.Presets) > MaxPresets {
		return document{}, fmt.Errorf("%w: more than %d", errDamaged, MaxPresets)
	}
	for i := range d.Presets {
		if err := d.read(i); err != nil {
			return document{}, fmt.Errorf("%w: entry %d %w", errDamaged, i+1, err)
		}
	}
	if d.Presets == nil {
		d.Presets = []state.Preset{}
	}
	return d, nil
}

// read judges an entry and cleans its texts: whoever wrote the file may have been
// somebody else.
func (d *document) read(i int) error {
	p := &d.Presets[i]
	name, err := readName(p.Name)
	if err != nil || !platformID.MatchString(p.Platform) {
		return errors.New("has no usable name or platform")
	}
	p.Name = name
	if indexOf(d.Presets[:i], name) >= 0 {
		return errors.New("has the name of another")
	}
	if said := p.Exploration; said != nil && *said != state.ExplorationAllow && *said != state.ExplorationRefuse {
		return errors.New("says neither allow nor refuse")
	}
	if p.Episodes.Number < 0 {
		return errors.New("counts broadcasts from below zero")
	}
	for _, written := range []*string{p.Title, p.Language, p.Ending, p.Cover} {
		if written != nil {
			*written = text.Title(*written)
		}
	}
	if p.Hashtags != nil {
		for i, tag := range *p.Hashtags {
			(*p.Hashtags)[i] = text.Title(tag)
		}
	}
	if p.Category != nil {
		p.Category.Number, p.Category.Name = text.Trim(p.Category.Number), text.Line(p.Category.Name)
		return text.CheckToken(p.Category.Number)
	}
	return nil
}
