package state

import (
	"errors"

	"cuelight/providers"
)

// overlay gives b with the fields that p sets.
func overlay(b providers.Broadcast, p providers.Patch) providers.Broadcast {
	for _, f := range fields {
		f.overlay(&b, p)
	}
	return b
}

// WithoutEqual drops the fields of p that b holds already.
func WithoutEqual(p providers.Patch, b providers.Broadcast) providers.Patch {
	for _, f := range fields {
		if f.equal(p, b) {
			f.drop(&p)
		}
	}
	return p
}

// Merge lays change over draft; a field that change does not set stays.
func Merge(draft, change providers.Patch) providers.Patch {
	for _, f := range fields {
		f.take(&draft, change)
	}
	return draft
}

// Without drops one field of p.
func Without(p providers.Patch, id providers.FieldID) providers.Patch {
	for _, f := range fields {
		if f.id == id || id == providers.FieldStandby && f.id == fieldStandbyMinutes {
			f.drop(&p)
		}
	}
	return p
}

// inverse makes the change that undoes p on a broadcast that was before. What
// the platform does not give out cannot be brought back.
func inverse(p providers.Patch, before providers.Broadcast) providers.Patch {
	var undo providers.Patch
	for _, f := range fields {
		if f.isSet(p) {
			f.from(&undo, before)
		}
	}
	return undo
}

// conflicts names the fields of a draft that were changed elsewhere meanwhile:
// the platform's value is neither what it was nor what the draft says.
func conflicts(draft providers.Patch, before, after providers.Broadcast) []providers.FieldID {
	var found []providers.FieldID
	for _, f := range fields {
		if !f.isSet(draft) || f.equal(draft, after) {
			continue
		}
		var was providers.Patch
		f.from(&was, before)
		if f.isSet(was) && !f.equal(was, after) {
			found = append(found, f.id)
		}
	}
	return found
}

// withoutSent drops from draft a password that was sent, which no answer of the
// platform would ever confirm, unless it was changed again meanwhile.
func withoutSent(draft, sent providers.Patch) providers.Patch {
	if draft.Password != nil && sent.Password != nil && draft.Password.Equal(*sent.Password) {
		draft.Password = nil
	}
	return draft
}

// Problems sorts the joined errors of a check by the field they are about.
func Problems(err error) map[providers.FieldID]error {
	if err == nil {
		return nil
	}
	found := make(map[providers.FieldID]error)
	var walk func(error)
	walk = func(err error) {
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, one := range many.Unwrap() {
				walk(one)
			}
			return
		}
		if e, ok := err.(*providers.Error); ok {
			if field := providers.FieldID(e.Field); found[field] == nil {
				found[field] = e
			}
			return
		}
		if inner := errors.Unwrap(err); inner != nil {
			walk(inner) // errors.As would see only the first of several
		}
	}
	walk(err)
	return found
}
