package desktop

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// tallWindow shows what would be scrolled to.
var tallWindow = fyne.NewSize(1120, 1180)

// platformShots are the states of the platform's screens that are held as
// pictures; ready waits for what was asked for.
var platformShots = []struct {
	name        string
	dress, lang string
	size        fyne.Size
	state       func() state.State
	given       func(*fakeEngine)
	open        screenID
	then        func(*rig)
}{
	{"broadcast", "dark", "ko", tallWindow, all, withKey, screenBroadcast, keyThere},
	{"broadcast", "light", "en", tallWindow, all, withKey, screenBroadcast, keyThere},
	{"broadcast-narrow", "dark", "ko", narrow, all, withKey, screenBroadcast, keyThere},
	{"broadcast-changes", "dark", "ko", tallWindow, changed, withKey, screenBroadcast, keyThere},
	{"broadcast-loading", "light", "ko", windowSize, allLoading, nil, screenBroadcast, nil},
	{"broadcast-failing", "dark", "ko", windowSize, allFailing, withoutStation, screenBroadcast, stationFailed},
	{"broadcast-reset", "dark", "ko", windowSize, live, withKey, screenBroadcast, func(r *rig) {
		keyThere(r)
		r.screenShown().(*broadcast).key.ask()
	}},
	{"discover", "dark", "ko", windowSize, live, withLive, screenDiscover, picturesThere},
	{"discover", "light", "en", windowSize, live, withLive, screenDiscover, picturesThere},
	{"discover-narrow", "dark", "ko", narrow, live, withLive, screenDiscover, picturesThere},
	{"discover-many", "light", "ko", windowSize, live, withMany, screenDiscover, picturesThere},
	{"discover-none", "dark", "ko", windowSize, live, nil, screenDiscover, answered},
	{"discover-loading", "dark", "ko", windowSize, live, withLive, screenDiscover, nil},
	{"discover-failing", "light", "ko", windowSize, live, withoutLive, screenDiscover, answered},
	{"discover-found", "dark", "ko", windowSize, live, withMany, screenDiscover, func(r *rig) {
		answered(r)
		r.screenShown().(*discover).search.SetText("없는 방송")
	}},
	{"discover-page-failed", "dark", "ko", narrow, live, withOnePage, screenDiscover, func(r *rig) {
		answered(r)
		d := r.screenShown().(*discover)
		d.another()
		r.until("the failure", func() bool { return d.err != nil })
		r.until("the pictures", func() bool { return len(r.pictures.under) == 0 })
	}},
	{"overlays", "dark", "ko", fyne.NewSize(1120, 980), all, nil, screenOverlays, overlaysThere},
	{"overlays-narrow", "light", "en", narrow, all, nil, screenOverlays, overlaysThere},
	{"overlays-failing", "light", "ko", fyne.NewSize(1120, 980), overlaysNoOBS, withoutOverlays, screenOverlays, overlaysThere},
	{"overlays-no-source", "dark", "ko", fyne.NewSize(1120, 980), all, withoutBrowserSource, screenOverlays, func(r *rig) {
		overlaysThere(r)
		card := r.screenShown().(*overlays).cards[0]
		card.place()
		r.until("the failure", func() bool { return !card.adding.running() })
	}},
	{"filters", "dark", "ko", windowSize, all, withFilters, screenFilters, filtersThere},
	{"filters-keyword", "light", "en", narrow, all, withFilters, screenFilters, func(r *rig) {
		filtersThere(r)
		r.screenShown().(*filters).kinds.OnChosen("keyword")
		r.screenShown().(*filters).kinds.SetChosen("keyword")
		filtersThere(r)
	}},
	{"filters-none", "dark", "ko", windowSize, all, nil, screenFilters, filtersThere},
	{"filters-add", "dark", "ko", windowSize, all, withFilters, screenFilters, func(r *rig) {
		filtersThere(r)
		s := r.screenShown().(*filters)
		s.kind = "keyword"
		form := newFilterForm(s, nil)
		form.value.SetText("도박😀 스무 자를 넘는 키워드는 여기에 쓸 수 없습니다")
		form.check()
		form.open()
	}},
	{"vod", "dark", "ko", windowSize, all, withVOD, screenVOD, vodMade},
	{"vod-narrow", "light", "en", narrow, all, withVOD, screenVOD, vodMade},
	{"channels", "dark", "ko", windowSize, rooms, withChannels, screenChannels, channelsThere},
	{"channels-narrow", "light", "en", narrow, rooms, withChannels, screenChannels, channelsThere},
	{"channels-none", "dark", "ko", windowSize, rooms, nil, screenChannels, channelsThere},
	{"vod-failing", "dark", "ko", windowSize, all, withoutVOD, screenVOD, vodMade},
}

func (r *rig) screenShown() screen { return r.shell.made[r.shell.at] }

// all is full on a platform that can do everything, with every setting known.
func all() state.State {
	s := full()
	s.Account.Has = everything
	s.Account.Has.Channels = false // as SOOP has none
	c := &s.Broadcast.Confirmed
	c.Language, c.ViewerLimit, c.EndingMessage = "ko_KR", 100000, "오늘도 함께해 주셔서 고맙습니다"
	c.Standby, c.StandbyMinutes, c.Watermark = true, 5, 3
	s.Broadcast.Limits = providers.Limits{
		providers.FieldTitle: {Min: 1, Max: 75}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 5}, providers.FieldLanguage: {},
		providers.FieldViewerLimit: {Min: 1}, providers.FieldPassword: {Min: 6}, providers.FieldHidden: {},
		providers.FieldAgeGrade: {Max: 19, Options: []string{"0", "19"}}, providers.FieldEndingMessage: {Max: 40},
		providers.FieldStandby: {Min: 1, Max: 10}, providers.FieldWatermark: {Min: 1, Max: 6},
		providers.FieldExploration: {}, providers.FieldPaidPromotion: {},
	}
	return s
}

// changed has changes of many kinds, some to be mended, one made elsewhere too.
func changed() state.State {
	s := all()
	title, ending := "새 제목", "마흔 자를 넘는 인사말은 그대로 두고 몇 자를 줄여야 하는지 알려 드립니다. 조금만 줄여 주세요!"
	password, tags := secret.New("short"), []string{"하나", "둘", "셋", "넷", "다섯", "여섯"}
	viewers, paid := 0, true
	s.Broadcast.Draft = providers.Patch{
		Title: &title, EndingMessage: &ending, Password: &password, Hashtags: &tags, ViewerLimit: &viewers, PaidPromotion: &paid,
	}
	wrong := func(field, reason string, limit int) error {
		return &providers.Error{Kind: providers.ErrUsage, Field: field, Reason: reason, Limit: limit}
	}
	s.Broadcast.Problems = map[providers.FieldID]error{
		providers.FieldEndingMessage: wrong("ending", "ending.too_long", 40), providers.FieldPassword: wrong("password", "password.weak", 6),
		providers.FieldHashtags: wrong("hashtags", "hashtags.too_many", 5), providers.FieldViewerLimit: wrong("viewers", "viewers.too_small", 1),
	}
	s.Broadcast.Conflicts = []providers.FieldID{providers.FieldTitle}
	return s
}

func allLoading() state.State {
	s := all()
	s.Broadcast.Known, s.Account.SignedIn = false, state.SignInUnknown
	return s
}

func allFailing() state.State {
	s := all()
	s.Broadcast.Known = false
	s.Broadcast.Err = down
	return s
}

var down = &providers.Error{Kind: providers.ErrUnreachable, Op: "broad/rtmp", Code: "HTTP 503"}

func live() state.State {
	s := onAir()
	everythingElse := all()
	s.Account.Has, s.Broadcast = everythingElse.Account.Has, everythingElse.Broadcast
	return s
}

func withKey(e *fakeEngine) {
	e.ingest = func(context.Context) (providers.Ingest, error) {
		return providers.Ingest{Server: "rtmp://stream.sooplive.co.kr/app/", Key: secret.New("soop1234-not-a-real-key")}, nil
	}
	e.station = func(context.Context) (providers.Station, error) {
		return providers.Station{
			Nick: "자러가자", Name: "자러 가기 전 한 판만", Loyal: 12345,
			LastBroadcast: fakeclock.New().Now().Add(-26 * time.Hour),
		}, nil
	}
}

func withoutStation(e *fakeEngine) {
	e.ingest = func(context.Context) (providers.Ingest, error) { return providers.Ingest{}, down }
	e.station = func(context.Context) (providers.Station, error) { return providers.Station{}, down }
}

func keyThere(r *rig) {
	b := r.screenShown().(*broadcast)
	r.until("the key", func() bool { return b.key.known && b.home.pane.shows() })
}

func stationFailed(r *rig) {
	b := r.screenShown().(*broadcast)
	r.until("the failures", func() bool { return b.key.err != nil && b.home.pane.empty != nil })
}

func withLive(e *fakeEngine) { e.directory, e.index = onePage(someLive()...), someCategories }
func withMany(e *fakeEngine) { e.directory, e.index = manyLive(2431), someCategories }

func withoutLive(e *fakeEngine) {
	e.directory = func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error) {
		return providers.DirectoryPage{}, down
	}
}

// withOnePage has one page and fails from then on.
func withOnePage(e *fakeEngine) {
	many := manyLive(500)
	e.index = someCategories
	e.directory = func(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		if q.Page > 1 {
			return providers.DirectoryPage{}, down
		}
		return many(ctx, q)
	}
}

func answered(r *rig) {
	d := r.screenShown().(*discover)
	r.until("the list", func() bool {
		return !d.pages.running() && !d.standing.asking.running() && r.catalog.index != nil
	})
}

func picturesThere(r *rig) {
	answered(r)
	r.render()
	r.until("the pictures", func() bool { return len(r.pictures.under) == 0 })
}

func overlaysThere(r *rig) {
	o := r.screenShown().(*overlays)
	r.until("the addresses", func() bool {
		for _, card := range o.cards {
			if card.asking.running() {
				return false
			}
		}
		return !o.asking.running()
	})
}

func overlaysNoOBS() state.State {
	s := all()
	s.OBS = noOBS().OBS
	return s
}

func withoutOverlays(e *fakeEngine) {
	e.overlay = func(context.Context, string, string) (secret.Text, error) { return secret.Text{}, down }
}

func withoutBrowserSource(e *fakeEngine) {
	e.place = func(string, string, string, string) (app.OverlayPlaced, error) {
		return app.OverlayPlaced{}, &obs.Error{Kind: obs.ErrNoKind, Op: "CreateInput"}
	}
}

func withFilters(e *fakeEngine) {
	e.index = someCategories
	e.filters = func(_ context.Context, kind string) ([]providers.Filter, error) {
		if kind == "keyword" {
			return []providers.Filter{
				{Value: "스포일러", Reason: "아직 안 본 드라마", Removable: true},
				{Value: "도박", Reason: "운영 정책", Removable: false},
				{Value: strings.Repeat("긴키워드", 5), Reason: strings.Repeat("아주 긴 사유도 잘려서 한 줄로 보입니다. ", 5), Removable: true},
			}, nil
		}
		var filters []providers.Filter
		for i := range 40 {
			filters = append(filters, providers.Filter{Value: fmt.Sprint("streamer", i), Reason: "시끄러움", Removable: i%7 != 2})
		}
		return filters, nil
	}
}

func filtersThere(r *rig) {
	s := r.screenShown().(*filters)
	r.until("the filters", func() bool { return !s.asking.running() && !r.catalog.asking.running() })
}

func withVOD(e *fakeEngine) {
	e.embed = func(_ context.Context, address string, width, height int) (providers.Embed, error) {
		return providers.Embed{
			Title: strings.Repeat("다시 보는 명장면 모음 ", 9), Author: "자러가자", AuthorURL: "https://ch.example/soop1234", Width: width, Height: height,
			HTML: fmt.Sprintf("<iframe width=\"%d\" height=\"%d\" src=\"%s/embed\" frameborder=\"0\" allowfullscreen=\"true\"></iframe><script>alert(1)</script>", width, height, address),
		}, nil
	}
}

func withoutVOD(e *fakeEngine) {
	e.embed = func(context.Context, string, int, int) (providers.Embed, error) {
		return providers.Embed{}, &providers.Error{Kind: providers.ErrUsage, Op: "oembed/embedinfo", Reason: "vod.address"}
	}
}

func vodMade(r *rig) {
	v := r.screenShown().(*vod)
	v.address.SetText("https://vod.sooplive.co.kr/player/71021072")
	v.ask()
	r.until("the video", func() bool { return !v.asking.running() })
}

// rooms is a platform with several channels in one account.
func rooms() state.State {
	s := all()
	s.Account.PlatformName = "Kollus Live"
	s.Account.Has = state.Capabilities{Ingest: true, Edit: true, LiveStatus: true, Channels: true}
	s.Accounts[0].Channel = "ch2"
	return s
}

func withChannels(e *fakeEngine) {
	started := fakeclock.New().Now().Add(-95 * time.Minute)
	e.channels = func(context.Context, providers.ChannelQuery) (providers.ChannelPage, error) {
		return providers.ChannelPage{Total: 4, Channels: []providers.Channel{
			{Key: "ch1", Title: "아침 수업", Owner: "academy", Viewers: -1},
			{Key: "ch2", Title: "저녁 수업", Owner: "academy", OnAir: true, Viewers: 1284, Started: started, CoverURL: "https://pictures.example/3.png"},
			{Key: "ch3", Title: strings.Repeat("이름이 아주 긴 채널 ", 12), Owner: "academy", Shared: true, Viewers: -1},
			{Key: "ch4", OnAir: true, Viewers: 0},
		}}, nil
	}
}

func channelsThere(r *rig) {
	c := r.screenShown().(*channels)
	r.until("the channels", func() bool { return !c.asking.running() && len(r.pictures.under) == 0 })
}

func TestThePlatformsScreensLookAsTheyShould(t *testing.T) {
	for _, shot := range platformShots {
		name := shot.name + "-" + shot.dress + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.dress, shot.lang)
			r.pictures.client = &http.Client{Transport: paintedPictures{}}
			if shot.given != nil {
				shot.given(r.fake)
			}
			r.win.Resize(shot.size)
			r.shell.open(shot.open)
			r.render()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			r.win.Resize(shot.size.AddWidthHeight(2, 0)) // heights that follow widths have settled
			r.win.Resize(shot.size)
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}
