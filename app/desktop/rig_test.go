package desktop

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// rig is a window on the toolkit's test driver: what use cases hand back to the
// window waits in a queue until the test takes it, on the test's goroutine.
type rig struct {
	*face
	t     *testing.T
	fake  *fakeEngine
	clock *fakeclock.Clock
	queue chan func()
}

func newRig(t *testing.T, s state.State, dress, lang string) *rig {
	t.Helper()
	r := &rig{t: t, fake: newFakeEngine(s), clock: fakeclock.New(), queue: make(chan func(), 1000)}
	r.fake.config = app.Config{Theme: dress, Language: lang, Accounts: s.Accounts}
	r.face = newFace(test.NewTempApp(t), Options{
		Engine: r.fake, Words: words.New(lang), Clock: r.clock, Version: "0.1.0",
		Do:       func(f func()) { r.queue <- f },
		OpenURL:  func(url string) error { return r.fake.note("open " + url) },
		Practice: func() error { return r.fake.note("practice") },
	})
	r.win.Resize(windowSize)
	t.Cleanup(func() {
		r.end()
		r.win.Close()
	})
	r.render()
	return r
}

// until takes what use cases hand back, until something holds.
func (r *rig) until(what string, holds func() bool) {
	r.t.Helper()
	deadline := time.After(30 * time.Second)
	for !holds() {
		select {
		case f := <-r.queue:
			f()
			r.render()
		case <-deadline:
			r.t.Fatalf("waited in vain for: %s; called: %v", what, r.fake.calls)
		}
	}
}

// press presses the thing under a text, as a person would find it.
func (r *rig) press(b fyne.Tappable) {
	r.t.Helper()
	test.Tap(b)
	r.render()
}

func newAccount() providers.Account {
	return providers.Account{Name: "본방", Platform: "soop", Settings: map[string]string{"client_id": "id"}}
}

// full is the State of a streamer who is ready to go live.
func full() state.State {
	return state.State{
		Accounts: []providers.Account{newAccount()},
		Account: state.AccountState{
			Name: "본방", Platform: "soop", PlatformName: "SOOP", SignedIn: state.SignedIn, Nick: "자러가자", UserID: "soop1234",
			CanNumber: true, Has: state.Capabilities{Ingest: true, Edit: true, Categories: true, LiveStatus: true},
		},
		OBS: state.OBSState{
			Link: state.LinkUp, Version: "29.0.2", Address: "127.0.0.1:4455", Server: "rtmp://stream.sooplive.co.kr/app/",
			Matches: state.MatchYes, Stream: state.StreamOff,
		},
		Broadcast: state.BroadcastState{
			Known: true,
			Confirmed: providers.Broadcast{
				Title: "[생] 자러 가기 전 한 판만 더 · 시즌 12화", Category: providers.Category{Number: "00040066", Name: "배틀그라운드"},
				Hashtags: []string{"게임", "배틀그라운드", "배그"},
			},
			Limits: providers.Limits{
				providers.FieldTitle: {Max: 75}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 5},
			},
		},
		Keyring: state.KeyringState{Known: true, Durable: true},
	}
}

// onAir is full, on air for a while.
func onAir() state.State {
	s := full()
	now := fakeclock.New().Now()
	s.OBS.Stream, s.OBS.Since = state.StreamOn, now.Add(-(84*time.Minute + 7*time.Second))
	s.Live = state.LiveState{Known: true, Live: providers.Live{
		OnAir: true, Viewers: 1284, Title: s.Broadcast.Confirmed.Title, WatchURL: "https://play.sooplive.co.kr/soop1234/250001813",
	}}
	return s
}
