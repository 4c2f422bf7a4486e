package state

import (
	"cmp"
	"time"

	"cuelight/providers"
)

// Status is everything at a glance, for scripts: the form of `status --json`.
// Fields are only ever added.
type Status struct {
	Account   *StatusAccount  `json:"account"`
	OBS       StatusOBS       `json:"obs"`
	Broadcast StatusBroadcast `json:"broadcast"`
	Live      StatusLive      `json:"live"`
	// Problems are what could not be found out, in the user's words.
	Problems []string `json:"problems,omitempty"`
}

// StatusAccount is the account in use; null where there is none.
type StatusAccount struct {
	Name     string `json:"name"`
	Platform string `json:"platform"`
	// Creator is whose stream key is used, where a channel has several people who
	// may broadcast; empty where none is chosen.
	Creator  string `json:"creator,omitempty"`
	Nick     string `json:"nick"`
	UserID   string `json:"user_id,omitempty"`
	SignedIn bool   `json:"signed_in"`
}

// StatusOBS is the OBS in use.
type StatusOBS struct {
	Connected bool   `json:"connected"`
	Simulated bool   `json:"practice,omitempty"`
	Address   string `json:"address,omitempty"`
	Version   string `json:"version"`
	// Streaming is false as well where State is "unknown".
	Streaming bool `json:"streaming"`
	// State is what the stream does, "unknown" where OBS is connected and did not
	// say.
	State   string        `json:"state,omitempty"`
	Service StatusService `json:"service"`
	// CanRestore: earlier stream settings are kept.
	CanRestore bool `json:"can_restore"`
}

// StatusService is where OBS sends to.
type StatusService struct {
	Server string `json:"server"`
	// Name is the named service ("Twitch"), where it is one.
	Name string `json:"name,omitempty"`
	// Matches: OBS holds the account's server and key.
	Matches bool `json:"matches"`
	// Unknown: OBS is connected and did not say where it sends to.
	Unknown bool `json:"unknown,omitempty"`
	// NotCompared: it is not known whether that is the account's server and key.
	NotCompared bool `json:"not_compared,omitempty"`
}

// StatusBroadcast is what the platform holds.
type StatusBroadcast struct {
	Title    string         `json:"title"`
	Category StatusCategory `json:"category"`
	Hashtags []string       `json:"hashtags"`
}

// StatusCategory is a category.
type StatusCategory struct {
	Number string `json:"number"`
	Name   string `json:"name"`
}

// StatusLive is what the platform says about being on air.
type StatusLive struct {
	OnAir bool `json:"on_air"`
	// Known is false where the platform gave no answer.
	Known    bool       `json:"known"`
	ID       string     `json:"id,omitempty"`
	Viewers  *int       `json:"viewers,omitempty"`
	Started  *time.Time `json:"started,omitempty"`
	WatchURL string     `json:"watch_url,omitempty"`
}

// StatusOf puts a State into the form for scripts.
func StatusOf(s State) Status {
	out := Status{
		OBS: StatusOBS{
			Connected: s.OBS.Link == LinkUp, Simulated: s.OBS.Simulated, Address: s.OBS.Address,
			Version: s.OBS.Version, Streaming: s.OBS.Stream == StreamOn || s.OBS.Stream == StreamReconnecting,
			State: s.OBS.Stream.String(),
			Service: StatusService{
				Server: s.OBS.Server, Name: s.OBS.ServiceName, Matches: s.OBS.Matches == MatchYes,
			},
			CanRestore: s.OBS.CanRestore,
		},
		Live: statusLive(s.Live),
	}
	if out.OBS.Connected {
		out.OBS.State = cmp.Or(out.OBS.State, "unknown")
		out.OBS.Service.Unknown = !s.OBS.ServiceKnown
		out.OBS.Service.NotCompared = s.OBS.ServiceKnown && s.OBS.Matches == MatchUnknown
	}
	if s.Account.Name != "" {
		out.Account = &StatusAccount{
			Name: s.Account.Name, Platform: s.Account.Platform, Nick: s.Account.Nick,
			UserID: s.Account.UserID, SignedIn: s.Account.SignedIn == SignedIn,
		}
	}
	b := s.Broadcast.Confirmed
	out.Broadcast = StatusBroadcast{
		Title: b.Title, Hashtags: append([]string{}, b.Hashtags...),
		Category: StatusCategory{Number: b.Category.Number, Name: b.Category.Name},
	}
	return out
}

func statusLive(l LiveState) StatusLive {
	out := StatusLive{OnAir: l.OnAir, Known: l.Known, ID: l.ID, WatchURL: l.WatchURL}
	if l.Known && l.OnAir && l.Viewers >= 0 {
		viewers := l.Viewers
		out.Viewers = &viewers
	}
	if !l.Started.IsZero() {
		started := l.Started
		out.Started = &started
	}
	return out
}

// String gives the state's word for scripts; empty where it is not known.
func (s StreamState) String() string {
	return [...]string{"", "off", "starting", "on", "reconnecting", "stopping"}[s]
}

// CategoryText is a category as a person reads it.
func CategoryText(c providers.Category) string {
	if c.Name == "" {
		return c.Number
	}
	return c.Name
}
