package config

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"

	"cuelight/providers"
)

// draft is one account's, by the names that the members of a Patch have in
// JSON. Members of a later version are kept.
type draft map[string]json.RawMessage

// drafts are all of them, by key.
type drafts map[string]draft

// password is the member that is never written.
const password = "Password"

// key names the draft of an account's channel. An account without channels has
// its name for a key.
func key(account, channel string) string {
	if channel == "" {
		return account
	}
	return account + "\n" + channel
}

// Draft gives the draft of an account's channel, without its password.
func (s *Store) Draft(account, channel string) providers.Patch {
	return s.drafts.value()[key(account, channel)].patch()
}

// EditDraft keeps what was changed in a draft: the fields in which after
// differs from before. It does not wait for the disk.
func (s *Store) EditDraft(account, channel string, before, after providers.Patch) {
	was, is := draftOf(before), draftOf(after)
	for _, name := range fieldsOf(was, is) {
		if bytes.Equal(was[name], is[name]) {
			continue
		}
		e := &edit{draft: key(account, channel), field: name, was: was[name], value: is[name]}
		s.drafts.add(&change[drafts]{apply: e.apply, edit: e})
	}
}

// dropDrafts forgets all drafts of an account.
func (s *Store) dropDrafts(account string) {
	s.drafts.add(&change[drafts]{apply: func(all *drafts) error {
		maps.DeleteFunc(*all, func(key string, _ draft) bool {
			return key == account || strings.HasPrefix(key, account+"\n")
		})
		return nil
	}})
}

// edit is a change of one field of one draft.
type edit struct {
	draft, field string
	// value is what the field is set to; nil drops it.
	value json.RawMessage
	// was is what a field that is dropped held here. Another value is somebody
	// else's and stays, unless it is this process's own from before (always).
	was    json.RawMessage
	always bool
}

func (e *edit) apply(all *drafts) error {
	one := (*all)[e.draft]
	if e.value != nil {
		if one == nil {
			one = make(draft)
			(*all)[e.draft] = one
		}
		one[e.field] = e.value
		return nil
	}
	if e.always || bytes.Equal(one[e.field], e.was) {
		delete(one, e.field)
	}
	if len(one) == 0 {
		delete(*all, e.draft)
	}
	return nil
}

// coalesce adds a change; a field that is edited again while its last edit
// still waits is written once.
func coalesce(waiting []*change[drafts], next *change[drafts]) []*change[drafts] {
	if next.edit == nil {
		return append(waiting, next)
	}
	kept := make([]*change[drafts], 0, len(waiting)+1)
	for _, c := range waiting {
		if c.edit == nil || c.edit.draft != next.edit.draft || c.edit.field != next.edit.field {
			kept = append(kept, c)
			continue
		}
		// What waited was typed here, over whatever the file holds.
		next.edit.always = next.edit.always || c.edit.value != nil || c.edit.always
	}
	return append(kept, next)
}

// draftOf gives the fields that a Patch sets, but for the password.
func draftOf(p providers.Patch) draft {
	p.Password = nil
	data, _ := json.Marshal(p) // plain members all
	var d draft
	_ = json.Unmarshal(data, &d) // it was made a line above
	return d.tidy()
}

// patch gives the draft as a Patch.
func (d draft) patch() (p providers.Patch) {
	data, _ := json.Marshal(d)   // made of what was JSON
	_ = json.Unmarshal(data, &p) // decodeDrafts has seen that it is one
	return p
}

// tidy leaves out what is not set, and what must never be written.
func (d draft) tidy() draft {
	for name, value := range d {
		if name == password || string(value) == "null" {
			delete(d, name)
			continue
		}
		var compact bytes.Buffer
		if json.Compact(&compact, value) == nil {
			d[name] = compact.Bytes() // so that equal values are equal bytes
		}
	}
	return d
}

func fieldsOf(a, b draft) []string {
	names := make([]string, 0, len(a)+len(b))
	for name := range a {
		names = append(names, name)
	}
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	return names
}

func decodeDrafts(data []byte) (drafts, error) {
	var all drafts
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	for key, one := range all {
		if len(one.tidy()) == 0 {
			delete(all, key)
			continue
		}
		tidied, err := json.Marshal(one)
		if err != nil {
			return nil, err
		}
		var p providers.Patch
		if err := json.Unmarshal(tidied, &p); err != nil {
			return nil, err
		}
	}
	return all.finish(), nil
}

func (all drafts) finish() drafts {
	if all == nil {
		return make(drafts)
	}
	return all
}

// clone gives drafts that can be changed without changing these.
func (all drafts) clone() drafts {
	next := make(drafts, len(all))
	for key, one := range all {
		next[key] = maps.Clone(one)
	}
	return next
}
