package chzzksim

import (
	"context"
	"time"

	"cuelight/providers/sandbox/ingest"
)

// State is everything that outlives a process. It holds no token, code, key or
// secret: tokens and codes only as SHA-256, keys not at all.
type State struct {
	Streamers map[string]*Streamer `json:"streamers"`
	Codes     map[string]Grant     `json:"codes,omitempty"`
	Access    map[string]Grant     `json:"access,omitempty"`
	Refresh   map[string]Grant     `json:"refresh,omitempty"`
	// LastUser is who signed in last.
	LastUser string `json:"last_user,omitempty"`
}

// Grant is what a code or token stands for.
type Grant struct {
	User    string    `json:"user"`
	Expires time.Time `json:"expires"`
	// State is that of the request that a code answers.
	State string `json:"state,omitempty"`
	// Pair joins an access token to the refresh token it came with.
	Pair string `json:"pair,omitempty"`
}

// Streamer is one simulated streamer.
type Streamer struct {
	Setting Setting `json:"setting"`
	OnAir   bool    `json:"on_air"`
	// Source is who says so.
	Source ingest.Source `json:"source,omitempty"`
	// Seen is when the built-in ingest last had the stream in hand.
	Seen    time.Time `json:"seen,omitzero"`
	Started time.Time `json:"started,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
}

// Setting is what lives/setting changes.
type Setting struct {
	Title        string   `json:"title"`
	CategoryType string   `json:"category_type"`
	CategoryID   string   `json:"category_id"`
	Tags         []string `json:"tags"`
}

// Person is a simulated streamer's unchanging part.
type Person struct {
	// ID is the channel, of 32 hexadecimal digits.
	ID, Nick string
}

// People are the simulated streamers.
var People = []Person{
	{"0c3a5e17b2d94f6899aa1b2c3d4e5f60", "치즈냥이"},
	{"1d4b6f28c3ea507aaabb2c3d4e5f6071", "새벽감자"},
}

func findPerson(id string) (Person, bool) {
	for _, p := range People {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}

// Fresh returns the state of a sandbox that nobody has used.
func Fresh() State {
	st := State{
		Streamers: map[string]*Streamer{}, Codes: map[string]Grant{}, Access: map[string]Grant{}, Refresh: map[string]Grant{},
	}
	for _, p := range People {
		st.Streamers[p.ID] = &Streamer{Setting: Setting{
			Title: p.Nick + "님의 방송", CategoryType: "ETC", CategoryID: "talk", Tags: []string{},
		}}
	}
	return st
}

// prune removes what has expired.
func (st *State) prune(now time.Time) {
	for _, grants := range []map[string]Grant{st.Codes, st.Access, st.Refresh} {
		for hash, g := range grants {
			if now.After(g.Expires) {
				delete(grants, hash)
			}
		}
	}
}

// Snapshot is a simulated streamer as the platform sees them now, without tokens
// and keys.
type Snapshot struct {
	Channel string  `json:"channel_id"`
	Nick    string  `json:"nick"`
	OnAir   bool    `json:"on_air"`
	Setting Setting `json:"setting"`
	// Tokens counts the sign-ins that can be refreshed.
	Tokens int `json:"tokens"`
}

// Snapshots returns every simulated streamer, and who signed in last.
func (s *Service) Snapshots(ctx context.Context) (last string, all []Snapshot, err error) {
	err = s.State.View(ctx, func(st *State) {
		last = st.LastUser
		for _, p := range People {
			who := st.Streamers[p.ID]
			who.expire(s.Now())
			shot := Snapshot{Channel: p.ID, Nick: p.Nick, OnAir: who.OnAir, Setting: who.Setting}
			for _, g := range st.Refresh {
				if g.User == p.ID && s.Now().Before(g.Expires) {
					shot.Tokens++
				}
			}
			all = append(all, shot)
		}
	})
	return last, all, err
}
