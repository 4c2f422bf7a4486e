package state

import (
	"errors"
	"maps"
	"reflect"
	"slices"

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
		if f.of() == id {
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
			found = addFields(found, []providers.FieldID{f.of()})
		}
	}
	return found
}

// followed takes over, field by field, what went from before to after, unless
// the draft does not hold what was before.
func followed(draft, before, after providers.Patch) providers.Patch {
	for _, f := range fields {
		var was, is providers.Patch
		f.take(&was, before)
		f.take(&is, after)
		var held providers.Patch
		f.take(&held, draft)
		if !sameValues(held, was) || sameValues(was, is) {
			continue
		}
		f.drop(&draft)
		f.take(&draft, after)
	}
	return draft
}

// sameValues reports whether two changes set the same fields to the same.
func sameValues(a, b providers.Patch) bool { return reflect.DeepEqual(a, b) }

// Only gives the part of a change that is about one field.
func Only(p providers.Patch, id providers.FieldID) providers.Patch {
	var part providers.Patch
	for _, f := range fields {
		if f.of() == id {
			f.take(&part, p)
		}
	}
	return part
}

// addFields joins two lists of fields, each once.
func addFields(to, more []providers.FieldID) []providers.FieldID {
	to = slices.Clone(to)
	for _, id := range more {
		if !slices.Contains(to, id) {
			to = append(to, id)
		}
	}
	return to
}

// stillSet keeps the fields that a draft still sets.
func stillSet(ids []providers.FieldID, draft providers.Patch) []providers.FieldID {
	var kept []providers.FieldID
	for _, id := range draft.Fields() {
		if slices.Contains(ids, id) {
			kept = append(kept, id)
		}
	}
	return kept
}

// stillWrong keeps the problems of fields that a draft still sets.
func stillWrong(problems map[providers.FieldID]error, draft providers.Patch) map[providers.FieldID]error {
	set := draft.Fields()
	if len(set) == 0 {
		return nil
	}
	left := maps.Clone(problems)
	maps.DeleteFunc(left, func(id providers.FieldID, _ error) bool { return id != "" && !slices.Contains(set, id) })
	return left
}

// withoutSent drops from draft what was sent and no answer of the platform would
// ever confirm, unless it was changed again meanwhile: a password, and a title with
// placeholders.
func withoutSent(draft, sent providers.Patch) providers.Patch {
	if draft.Password != nil && sent.Password != nil && draft.Password.Equal(*sent.Password) {
		draft.Password = nil
	}
	if draft.Title != nil && sent.Title != nil && *draft.Title == *sent.Title {
		draft.Title = nil
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
