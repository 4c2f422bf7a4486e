package desktop

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	chzzkprovider "cuelight/providers/chzzk"
	kollusprovider "cuelight/providers/kollus"
	tencentprovider "cuelight/providers/tencent"
	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/rowlist"
)

// careShots are the states of what looks after a broadcast, as pictures.
var careShots = []struct {
	name        string
	theme, lang string
	size        fyne.Size
	state       func() state.State
	then        func(*rig)
}{
	{"home-streaming", "dark", "ko", kit.WindowSize, kittest.Streaming, nil},
	{"home-streaming", "light", "en", kit.WindowSize, kittest.Streaming, nil},
	{"home-streaming-narrow", "dark", "ko", narrow, kittest.Streaming, func(r *rig) { scrollToBottom(r.body()) }},
	{"home-troubled", "dark", "ko", kit.WindowSize, kittest.Troubled, nil},
	{"home-troubled", "light", "en", kit.WindowSize, kittest.Troubled, nil},
	{"home-unwell", "light", "ko", kit.WindowSize, kittest.Unwell, nil},
	{"home-unwell", "dark", "en", kit.WindowSize, kittest.Unwell, nil},
	{"home-no-channel", "dark", "ko", kit.WindowSize, kittest.WithoutChannel, nil},
	{"home-moved", "dark", "ko", kit.WindowSize, kittest.Ready, func(r *rig) {
		r.fake.Set(func(s *state.State) { *s = kittest.ToFix(); s.Broadcast.Draft = providers.Patch{} })
	}},
	{"form-kollus", "dark", "ko", fyne.NewSize(1120, 860), kittest.NoAccount, askFor("kollus", "")},
	{"form-kollus-token", "light", "en", kit.WindowSize, kittest.NoAccount, askFor("kollus", "token")},
	{"form-tencent", "light", "ko", fyne.NewSize(1120, 860), kittest.NoAccount, askFor("tencent", "")},
	{"form-chzzk", "dark", "ko", fyne.NewSize(1120, 1400), kittest.NoAccount, unfolded(askFor("chzzk", ""))},
	{"form-chzzk", "light", "en", fyne.NewSize(1120, 1400), kittest.NoAccount, unfolded(askFor("chzzk", ""))},
	{"category-search", "dark", "ko", kit.WindowSize, atCHZZK, searchCategory("리그")},
	{"category-search-empty", "light", "en", narrow, atCHZZK, searchCategory("")},
	{"discover-chzzk", "dark", "ko", kit.WindowSize, atCHZZK, openDiscover},
	{"ask-signout-everywhere", "light", "ko", kit.WindowSize, atCHZZK, askSignOut},
	{"accounts-token", "dark", "ko", kit.WindowSize, kittest.WithChannel, func(r *rig) {
		r.fake.Expire(fakeclock.New().Now().Add(12*24*time.Hour + time.Hour))
		r.token.Replaced()
		r.render()
		r.settle()
		r.shell.open(kit.ScreenAccounts)
	}},
	{"home-token", "dark", "en", kit.WindowSize, kittest.WithChannel, func(r *rig) {
		r.fake.Expire(fakeclock.New().Now().Add(12*24*time.Hour + time.Hour))
		r.token.Replaced()
		r.render()
	}},
	{"ingest", "light", "ko", kit.WindowSize, kittest.WithChannel, func(r *rig) { r.Actions.AskIngest(r.Actions.SetUp) }},
	{"token", "dark", "ko", kit.WindowSize, kittest.WithChannel, func(r *rig) { r.Actions.AskToken() }},
	{"records", "dark", "ko", kit.WindowSize, kittest.Ready, openRecords(kittest.SomePast)},
	{"records", "light", "en", kit.WindowSize, kittest.Ready, openRecords(kittest.SomePast)},
	{"records-none", "light", "ko", kit.WindowSize, kittest.Ready, openRecords(func(*kittest.Care) {})},
	{"records-detail", "dark", "ko", kit.WindowSize, kittest.Ready, openPast},
	{"records-detail", "light", "en", narrow, kittest.Ready, openPast},
	{"records-log", "dark", "ko", kit.WindowSize, kittest.Ready, openLog},
	{"settings-warnings", "dark", "en", fyne.NewSize(720, 900), kittest.Ready, openWarnings},
	{"settings-warnings", "light", "ko", kit.WindowSize, kittest.Ready, openWarnings},
	{"unseen", "dark", "ko", kit.WindowSize, kittest.Unseen, nil},
	{"unseen-narrow", "light", "en", narrow, kittest.Unseen, nil},
	{"settings-end", "dark", "ko", kit.WindowSize, kittest.Ready, func(r *rig) {
		r.shell.open(kit.ScreenSettings)
		scrollToBottom(r.body())
	}},
}

// openWarnings shows the settings of somebody who has accepted two kinds of warnings.
func openWarnings(r *rig) {
	r.fake.Configuration.AcceptedWarnings = []string{"scene.empty", "microphone.silent"}
	r.shell.open(kit.ScreenSettings)
	r.settle()
	scrollToBottom(r.body())
}

// askFor shows the form of a platform on the way in.
func askFor(platform, way string) func(*rig) {
	return func(r *rig) {
		r.fake.Offered = []providers.Description{chzzkprovider.New().Describe(), kollusprovider.New().Describe(), tencentprovider.New().Describe()}
		r.welcome = nil
		r.render()
		r.choose(r.welcome.Body(), platform)
		if way != "" {
			ways := kittest.Find[*control.Tiles](r.welcome.Body())[1]
			ways.SetChosen(way)
			ways.OnChosen(way)
		}
	}
}

// scrollToBottom scrolls the outermost scroll of a screen to its end.
func scrollToBottom(o fyne.CanvasObject) { kittest.Find[*container.Scroll](o)[0].ScrollToBottom() }

func openRecords(given func(*kittest.Care)) func(*rig) {
	return func(r *rig) {
		given(&r.fake.Care)
		r.shell.open(kit.ScreenRecords)
		r.settle()
	}
}

func openPast(r *rig) {
	openRecords(kittest.SomePast)(r)
	kittest.Find[*rowlist.List](r.body())[0].OnChosen(0, fyne.Position{})
	r.settle()
}

func openLog(r *rig) {
	r.fake.Logged = []string{
		`time=2026-05-01T21:04:11.321+09:00 level=INFO msg="OBS stream" state=on`,
		`time=2026-05-01T21:05:40.101+09:00 level=WARN msg=identify err="broad/info: unreachable: HTTP 503"`,
		`time=2026-05-01T21:06:02.000+09:00 level=ERROR msg="write the configuration" err="no space left on device"`,
		"a line that somebody else wrote",
	}
	r.shell.open(kit.ScreenRecords)
	r.choose(r.body(), "log")
	r.settle()
}

func TestWhatLooksAfterABroadcastLooksAsItShould(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	for _, shot := range careShots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.theme, shot.lang)
			r.win.Resize(shot.size)
			r.render()
			r.settle()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			r.settle()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}
