package soopsim

import (
	"context"
	"strings"
	"time"

	"cuelight/providers/sandbox/page"
	"cuelight/providers/sandbox/soopsim/catalog"
)

// Snapshot is a simulated streamer as the platform sees them now, for
// demonstrations and tests. It holds no token and no key.
type Snapshot struct {
	UserID   string   `json:"user_id"`
	Nick     string   `json:"nick"`
	SignedIn bool     `json:"signed_in"`
	OnAir    bool     `json:"on_air"`
	BroadNo  int      `json:"broad_no"`
	Started  string   `json:"started,omitempty"`
	Viewers  int      `json:"viewers"`
	Title    string   `json:"title"`
	Category struct { // Name is Korean.
		Number string `json:"number"`
		Name   string `json:"name"`
	} `json:"category"`
	Hashtags []string `json:"hashtags"`
	// KeyResets counts how often the stream key was replaced.
	KeyResets int      `json:"key_resets"`
	Standby   bool     `json:"in_standby"`
	Settings  Settings `json:"settings"`
}

// Snapshots returns every simulated streamer, and who signed in last.
func (s *Service) Snapshots(ctx context.Context) (last string, all []Snapshot, err error) {
	now := s.Now()
	err = s.State.View(ctx, func(st *State) {
		last = st.LastUser
		signedIn := map[string]bool{}
		for _, grants := range []map[string]Grant{st.Access, st.Refresh} {
			for _, g := range grants {
				signedIn[g.User] = signedIn[g.User] || now.Before(g.Expires)
			}
		}
		for _, p := range People {
			shot := snapshot(p, st.Streamers[p.ID], now)
			shot.SignedIn = signedIn[p.ID]
			all = append(all, shot)
		}
	})
	return last, all, err
}

func snapshot(p Person, who *Streamer, now time.Time) Snapshot {
	open := who.visible(now)
	shot := Snapshot{
		UserID: p.ID, Nick: p.Nick, OnAir: who.OnAir, BroadNo: who.BroadNo,
		Standby: open && !who.OnAir, KeyResets: who.KeySerial, Settings: who.Settings,
		Title: who.Settings.title(soop, p.ID), Hashtags: []string{},
	}
	shot.Category.Number, shot.Category.Name = who.Settings.Category, catalog.NameOf(who.Settings.Category, "ko_KR")
	if who.Settings.Hashtags != "" {
		shot.Hashtags = strings.Split(who.Settings.Hashtags, ",")
	}
	if open {
		shot.Started = who.Started.UTC().Format(time.RFC3339)
		shot.Viewers = viewers(p, who.BroadNo, now.Sub(who.Started))
	}
	return shot
}

// Cards returns the simulated streamers as the pages show them.
func (s *Service) Cards() []page.Person {
	var cards []page.Person
	for _, p := range People {
		cards = append(cards, page.Person{
			ID: p.ID, Nick: p.Nick, Station: p.Station, Loyal: p.Loyal, Number: p.Number, Picture: s.portraitURL(p.ID),
		})
	}
	return cards
}
