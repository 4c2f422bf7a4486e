package kollussim

import (
	"fmt"
	"sync"
	"time"

	"cuelight/providers/sandbox/ingest"
)

// State is everything that outlives a process. It holds no token, code, key or
// secret: tokens and codes only as SHA-256, keys not at all.
type State struct {
	Channels map[string]*Channel `json:"channels"`
	Codes    map[string]Grant    `json:"codes,omitempty"`
	Access   map[string]Grant    `json:"access,omitempty"`
	Refresh  map[string]Grant    `json:"refresh,omitempty"`
	// Calls are when the API's calls of the last minute came.
	Calls []time.Time `json:"calls,omitempty"`
	// Total counts all calls of the API, TooMany those refused for coming too
	// soon.
	Total   int `json:"total"`
	TooMany int `json:"too_many"`
	// SignedIn is who agreed last.
	SignedIn string `json:"signed_in,omitempty"`
}

// Grant is what a code or token stands for.
type Grant struct {
	Client   string    `json:"client"`
	Redirect string    `json:"redirect,omitempty"`
	Scope    string    `json:"scope"`
	Expires  time.Time `json:"expires"`
	// Pair joins an access token to the refresh token it came with.
	Pair string `json:"pair,omitempty"`
}

// Channel is what changes about a channel.
type Channel struct {
	OnAir  bool          `json:"on_air"`
	Source ingest.Source `json:"source,omitempty"`
	// Seen is when the built-in ingest last had the stream in hand.
	Seen time.Time `json:"seen,omitzero"`
	// Broadcasts are in the order they began.
	Broadcasts []Broadcast `json:"broadcasts,omitempty"`
}

// Broadcast is one broadcast of a channel.
type Broadcast struct {
	Key     string    `json:"key"`
	Title   string    `json:"title"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended,omitzero"`
}

// channelInfo is what does not change about a channel.
type channelInfo struct {
	number      int
	Key, Title  string
	Shared      bool
	Chat        bool
	Created     time.Time
	Creators    []string
	HasKeys     bool
	IdleScreen  string
	alwaysLive  bool // always on air, through somebody else
	broadcasted int  // how many broadcasts there have been
}

// channelCount is how many channels the simulated account has: four pages and a
// bit of the default size.
const channelCount = 72

// topics and places make the channels' titles.
var (
	topics = []string{
		"온라인 강의실", "사내 방송", "쇼핑 라이브", "주말 예배", "교육 설명회", "신제품 발표", "음악회 중계", "체육대회", "정기 세미나",
		"입학 설명회", "고객 상담", "개발자 모임",
	}
	places   = []string{"본관", "2층 스튜디오", "강남", "부산", "대전 센터", "Global Studio"}
	creators = []string{"김하늘", "이서준", "박지유", "최도윤", "Studio PC", "정예린"}
)

// catalogue returns the channels. The first has everything; of the others some
// were never used, some have creators without a stream key, and some have none.
func catalogue() []channelInfo { return channels() }

// channels makes them once; nobody changes them.
var channels = sync.OnceValue(func() []channelInfo {
	all := make([]channelInfo, 0, channelCount)
	for n := range channelCount {
		c := channelInfo{
			number: n,
			Key:    fmt.Sprintf("pk%04dlive%02d", 1000+n*37, n),
			Title:  fmt.Sprintf("%s %s %d", places[n%len(places)], topics[n%len(topics)], n/len(topics)+1),
			Shared: n%5 == 2, Chat: n%3 != 1, HasKeys: n%7 != 3, alwaysLive: n%11 == 6,
			Created:     time.Date(2023, 3, 1+n, 2, 30, 0, 0, time.UTC),
			broadcasted: []int{3, 1, 0, 27, 2}[n%5],
		}
		if n%9 != 8 {
			c.Creators = []string{creators[n%len(creators)]}
			if n > 0 && n%4 == 0 {
				c.Creators = append(c.Creators, creators[(n+1)%len(creators)])
			}
			if n > 0 && n%16 == 0 { // three, the most that a channel has
				c.Creators = append(c.Creators, creators[(n+2)%len(creators)])
			}
		}
		if n%6 == 0 {
			c.IdleScreen = fmt.Sprintf("https://img.kollus.example/idle/%s.png", c.Key)
		}
		all = append(all, c)
	}
	return all
})

func infoOf(key string) (channelInfo, bool) {
	for _, c := range catalogue() {
		if c.Key == key {
			return c, true
		}
	}
	return channelInfo{}, false
}

// Fresh returns the state of a sandbox that nobody has used.
func Fresh() State {
	st := State{
		Channels: map[string]*Channel{}, Codes: map[string]Grant{}, Access: map[string]Grant{}, Refresh: map[string]Grant{},
	}
	for _, c := range catalogue() {
		channel := &Channel{}
		for i := range c.broadcasted {
			began := time.Date(2025, 11, 3, 9, 0, 0, 0, time.UTC).AddDate(0, 0, i).Add(time.Duration(c.number) * time.Minute)
			channel.Broadcasts = append(channel.Broadcasts, Broadcast{
				Key: fmt.Sprintf("bc%02d%04d", c.number, i), Title: fmt.Sprintf("%s %d회", c.Title, i+1),
				Started: began, Ended: began.Add(95 * time.Minute),
			})
		}
		st.Channels[c.Key] = channel
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
