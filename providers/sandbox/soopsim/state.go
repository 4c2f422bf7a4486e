package soopsim

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/ingest"
)

// State is everything that outlives a process. It holds no token, code, key,
// secret or password: tokens and codes only as SHA-256, keys not at all (they
// are derived from the seed, which is not in here).
type State struct {
	Streamers map[string]*Streamer `json:"streamers"`
	Codes     map[string]Grant     `json:"codes,omitempty"`
	Access    map[string]Grant     `json:"access,omitempty"`
	Refresh   map[string]Grant     `json:"refresh,omitempty"`
	// Filters are the entries an application made, by application and type.
	Filters map[string][]FilterEntry `json:"filters,omitempty"`
	// LastUser is who signed in last.
	LastUser string `json:"last_user,omitempty"`
	// Broadcasts numbers the broadcasts.
	Broadcasts int `json:"broadcasts"`
}

// Streamer is one simulated streamer.
type Streamer struct {
	Settings Settings `json:"settings"`
	// KeySerial counts the stream keys: the key is derived from it.
	KeySerial int `json:"key_serial"`
	// OnAir and what follows describe the present, or else the last, broadcast.
	OnAir bool `json:"on_air"`
	// Source is who says so: see On.
	Source ingest.Source `json:"source,omitempty"`
	// Seen is when the built-in ingest last had the broadcast in hand.
	Seen    time.Time `json:"seen,omitzero"`
	BroadNo int       `json:"broad_no"`
	Started time.Time `json:"started,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
	// Standby is until when a broadcast that broke off is kept open.
	Standby time.Time `json:"standby,omitzero"`
	// Blocked is until when nothing can be sent: the key was reset in standby.
	Blocked time.Time `json:"blocked,omitzero"`
}

// Settings are what broad/info/update changes.
type Settings struct {
	// Title is empty until it is set; the platform then shows one of its own.
	Title       string `json:"title"`
	Category    string `json:"category"`
	Language    string `json:"language"`
	ViewerLimit int    `json:"viewer_limit"`
	HasPassword bool   `json:"has_password"`
	Hidden      bool   `json:"hidden"`
	Grade       int    `json:"grade"`
	Hashtags    string `json:"hashtags"`
	Ending      string `json:"ending"`
	Standby     bool   `json:"standby"`
	// StandbyAsText: once set, the platform gives the flag back as text, as
	// its document's table says; before, as a number, as its example does.
	StandbyAsText  bool `json:"standby_as_text"`
	StandbyMinutes int  `json:"standby_minutes"`
	Watermark      int  `json:"watermark"`
	TuneOut        bool `json:"tune_out"`
	Paid           bool `json:"paid"`
}

// Grant is what a code or token stands for.
type Grant struct {
	Client  string    `json:"client"`
	User    string    `json:"user"`
	Scope   string    `json:"scope,omitempty"`
	Expires time.Time `json:"expires"`
	// Redirect is the address a code was given to, where the request named it.
	Redirect string `json:"redirect,omitempty"`
}

// Person is a simulated streamer's unchanging part.
type Person struct {
	ID, Nick, Station string
	// Number is the "certification number" that stands for the mobile app's.
	Number string
	Loyal  int
}

// People are the simulated streamers. The number of the first is the one in the
// documents' example of POST auth/code.
var People = []Person{
	{"soop1234", "자러가자", "자러가자의 밤샘 방송국", "111111", 128340},
	{"baekhogu", "백호구", "백호구네 사랑방", "222222", 5120},
	{"kkuljam", "꿀잼", "꿀잼 스튜디오", "333333", 37},
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
		Streamers: map[string]*Streamer{}, Codes: map[string]Grant{},
		Access: map[string]Grant{}, Refresh: map[string]Grant{},
		Filters: map[string][]FilterEntry{}, Broadcasts: 251_000_000,
	}
	for _, p := range People {
		st.Streamers[p.ID] = &Streamer{Settings: Settings{
			Category: "00000000", Language: "ko_KR", ViewerLimit: 100000,
			StandbyMinutes: 10, Watermark: 1, TuneOut: true,
		}}
	}
	return st
}

// prune removes what has expired.
func (st *State) prune(now time.Time) {
	for _, grants := range []map[string]Grant{st.Codes, st.Access, st.Refresh} {
		for hash, g := range grants {
			// Expired ones are kept an hour, to be told apart from unknown ones.
			if now.After(g.Expires.Add(time.Hour)) {
				delete(grants, hash)
			}
		}
	}
}

// random returns n random bytes in hexadecimal.
func random(n int) string {
	raw := make([]byte, n)
	// crypto/rand.Read never fails.
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

// hash is how a code or token is stored.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// derive returns n characters that depend on the seed and the purpose.
func derive(seed secret.Text, n int, purpose ...string) string {
	mac := hmac.New(sha256.New, []byte(seed.Reveal()))
	mac.Write([]byte(strings.Join(purpose, "\x00")))
	return hex.EncodeToString(mac.Sum(nil))[:n]
}
