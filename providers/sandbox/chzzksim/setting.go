package chzzksim

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of the settings, as the platform's studio has them; that the API holds
// them too is assumed.
const (
	maxTitle = 100
	maxTags  = 5
	maxTag   = 15
)

// me is GET users/me.
func (s *Service) me(w http.ResponseWriter, _ *http.Request, user string) {
	p, _ := findPerson(user)
	succeed(w, map[string]any{"channelId": p.ID, "channelName": p.Nick, "nickname": p.Nick})
}

// streamKey is GET streams/key.
func (s *Service) streamKey(w http.ResponseWriter, r *http.Request, user string) {
	succeed(w, map[string]any{"streamKey": s.Key(r.Context(), user).Reveal()})
}

// readSetting is GET lives/setting.
func (s *Service) readSetting(w http.ResponseWriter, r *http.Request, user string) {
	var set Setting
	if err := s.State.View(r.Context(), func(st *State) { set = st.Streamers[user].Setting }); err != nil {
		s.internalError(w, err)
		return
	}
	var category any
	if c, found := findCategory(set.CategoryType, set.CategoryID); found {
		category = c.object()
	} else if !s.Quirks.NullCategory {
		category = map[string]any{"categoryType": nil, "categoryId": nil, "categoryValue": nil, "posterImageUrl": nil}
	}
	succeed(w, map[string]any{"defaultLiveTitle": set.Title, "category": category, "tags": set.Tags})
}

// settingChange is the body of a change: what is left out stays.
type settingChange struct {
	Title        *string   `json:"defaultLiveTitle"`
	CategoryType *string   `json:"categoryType"`
	CategoryID   *string   `json:"categoryId"`
	Tags         *[]string `json:"tags"`
}

// changeSetting is PATCH lives/setting. A change that is refused in part changes
// nothing.
func (s *Service) changeSetting(w http.ResponseWriter, r *http.Request, user string) {
	var change settingChange
	if json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&change) != nil {
		refuse(w, http.StatusBadRequest, "BAD_REQUEST")
		return
	}
	err := s.State.Update(r.Context(), func(st *State) error { return change.apply(&st.Streamers[user].Setting) })
	if no, is := errors.AsType[*refusal](err); is {
		refuse(w, no.status, no.message)
		return
	}
	switch {
	case err != nil:
		s.internalError(w, err)
	case s.Quirks.NoBody:
		w.WriteHeader(http.StatusOK)
	default:
		succeed(w, nil)
	}
}

func (c settingChange) apply(set *Setting) error {
	bad := func(member string) error {
		return &refusal{http.StatusBadRequest, member + " 값이 올바르지 않습니다."}
	}
	if c.Title != nil {
		title := norm.NFC.String(strings.TrimSpace(*c.Title))
		if title == "" || utf8.RuneCountInString(title) > maxTitle {
			return bad("defaultLiveTitle")
		}
		set.Title = title
	}
	switch {
	case c.CategoryID == nil:
	case *c.CategoryID == "":
		set.CategoryType, set.CategoryID = "", ""
	case c.CategoryType == nil:
		return bad("categoryType")
	default:
		if _, found := findCategory(*c.CategoryType, *c.CategoryID); !found {
			return bad("categoryId")
		}
		set.CategoryType, set.CategoryID = *c.CategoryType, *c.CategoryID
	}
	if c.Tags != nil {
		if !goodTags(*c.Tags) {
			return bad("tags")
		}
		set.Tags = *c.Tags
	}
	return nil
}

func goodTags(tags []string) bool {
	special := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
	for _, tag := range tags {
		tag = norm.NFC.String(tag)
		if tag == "" || utf8.RuneCountInString(tag) > maxTag || strings.ContainsFunc(tag, special) {
			return false
		}
	}
	return len(tags) <= maxTags
}
