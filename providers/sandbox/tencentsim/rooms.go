package tencentsim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuelight/providers/sandbox/ingest"
)

// State is everything that outlives a process; it holds no signature or key.
type State struct {
	Rooms []Room `json:"rooms"`
	// Lists counts the list calls, TooMany those refused.
	Lists   int `json:"lists"`
	TooMany int `json:"too_many"`
}

// Room is one room.
type Room struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Owner    string        `json:"owner"`
	Cover    string        `json:"cover"`
	Category []int         `json:"category"`
	Created  int64         `json:"created"`
	Activity int           `json:"activity"`
	Views    int           `json:"views"`
	Notice   string        `json:"notice,omitempty"`
	Changed  bool          `json:"changed,omitempty"`
	Source   ingest.Source `json:"source,omitempty"` // who streams into it
	Seen     time.Time     `json:"seen,omitzero"`
}

// roomCount is how many rooms there are: six full pages and a half.
const roomCount = 130

// What rooms are called.
var (
	themes = []string{"심야 라디오", "Speedrun practice", "그림 그리기", "한강 산책", "Cooking with Min", "기타 연주", "코딩 방송", "노래방"}
	owners = []string{"bren", "haneul", "10086", "minji_k", "studio-7", "88001234"}
)

// Fresh returns the state of a sandbox that nobody has used.
func Fresh() State {
	var st State
	for n := range roomCount {
		st.Rooms = append(st.Rooms, Room{
			ID: fmt.Sprintf("live_%03d", n), Name: fmt.Sprintf("%s %d", themes[n%len(themes)], n+1), Owner: owners[n%len(owners)],
			Cover:    fmt.Sprintf("https://img.tencent.example/cover/%03d.png", n),
			Category: [][]int{{1, 2, 3}, {4}, {}, {2, 7}}[n%4], Created: 1693271354 + int64(n)*4711,
			Activity: n % 3, Views: 9000 - n*61 + n%5*7,
		})
	}
	return st
}

// ordered returns the rooms by how often they were entered.
func (st *State) ordered() []Room {
	rooms := slices.Clone(st.Rooms)
	slices.SortStableFunc(rooms, func(a, b Room) int { return b.Views - a.Views })
	return rooms
}

// reorder moves the last room to the top.
func (st *State) reorder() {
	order := st.ordered()
	last := order[len(order)-1].ID
	at := slices.IndexFunc(st.Rooms, func(r Room) bool { return r.ID == last })
	st.Rooms[at].Views = order[0].Views + 13
}

// owner is a number for owners whose name is one, as some apps have it.
func (r Room) owner() any {
	if n, err := strconv.Atoi(r.Owner); err == nil {
		return n
	}
	return r.Owner
}

// listedRoom is a room in a list, with the members in the documented order.
type listedRoom struct {
	Name     string `json:"RoomName"`
	ID       string `json:"RoomId"`
	Owner    any    `json:"Owner_Account"`
	Cover    string `json:"CoverURL"`
	Category []int  `json:"Category"`
	Created  int64  `json:"CreateTime"`
	Activity int    `json:"ActivityStatus"`
	Views    int    `json:"ViewCount"`
}

func (r Room) listed() listedRoom {
	return listedRoom{r.Name, r.ID, r.owner(), r.Cover, r.Category, r.Created, r.Activity, r.Views}
}

// list is get_room_list. After every other page the order changes, so that the
// next page begins with a room that was seen already.
func (s *Service) list(w http.ResponseWriter, r *http.Request, body []byte) {
	var ask struct {
		Next  *string `json:"Next"`
		Count *int    `json:"Count"`
	}
	if err := json.Unmarshal(body, &ask); err != nil {
		writeError(w, 60003, "request is not JSON")
		return
	}
	tooMany := s.tooMany()
	var next string
	var page []listedRoom
	bad := ""
	err := s.State.Update(r.Context(), func(st *State) error {
		st.Lists++
		if tooMany {
			st.TooMany++
			return nil
		}
		from, count := 0, 0
		if from, count, bad = position(ask.Next, ask.Count); bad != "" {
			return nil
		}
		rooms := st.ordered()
		from = min(from, len(rooms))
		to := min(from+count, len(rooms))
		for _, room := range rooms[from:to] {
			page = append(page, room.listed())
		}
		if to < len(rooms) {
			next = fmt.Sprintf("%d-%d", s.Now().Unix(), to)
			if to/max(count, 1)%2 == 1 && count > 1 {
				st.reorder()
			}
		}
		return nil
	})
	switch {
	case err != nil:
		s.internalError(w, err)
	case tooMany:
		writeError(w, 60007, "the frequency limit is exceeded")
	case bad != "":
		writeError(w, 100002, bad)
	default:
		writeOK(w, map[string]any{"Next": next, "RoomList": slices.Concat([]listedRoom{}, page)})
	}
}

// position reads where a page begins and how long it is.
func position(next *string, count *int) (from, size int, bad string) {
	switch {
	case next == nil || count == nil:
		return 0, 0, "Next and Count are mandatory"
	case *count < 1 || *count > 20:
		return 0, 0, "Count must be between 1 and 20"
	case *next == "":
		return 0, *count, ""
	}
	_, at, _ := strings.Cut(*next, "-")
	from, err := strconv.Atoi(at)
	if err != nil || from < 0 {
		return 0, 0, "Next is not one that was given out"
	}
	return from, *count, ""
}

// roomInfo is a room alone: what the list has, and more.
type roomInfo struct {
	ID          string `json:"RoomId"`
	Name        string `json:"RoomName"`
	Type        string `json:"RoomType"`
	Owner       any    `json:"Owner_Account"`
	Created     int64  `json:"CreateTime"`
	Seats       bool   `json:"IsSeatEnabled"`
	SeatMode    string `json:"TakeSeatMode"`
	MaxSeats    int    `json:"MaxSeatCount"`
	MaxMembers  int    `json:"MaxMemberCount"`
	MessagesOff bool   `json:"IsMessageDisabled"`
	Cover       string `json:"CoverURL"`
	Category    []int  `json:"Category"`
	Activity    int    `json:"ActivityStatus"`
	Views       int    `json:"ViewCount"`
	Public      bool   `json:"IsPublicVisible"`
	Notice      string `json:"Notice"`
}

// info is get_room_info.
func (s *Service) info(w http.ResponseWriter, r *http.Request, body []byte) {
	var ask struct {
		ID string `json:"RoomId"`
	}
	if json.Unmarshal(body, &ask) != nil || ask.ID == "" {
		writeError(w, 100002, "RoomId is mandatory")
		return
	}
	var room *Room
	if err := s.State.View(r.Context(), func(st *State) { room = st.find(ask.ID) }); err != nil {
		s.internalError(w, err)
		return
	}
	if room == nil {
		writeError(w, 100004, "the room does not exist")
		return
	}
	writeOK(w, map[string]roomInfo{"RoomInfo": {
		ID: room.ID, Name: room.Name, Type: "Live", Owner: room.owner(), Created: room.Created, Seats: true,
		SeatMode: "ApplyToTake", MaxSeats: 8, MaxMembers: 300, Cover: room.Cover, Category: room.Category,
		Activity: room.Activity, Views: room.Views, Public: true, Notice: room.Notice,
	}})
}

func (st *State) find(id string) *Room {
	if at := slices.IndexFunc(st.Rooms, func(r Room) bool { return r.ID == id }); at >= 0 {
		return &st.Rooms[at]
	}
	return nil
}
