package tencentsim

import (
	"encoding/json"
	"net/http"
)

// The bounds of a room (Update Room Information).
const (
	maxCategories = 3
	maxNotice     = 100 // bytes
	maxName       = 100 // bytes
	maxCover      = 200 // bytes
)

// roomChange is what update_room_info takes; what is nil stays as it is.
type roomChange struct {
	ID       string  `json:"RoomId"`
	Name     *string `json:"RoomName"`
	Cover    *string `json:"CoverURL"`
	Category *[]int  `json:"Category"`
	Activity *int    `json:"ActivityStatus"`
	Notice   *string `json:"Notice"`
}

// invalid says what is wrong with a change, or is empty.
func (c roomChange) invalid() string {
	switch {
	case c.ID == "":
		return "RoomId is mandatory"
	case c.Name != nil && len(*c.Name) > maxName:
		return "RoomName is too long"
	case c.Cover != nil && len(*c.Cover) > maxCover:
		return "CoverURL is too long"
	case c.Category != nil && len(*c.Category) > maxCategories:
		return "Category has more than 3 entries"
	case c.Activity != nil && *c.Activity < 0: // of the simulation's app
		return "ActivityStatus is not one of the app's"
	case c.Notice != nil && len(*c.Notice) > maxNotice:
		return "Notice is too long"
	}
	return ""
}

func (c roomChange) apply(r *Room) {
	if c.Name != nil {
		r.Name = *c.Name
	}
	if c.Cover != nil {
		r.Cover = *c.Cover
	}
	if c.Category != nil {
		r.Category = *c.Category
	}
	if c.Activity != nil {
		r.Activity = *c.Activity
	}
	if c.Notice != nil {
		r.Notice = *c.Notice
	}
	r.Changed = true
}

// update is update_room_info.
func (s *Service) update(w http.ResponseWriter, r *http.Request, body []byte) {
	var ask struct {
		Room roomChange `json:"RoomInfo"`
	}
	if json.Unmarshal(body, &ask) != nil {
		writeError(w, 100002, "RoomInfo has a member of a wrong type")
		return
	}
	if bad := ask.Room.invalid(); bad != "" {
		writeError(w, 100002, bad)
		return
	}
	found := false
	err := s.State.Update(r.Context(), func(st *State) error {
		room := st.find(ask.Room.ID)
		if found = room != nil; found {
			ask.Room.apply(room)
		}
		return nil
	})
	switch {
	case err != nil:
		s.internalError(w, err)
	case !found:
		writeError(w, 100004, "the room does not exist")
	default:
		writeOK(w, nil)
	}
}
