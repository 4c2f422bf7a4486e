package tencent

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// The commands used.
const (
	commandList   = "get_room_list"
	commandInfo   = "get_room_info"
	commandUpdate = "update_room_info"
)

// maxCount is the most rooms of one call, and the default (document, Request
// packet fields).
const maxCount = 20

// roomData is a room in a list (document, Response Packet Field Description) or
// alone (Get Room Information), which adds some members.
type roomData struct {
	ID         lenient.Text                 `json:"RoomId"`
	Name       lenient.Text                 `json:"RoomName"`
	Owner      lenient.Text                 `json:"Owner_Account"` // a number for some apps
	Cover      lenient.Text                 `json:"CoverURL"`
	Categories lenient.List[lenient.Number] `json:"Category"`
	Created    lenient.Time                 `json:"CreateTime"`
	Activity   lenient.Number               `json:"ActivityStatus"`
	Views      lenient.Number               `json:"ViewCount"`

	Type       lenient.Text   `json:"RoomType"`
	SeatMode   lenient.Text   `json:"TakeSeatMode"`
	MaxSeats   lenient.Number `json:"MaxSeatCount"`
	MaxMembers lenient.Number `json:"MaxMemberCount"`
	Notice     lenient.Text   `json:"Notice"`
}

// listData is a page of rooms. Next is opaque, and empty at the end.
type listData struct {
	Next  lenient.Exact          `json:"Next"`
	Rooms lenient.List[roomData] `json:"RoomList"`
}

// list asks for a page of rooms, the most entered first.
func (s *session) list(ctx context.Context, next string, count int) (listData, error) {
	response, err := s.call(ctx, commandList, struct {
		Next  string `json:"Next"`
		Count int    `json:"Count"`
	}{next, count})
	if err != nil {
		return listData{}, err
	}
	var l lenient.Record[listData]
	_ = l.UnmarshalJSON(response)
	if !l.Set {
		return listData{}, missing(commandList, "Response")
	}
	return l.Value, nil
}

// Channels implements providers.Channels: the app's rooms, the most entered
// first (document, get_room_list). Pages are followed by Cursor, with at most
// 20 rooms each.
//
// The order changes while pages are read, so a room may come again on a later
// page: following the pages of one session, each RoomId is given once. The
// platform has no search; Search keeps the rooms of the page that match, which
// may leave it short or empty before the last one.
func (s *session) Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
	count := maxCount
	if q.PerPage > 0 {
		count = min(q.PerPage, maxCount)
	}
	l, err := s.list(ctx, q.Cursor, count)
	if err != nil {
		return providers.ChannelPage{}, err
	}
	next := l.Next.String()
	if next == q.Cursor {
		// A cursor that leads to itself would never end.
		next = ""
	}
	page := providers.ChannelPage{Channels: []providers.Channel{}, Total: -1, Next: next}
	var ids []string
	for _, r := range l.Rooms.Items {
		ids = append(ids, r.ID.String())
	}
	fresh := s.pages.unseen(q.Cursor, next, ids)
	for _, r := range l.Rooms.Items {
		if fresh[r.ID.String()] && r.matches(q.Search) {
			delete(fresh, r.ID.String()) // once on this page, too
			page.Channels = append(page.Channels, r.channel())
		}
	}
	return page, nil
}

// Channel implements providers.Channels (Get Room Information).
func (s *session) Channel(ctx context.Context, id string) (providers.Channel, error) {
	r, err := s.info(ctx, id)
	if err != nil {
		return providers.Channel{}, err
	}
	return r.channel(), nil
}

// info asks for one room.
func (s *session) info(ctx context.Context, id string) (roomData, error) {
	id = text.Trim(id)
	if id == "" {
		return roomData{}, usage("room", "room.none")
	}
	response, err := s.call(ctx, commandInfo, map[string]string{"RoomId": id})
	if err != nil {
		return roomData{}, err
	}
	var r lenient.Record[struct {
		Info lenient.Record[roomData] `json:"RoomInfo"`
	}]
	_ = json.Unmarshal(response, &r)
	if !r.Value.Info.Set {
		return roomData{}, missing(commandInfo, "Response.RoomInfo")
	}
	if r.Value.Info.Value.ID == "" {
		r.Value.Info.Value.ID = lenient.Text(id)
	}
	return r.Value.Info.Value, nil
}

// matches compares without regard to case.
func (r roomData) matches(search string) bool {
	search = strings.ToLower(text.Title(search))
	for _, shown := range []lenient.Text{r.Name, r.ID, r.Owner} {
		if strings.Contains(strings.ToLower(text.Title(shown.String())), search) {
			return true
		}
	}
	return false
}

// channel converts to a providers.Channel. ViewCount counts entries, not the
// people inside; the platform orders by it and knows no other number.
func (r roomData) channel() providers.Channel {
	c := providers.Channel{
		Key: r.ID.String(), Title: r.Name.String(), Owner: r.Owner.String(), Viewers: max(r.Views.Int(-1), -1),
		Created: r.Created.Time, CoverURL: r.Cover.String(), Categories: r.categories(),
		Activity: r.Activity.Int(0), Facts: map[string]string{},
	}
	for key, value := range map[string]string{
		"room_type": r.Type.String(), "seat_mode": r.SeatMode.String(), "notice": r.Notice.String(),
		"max_seats": numberText(r.MaxSeats), "max_members": numberText(r.MaxMembers),
	} {
		if value != "" {
			c.Facts[key] = value
		}
	}
	return c
}

func (r roomData) categories() []int {
	var numbers []int
	for _, n := range r.Categories.Items {
		if n.Set {
			numbers = append(numbers, n.Int(0))
		}
	}
	return numbers
}

func numberText(n lenient.Number) string {
	if !n.Set {
		return ""
	}
	return strconv.Itoa(n.Int(0))
}

// missing is the error of an answer without an expected member.
func missing(op, member string) error {
	return &providers.Error{
		Kind: providers.ErrBadAnswer, Op: op, Reason: "answer.missing", Err: errors.New("no " + member),
	}
}
