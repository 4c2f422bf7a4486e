package desktop

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/state"
	"cuelight/providers"
	kollusprovider "cuelight/providers/kollus"
	tencentprovider "cuelight/providers/tencent"
	"cuelight/widgets/fakeclock"
)

// carefulShots are the states of what looks after a broadcast, as pictures.
var carefulShots = []struct {
	name        string
	dress, lang string
	size        fyne.Size
	state       func() state.State
	then        func(*rig)
}{
	{"home-streaming", "dark", "ko", windowSize, streaming, nil},
	{"home-streaming", "light", "en", windowSize, streaming, nil},
	{"home-streaming-narrow", "dark", "ko", narrow, streaming, func(r *rig) { r.shell.home.scroll.ScrollToBottom() }},
	{"home-troubled", "dark", "ko", windowSize, troubled, nil},
	{"home-troubled", "light", "en", windowSize, troubled, nil},
	{"home-unwell", "light", "ko", windowSize, unwell, nil},
	{"home-unwell", "dark", "en", windowSize, unwell, nil},
	{"home-no-channel", "dark", "ko", windowSize, kollus, nil},
	{"home-moved", "dark", "ko", windowSize, full, func(r *rig) {
		r.fake.set(func(s *state.State) { *s = toMend(); s.Broadcast.Draft = providers.Patch{} })
	}},
	{"form-kollus", "dark", "ko", fyne.NewSize(1120, 860), none, askFor("kollus", "")},
	{"form-kollus-token", "light", "en", windowSize, none, askFor("kollus", wayToken)},
	{"form-tencent", "light", "ko", fyne.NewSize(1120, 860), none, askFor("tencent", "")},
	{"accounts-token", "dark", "ko", windowSize, chosen, func(r *rig) {
		r.fake.expire(fakeclock.New().Now().Add(12*24*time.Hour + time.Hour))
		r.token.renewed()
		r.render()
		r.settled()
		r.shell.open(screenAccounts)
	}},
	{"home-token", "dark", "en", windowSize, chosen, func(r *rig) {
		r.fake.expire(fakeclock.New().Now().Add(12*24*time.Hour + time.Hour))
		r.token.renewed()
		r.render()
	}},
	{"ingest", "light", "ko", windowSize, chosen, func(r *rig) { r.askIngest(r.setUp) }},
	{"token", "dark", "ko", windowSize, chosen, func(r *rig) { r.askToken() }},
	{"records", "dark", "ko", windowSize, full, openRecords(somePast)},
	{"records", "light", "en", windowSize, full, openRecords(somePast)},
	{"records-none", "light", "ko", windowSize, full, openRecords(func(*fakeCareful) {})},
	{"records-detail", "dark", "ko", windowSize, full, openPast},
	{"records-detail", "light", "en", narrow, full, openPast},
	{"records-log", "dark", "ko", windowSize, full, openLog},
	{"settings-end", "dark", "ko", windowSize, full, func(r *rig) {
		r.shell.open(screenSettings)
		r.shell.made[screenSettings].(*settings).object.(interface{ ScrollToBottom() }).ScrollToBottom()
	}},
}

// askFor shows the form of a platform on the way in.
func askFor(platform, way string) func(*rig) {
	return func(r *rig) {
		r.fake.platforms = []providers.Description{kollusprovider.New().Describe(), tencentprovider.New().Describe()}
		r.welcome = nil
		r.render()
		r.welcome.tiles.SetChosen(platform)
		r.welcome.choose(platform)
		if way != "" {
			r.welcome.form.way.tiles.SetChosen(way)
			r.welcome.form.way.choose(way)
		}
	}
}

func openRecords(fill func(*fakeCareful)) func(*rig) {
	return func(r *rig) {
		fill(&r.fake.fakeCareful)
		r.shell.open(screenRecords)
		past := r.shell.made[screenRecords].(*records).past
		r.until("the records are read", func() bool { return !past.asking.running() })
	}
}

func openPast(r *rig) {
	openRecords(somePast)(r)
	screen := r.shell.made[screenRecords].(*records)
	screen.past.chosen(screen.past.all[0])
	r.until("the log is read", func() bool { return !screen.detail.asking.running() })
}

func openLog(r *rig) {
	r.fake.logged = []string{
		`time=2026-05-01T21:04:11.321+09:00 level=INFO msg="OBS stream" state=on`,
		`time=2026-05-01T21:05:40.101+09:00 level=WARN msg=identify err="broad/info: unreachable: HTTP 503"`,
		`time=2026-05-01T21:06:02.000+09:00 level=ERROR msg="write the configuration" err="no space left on device"`,
		"a line that somebody else wrote",
	}
	r.shell.open(screenRecords)
	screen := r.shell.made[screenRecords].(*records)
	screen.tabs.SetChosen(recordsLog)
	screen.turn(recordsLog)
	r.until("the log is read", func() bool { return !screen.log.asking.running() })
}

func TestWhatLooksAfterABroadcastLooksAsItShould(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	for _, shot := range carefulShots {
		name := shot.name + "-" + shot.dress + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.dress, shot.lang)
			r.win.Resize(shot.size)
			r.render()
			r.settled()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			r.settled()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

// settled waits until the checks made in the background are through.
func (r *rig) settled() {
	r.until("the checks", func() bool { return !r.shell.home.ready.checks.asking.running() && !r.token.asking.running() })
}
