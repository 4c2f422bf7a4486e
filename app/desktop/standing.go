package desktop

import (
	"context"
	"strings"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
)

// standingPages is how far a streamer's own broadcast is looked for: who stands
// further down hardly wants to know the number.
const standingPages = 10

// standing is where the streamer's own broadcast stands in its category, by
// viewers.
type standing struct {
	face   *face
	asking asking
	heard  func()

	user, category string
	onAir          bool
	// place is 0 where it is not known; beyond means that it stands further
	// down than was looked.
	place  int
	beyond bool
}

func (s *standing) forget() {
	s.asking.drop()
	s.user, s.category, s.onAir, s.place, s.beyond = "", "", false, 0, false
}

// update notes who and where the streamer is now, and asks anew where that has
// changed.
func (s *standing) update(state state.State) {
	category := state.Live.Category.Number
	if category == "" {
		category = state.Broadcast.Confirmed.Category.Number
	}
	onAir := state.Live.Known && state.Live.OnAir
	if s.user == state.Account.UserID && s.category == category && s.onAir == onAir {
		return
	}
	s.forget()
	s.user, s.category, s.onAir = state.Account.UserID, category, onAir
	s.again()
}

// again looks for the broadcast in its category, page by page.
func (s *standing) again() {
	if !s.onAir || s.user == "" || s.category == "" {
		return
	}
	f, user, category := s.face, s.user, s.category
	question(&s.asking, patienceStream, func(ctx context.Context) (int, error) {
		before := 0
		for page := 1; page <= standingPages; page++ {
			answer, err := f.engine.Directory(ctx, providers.DirectoryQuery{Category: category, Order: providers.OrderViewers, Page: page})
			if err != nil {
				return 0, err
			}
			for i, e := range answer.Entries {
				if strings.EqualFold(e.UserID, user) {
					return before + i + 1, nil
				}
			}
			before += len(answer.Entries)
			if len(answer.Entries) == 0 || before >= answer.Total {
				return 0, nil // not listed
			}
		}
		return -before, nil
	}, func(place int, err error) {
		s.place, s.beyond = 0, false
		if err == nil {
			s.place, s.beyond = max(place, -place), place < 0
		}
		s.heard()
	})
}

// mine tells whether a row is the streamer's own broadcast.
func (s *standing) mine(r *liveRow) bool { return s.user != "" && strings.EqualFold(r.user, s.user) }

// says puts the place into words, or nothing.
func (s *standing) says() string {
	if s.place == 0 {
		return ""
	}
	key := "discover.place"
	if s.beyond {
		key = "discover.beyond"
	}
	return s.face.say(key, words.Args{
		"Category": s.face.catalog.item(providers.Category{Number: s.category}).Name, "Place": thousands(s.place),
	})
}
