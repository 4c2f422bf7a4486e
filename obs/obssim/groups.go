package obssim

import "encoding/json"

// AddGroup puts a group with some sources in it into a scene; shown is the eye of
// the group, and the sources in hidden have theirs closed.
func (o *OBS) AddGroup(scene, group string, shown bool, sources []string, hidden map[string]bool) {
	s := o.studio
	s.mu.Lock()
	defer s.mu.Unlock()
	var inside []item
	for _, source := range sources {
		s.items++
		inside = append(inside, item{id: s.items, name: source, hidden: hidden[source]})
	}
	s.groups[group] = inside
	s.items++
	s.scenes[scene] = append(s.scenes[scene], item{id: s.items, name: group, hidden: !shown})
}

func (s *studio) getGroupSceneItemList(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	list, ok := s.groups[d.Scene]
	if !ok {
		return noSource(d.Scene)
	}
	return s.listItems(list)
}
