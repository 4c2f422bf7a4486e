package tencent

import (
	"context"
	"errors"
	"math"
	"net/url"
	"strconv"
	"strings"

	"cuelight/internal/text"
	"cuelight/providers"
)

// Bounds of a room: the most tags (document, Category), and the length of its
// name and its cover's address, in bytes of UTF-8 (Update Room Information).
const (
	maxCategories = 3
	maxName       = 100
	maxCover      = 200
)

// Limits implements providers.Editor (Update Room Information). A category is
// up to three numbers of the app's own, with commas between them; activity is a
// number of the app's own.
func (s *session) Limits() providers.Limits {
	return providers.Limits{
		providers.FieldTitle:    {Min: 1, Max: maxName, Unit: providers.Bytes},
		providers.FieldCover:    {Max: maxCover, Unit: providers.Bytes},
		providers.FieldCategory: {Max: maxCategories},
		providers.FieldActivity: {},
	}
}

// Broadcast implements providers.Editor: the account's room.
func (s *session) Broadcast(ctx context.Context) (providers.Broadcast, error) {
	r, err := s.info(ctx, s.room)
	if err != nil {
		return providers.Broadcast{}, err
	}
	numbers := make([]string, 0, maxCategories)
	for _, n := range r.categories() {
		numbers = append(numbers, strconv.Itoa(n))
	}
	list := strings.Join(numbers, ",")
	return providers.Broadcast{
		Title: r.Name.String(), Category: providers.Category{Number: list, Name: strings.Join(numbers, ", ")},
		CoverURL: r.Cover.String(), Activity: r.Activity.Int(0),
	}, nil
}

// Check implements providers.Editor.
func (s *session) Check(p providers.Patch) error {
	var errs []error
	wrong := func(field providers.FieldID, what string, limit int) {
		e := usage(string(field), string(field)+"."+what)
		e.Limit = limit
		errs = append(errs, e)
	}
	limits := s.Limits()
	for _, field := range p.Fields() {
		if _, can := limits[field]; !can {
			wrong(field, "unsupported", 0)
		}
	}
	if p.Title != nil {
		errs = append(errs, limits[providers.FieldTitle].CheckText(providers.FieldTitle, *p.Title))
	}
	if p.CoverURL != nil {
		if !webAddress(*p.CoverURL) {
			wrong(providers.FieldCover, "invalid", 0)
		}
		errs = append(errs, limits[providers.FieldCover].CheckText(providers.FieldCover, *p.CoverURL))
	}
	if p.Category != nil {
		switch numbers, ok := categoryNumbers(*p.Category); {
		case !ok:
			wrong(providers.FieldCategory, "invalid", 0)
		case len(numbers) > maxCategories:
			wrong(providers.FieldCategory, "too_many", maxCategories)
		}
	}
	if p.Activity != nil && (*p.Activity < math.MinInt32 || *p.Activity > math.MaxInt32) {
		wrong(providers.FieldActivity, "invalid", 0)
	}
	return errors.Join(errs...)
}

// roomUpdate is what update_room_info takes; what is nil stays as it is.
type roomUpdate struct {
	ID       string  `json:"RoomId"`
	Name     *string `json:"RoomName,omitempty"`
	Cover    *string `json:"CoverURL,omitempty"`
	Category *[]int  `json:"Category,omitempty"`
	Activity *int    `json:"ActivityStatus,omitempty"`
}

// Update implements providers.Editor (Update Room Information).
func (s *session) Update(ctx context.Context, p providers.Patch) error {
	if err := s.Check(p); err != nil {
		return err
	}
	if s.room == "" {
		return usage("room", "room.none")
	}
	if p.Empty() {
		return nil
	}
	update := roomUpdate{ID: s.room, Activity: p.Activity}
	if p.Title != nil {
		name := text.Title(*p.Title)
		update.Name = &name
	}
	if p.CoverURL != nil {
		cover := strings.TrimSpace(*p.CoverURL)
		update.Cover = &cover
	}
	if p.Category != nil {
		numbers, _ := categoryNumbers(*p.Category)
		update.Category = &numbers
	}
	_, err := s.call(ctx, commandUpdate, map[string]roomUpdate{"RoomInfo": update})
	return err
}

// webAddress allows an empty text, which takes the cover away.
func webAddress(s string) bool {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	return s == "" || err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// categoryNumbers reads "1,2,3"; an empty text is no category.
func categoryNumbers(s string) (numbers []int, ok bool) {
	numbers = []int{}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.ParseInt(part, 10, 32)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, int(n))
	}
	return numbers, true
}
